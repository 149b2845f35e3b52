using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>The same seed draws what it draws in PyTorch.</summary>
public class RandomFacts
{
    // libtorch scales uniform numbers with a fused multiplication and addition where the processor has one, as that of
    // the fixtures had; without, the result is rounded once more.
    private static readonly bool _sameRounding = Avx2.IsSupported && Fma.IsSupported;

    public static TheoryData<string> Numbers => [.. RandomCases.Numbers.Keys];

    public static TheoryData<string> Weights => [.. RandomCases.Weights.Keys];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void ASeedDrawsPyTorchsNumbers(string name) => Draw(RandomCases.Numbers, name);

    [Theory]
    [MemberData(nameof(Weights))]
    public void FreshWeightsArePyTorchsToTheLastBit(string name) =>
        Draw(RandomCases.Weights, name, tolerance: _sameRounding ? 0 : null);

    [Fact]
    public void EveryFixtureIsDrawn() => Assert.Equal(
        ParityFixture.Instance.Random.Keys.Order(StringComparer.Ordinal),
        new[] { RandomCases.Numbers, RandomCases.Weights, RandomCases.Truths }
            .SelectMany(cases => cases.Keys).Order(StringComparer.Ordinal));

    internal static void Draw(
        IReadOnlyDictionary<string, Func<Tensor[]>> cases, string name, double? tolerance = null)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var drawn = cases[name]();
        var expected = ParityFixture.Instance.Random[name];
        Assert.Equal(expected.Length, drawn.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            ParityAssert.Equal(
                expected[i], drawn[i], $"draw {i}", tolerance ?? ParityAssert.ToleranceOf(expected[i].Type));
        }
    }
}
