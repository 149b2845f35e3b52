namespace LibTorch.Tests.Surface;

/// <summary>What keeps the comparison honest: altered listings are reported, unaltered ones are not.</summary>
public sealed class SurfaceComparisonFacts
{
    private static readonly IReadOnlyList<SurfaceType> _torchSharps = SurfaceListing.OfTorchSharp();

    [Fact]
    public void AnUnalteredTypeDoesNotDrift()
    {
        Assert.NotEmpty(_torchSharps);
        Assert.Empty(SurfaceComparison.FindDrift(_torchSharps, _torchSharps));
    }

    [Fact]
    public void APartOfATypeDoesNotDrift()
    {
        var scalar = Find("class TorchSharp.Scalar");

        Assert.Empty(SurfaceComparison.FindDrift([new(scalar.Header, [scalar.Lines[0]])], _torchSharps));
    }

    [Theory]
    [InlineData(
        "a wrong default",
        "static class TorchSharp.torch.nn.init",
        "static TorchSharp.torch.Tensor xavier_normal_(TorchSharp.torch.Tensor tensor, double gain = 1)",
        "static TorchSharp.torch.Tensor xavier_normal_(TorchSharp.torch.Tensor tensor, double gain = 2)")]
    [InlineData(
        "a wrong parameter name",
        "static class TorchSharp.torch.nn",
        "static TorchSharp.Modules.Flatten Flatten(long start_dim = 1, long end_dim = -1)",
        "static TorchSharp.Modules.Flatten Flatten(long startDim = 1, long end_dim = -1)")]
    [InlineData(
        "a wrong order",
        "static class TorchSharp.torch.nn",
        "static TorchSharp.Modules.Dropout Dropout(double p = 0.5, bool inplace = false)",
        "static TorchSharp.Modules.Dropout Dropout(bool inplace = false, double p = 0.5)")]
    [InlineData(
        "a missing virtual",
        "class TorchSharp.torch.nn.Module",
        "virtual void eval()",
        "void eval()")]
    [InlineData(
        "a wrong return type",
        "static class TorchSharp.torch.random",
        "static TorchSharp.torch.Generator manual_seed(long seed)",
        "static void manual_seed(long seed)")]
    [InlineData(
        "a setter too many",
        "class TorchSharp.torch.nn.Module",
        "bool training { get; }",
        "bool training { get; set; }")]
    [InlineData(
        "a wrong index",
        "class TorchSharp.Modules.Sequential"
            + " : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor,TorchSharp.torch.Tensor>",
        "TorchSharp.Modules.Sequential this[(int?, int?) index] { get; }",
        "TorchSharp.Modules.Sequential this[(int, int) index] { get; }")]
    [InlineData(
        "a wrong enum value",
        "enum TorchSharp.DeviceType",
        "MPS = 13",
        "MPS = 10")]
    [InlineData(
        "a wrong tuple element",
        "class TorchSharp.torch.nn.Module",
        "tuple (name, module) virtual IEnumerable<(string, TorchSharp.torch.nn.Module)> named_children()",
        "tuple (key, module) virtual IEnumerable<(string, TorchSharp.torch.nn.Module)> named_children()")]
    public void AnAlteredLineIsReportedWithTheRealOne(string what, string header, string real, string altered)
    {
        var type = Find(header);
        Assert.Contains(real, type.Lines);
        var doctored = new SurfaceType(header, [.. type.Lines.Select(line => line == real ? altered : line)]);

        var report = Assert.Single(SurfaceComparison.FindDrift([doctored], _torchSharps));

        Assert.StartsWith($"{type.Name}: {altered}\n", report, StringComparison.Ordinal);
        Assert.True(report.Contains($"TorchSharp has: {real}", StringComparison.Ordinal), $"{what}: {report}");
    }

    [Theory]
    [InlineData("class TorchSharp.Scalar", "ctor()")]
    [InlineData("class TorchSharp.Scalar", "implements ICloneable")]
    [InlineData("class TorchSharp.Scalar", "double Half()")]
    [InlineData("static class TorchSharp.torch", "const CPU = 0")]
    [InlineData("enum TorchSharp.DeviceType", "QUANTUM = 12")]
    public void AnExtraLineIsReported(string header, string extra)
    {
        var type = Find(header);

        var report = Assert.Single(SurfaceComparison.FindDrift(
            [new(header, [.. type.Lines, extra])], _torchSharps));

        Assert.StartsWith($"{type.Name}: {extra}\n", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class TorchSharp.Tensor", "is no type listed for TorchSharp")]
    [InlineData("struct TorchSharp.Scalar", "TorchSharp has: class TorchSharp.Scalar")]
    [InlineData(
        "class TorchSharp.Modules.Conv2d : TorchSharp.torch.nn.Module",
        "TorchSharp has: class TorchSharp.Modules.Conv2d : TorchSharp.Modules.Convolution")]
    public void ATypeOfAnotherNameKindOrBaseIsReported(string header, string expected)
    {
        var report = Assert.Single(SurfaceComparison.FindDrift([new(header, [])], _torchSharps));

        Assert.Equal($"{header}\n    {expected}", report);
    }

    private static SurfaceType Find(string header) => new(
        header,
        [.. _torchSharps.Where(type => type.Header == header).SelectMany(type => type.Lines).Distinct()]);
}
