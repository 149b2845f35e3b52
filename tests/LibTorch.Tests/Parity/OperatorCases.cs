using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>The operators that the fixtures have values of, by the names that they have there.</summary>
internal static class OperatorCases
{
    internal static IReadOnlyDictionary<string, Func<Given, Tensor[]>> All { get; } =
        new[]
        {
            ArithmeticCases.All, ComparisonCases.All, ShapeCases.All, IndexingCases.All, ReductionCases.All,
            GradientCases.All, CreationCases.All, LayerCases.All, LossCases.All,
        }
        .SelectMany(cases => cases).ToDictionary();
}

/// <summary>The inputs of a case.</summary>
internal sealed class Given(IReadOnlyDictionary<string, Tensor> inputs)
{
    internal Tensor X => inputs["x"];

    internal Tensor Y => inputs["y"];

    internal Tensor Z => inputs["z"];

    internal Tensor this[string name] => inputs[name];
}
