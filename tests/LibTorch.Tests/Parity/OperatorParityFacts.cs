using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>Every operator has PyTorch's values, and sends back PyTorch's gradients.</summary>
public class OperatorParityFacts
{
    public static TheoryData<string> Cases => [.. ParityFixture.Instance.Operators.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesAndGradientsArePyTorchs(string name) => Compare(name, withoutGradient: null);

    // A network's first layer is not asked for its input's gradient, and may take a shorter way.
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheyAreTheSameWhenTheFirstInputNeedsNoGradient(string name) =>
        Compare(name, ParityFixture.Instance.Operators[name].Inputs.Keys.FirstOrDefault());

    [Fact]
    public void EveryCaseHasItsFixtureAndTheOtherWayRound() => Assert.Equal(
        ParityFixture.Instance.Operators.Keys.Select(ParityFixture.CaseOf).Distinct().Order(StringComparer.Ordinal),
        OperatorCases.All.Keys.Order(StringComparer.Ordinal));

    private static void Compare(string name, string? withoutGradient)
    {
        using var scope = NewDisposeScope();
        var expected = ParityFixture.Instance.Operators[name];
        var inputs = expected.Inputs.ToDictionary(
            input => input.Key, input => input.Value.ToTensor(requiresGrad: input.Key != withoutGradient));

        var outputs = OperatorCases.All[ParityFixture.CaseOf(name)](new Given(inputs));

        ParityAssert.Equal(expected.Outputs, outputs, "output");
        BackwardPass.Pull(outputs);
        foreach (var (input, gradient) in expected.Gradients)
        {
            if (gradient is null || input == withoutGradient)
            {
                Assert.True(inputs[input].grad is null, $"{input} has a gradient that it should not have.");
                continue;
            }

            ParityAssert.Equal(gradient, inputs[input].grad, $"the gradient of {input}");
        }
    }
}
