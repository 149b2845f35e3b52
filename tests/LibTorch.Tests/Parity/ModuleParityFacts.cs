using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>
/// Every module has PyTorch's names and shapes in its state, PyTorch's outputs and gradients for that state, and
/// leaves PyTorch's running statistics.
/// </summary>
public class ModuleParityFacts
{
    public static TheoryData<string> Cases => [.. ParityFixture.Instance.Modules.Keys];

    public static TheoryData<string> CasesInUse =>
        [.. ParityFixture.Instance.Modules.Where(entry => !entry.Value.Train).Select(entry => entry.Key)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AModuleDoesWhatPyTorchsDoes(string name) => Compare(name, inputsNeedGradients: true);

    // A network's first layer is not asked for its input's gradient, and may take a shorter way.
    [Theory]
    [MemberData(nameof(Cases))]
    public void ItDoesTheSameWhenItsInputNeedsNoGradient(string name) => Compare(name, inputsNeedGradients: false);

    [Theory]
    [MemberData(nameof(CasesInUse))]
    public void ItGivesTheSameInInferenceMode(string name)
    {
        using var scope = NewDisposeScope();
        var expected = ParityFixture.Instance.Modules[name];
        using var module = Load(name, expected);
        using var inference = inference_mode();
        ParityAssert.Equal(
            expected.Outputs, [.. expected.Inputs.Select(input => module.call(input.ToTensor()))], "output");
    }

    [Fact]
    public void EveryCaseHasItsFixtureAndTheOtherWayRound() => Assert.Equal(
        ParityFixture.Instance.Modules.Keys.Select(ParityFixture.CaseOf).Distinct().Order(StringComparer.Ordinal),
        ModuleCases.All.Keys.Order(StringComparer.Ordinal));

    private static void Compare(string name, bool inputsNeedGradients)
    {
        using var scope = NewDisposeScope();
        var expected = ParityFixture.Instance.Modules[name];
        using var module = Load(name, expected);
        ParityAssert.Equal(expected.State, module.state_dict()!, "state");

        Tensor[] inputs = [.. expected.Inputs.Select(input => input.ToTensor(inputsNeedGradients))];
        Tensor[] outputs = [.. inputs.Select(module.call)];
        BackwardPass.Pull(outputs);

        ParityAssert.Equal(expected.Outputs, outputs, "output");
        if (inputsNeedGradients)
        {
            ParityAssert.Equal(
                expected.InputGradients, [.. inputs.Select(input => input.grad)], "the gradient of input");
        }

        ParityAssert.Equal(
            expected.Gradients,
            module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad),
            "the gradient of");
        ParityAssert.Equal(
            expected.Buffers,
            module.named_buffers().ToDictionary(entry => entry.name, entry => (Tensor?)entry.buffer),
            "buffer");
    }

    private static nn.Module<Tensor, Tensor> Load(string name, ModuleRecord expected)
    {
        var type = ParityFixture.TypeOf(name);
        var module = ModuleCases.All[ParityFixture.CaseOf(name)](type).to(type);
        module.load_state_dict(expected.State.ToDictionary(entry => entry.Key, entry => entry.Value.ToTensor()));
        module.train(expected.Train);
        return module;
    }
}
