namespace LibTorch.Tests.Surface;

/// <summary>
/// What stands in TorchSharp's place has TorchSharp's names, parameters, defaults, bases and values, so that code
/// written against the one compiles, and means the same, against the other. It may leave a member out, never
/// alter or add one: a constructor the compiler adds, an override, an accessor, an interface or the name of a tuple's
/// element counts like any other.
/// Not compared: nullable annotations, other attributes, and whether a class is sealed.
/// </summary>
public sealed class SurfaceFacts
{
    private static readonly IReadOnlyList<SurfaceType> _ours = SurfaceListing.Of(typeof(TorchSharp.torch).Assembly);

    [Fact]
    public void EveryPublicMemberOfOursIsTorchSharps()
    {
        var drift = SurfaceComparison.FindDrift(_ours, SurfaceListing.OfTorchSharp());

        Assert.True(drift.Count == 0, $"{drift.Count} differences:\n{string.Join('\n', drift)}");
    }

    // Without this, a listing that came out empty would pass the fact above.
    [Fact]
    public void OursIsListed() =>
        Assert.Contains(_ours, type => type.Name == "TorchSharp.torch.Tensor" && type.Lines.Count > 50);
}
