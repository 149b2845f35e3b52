namespace LibTorch.Tests.Surface;

/// <summary>The listing of a class made for it, against the lines that listing must have.</summary>
public sealed class SurfaceListingFacts
{
    private const string Close =
        "protected virtual bool Close(out int left, ref long[,] rest, params (string, byte[])[] names)";

    private const string Pair = "static ValueTuple<T1,T2>? Pair<T1,T2>(T1 first, Func<T2,bool> second)";

    [Fact]
    public void MembersAndFinePrintAreListed()
    {
        var listed = SurfaceListing.Of(typeof(Specimen).Assembly)
            .Single(type => type.Name == "LibTorch.Tests.Surface.Specimen");

        Assert.Equal("class LibTorch.Tests.Surface.Specimen : LibTorch.Tests.Surface.SpecimenBase", listed.Header);
        // Reflection promises no order.
        string[] expected =
        [
            "ctor(int size = 3, string name = \"x\", float? rate = null, ReadOnlySpan<long> dims = default)",
            "double Rate { get; }",
            "long this[(int?, int?) range] { get; }",
            "static float Scale",
            "static TimeSpan Limit",
            Close,
            Pair,
            "implements IDisposable",
            "const Scale = 0.5",
            "tuple (start, stop) range of long this[(int?, int?) range] { get; }",
            $"tuple (name, _) names of {Close}",
            $"where T1 : class of {Pair}",
            $"where T2 : unmanaged of {Pair}",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnEnumIsListedWithItsValues()
    {
        var listed = SurfaceListing.Of(typeof(SpecimenKind).Assembly)
            .Single(type => type.Header == "enum LibTorch.Tests.Surface.SpecimenKind");

        Assert.Equal(["underlying SByte", "First = -1", "Second = 5"], listed.Lines);
    }

    [Fact]
    public void TheListingOfTorchSharpIsReadWhole()
    {
        var read = SurfaceListing.OfTorchSharp();

        Assert.Equal(
            ["Zeros, Reflect, Replicate, Circular, Constant"],
            read.First(type => type.Header == "enum TorchSharp.PaddingModes").Lines);
        Assert.True(read.First(type => type.Name == "TorchSharp.torch.Tensor").Lines.Count > 800);
    }
}
