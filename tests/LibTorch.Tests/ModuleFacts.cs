using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorch.Tests;

public class ModuleFacts
{
    [Fact]
    public void FieldsBecomeNamesInTheStateDictionary()
    {
        using var network = new Small();
        Assert.Equal(
            ["first.weight", "first.bias", "norm.weight", "norm.bias", "scale",
                "norm.running_mean", "norm.running_var", "norm.num_batches_tracked", "offset"],
            Order(network.state_dict().Keys));
        Assert.Equal(5, network.parameters().Count());

        static IEnumerable<string> Order(IEnumerable<string> names)
        {
            string[] wanted =
            [
                "first.weight", "first.bias", "norm.weight", "norm.bias", "scale",
                "norm.running_mean", "norm.running_var", "norm.num_batches_tracked", "offset",
            ];
            return names.OrderBy(name => Array.IndexOf(wanted, name));
        }
    }

    [Fact]
    public void ASequenceOfParametersCanBeReadTwice()
    {
        using var network = new Small();
        var parameters = network.parameters();
        Assert.Equal(5, parameters.Count());
        Assert.Equal(5, parameters.Count());
    }

    [Fact]
    public void ASharedParameterIsListedOnce()
    {
        using var layer = Linear(2, 2);
        using var network = Sequential(("first", layer), ("again", layer));
        Assert.Equal(["first.weight", "first.bias"], network.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void SequentialNamesItsStepsByNumber()
    {
        using var network = Sequential(Linear(4, 3), ReLU(), Linear(3, 2));
        Assert.Equal(
            ["0.weight", "0.bias", "2.weight", "2.bias"], network.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void TrainAndEvalReachEveryModule()
    {
        using var network = new Small();
        network.eval();
        Assert.All(network.modules(), module => Assert.False(module.training));
        network.train();
        Assert.All(network.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void LoadedStateIsCopied()
    {
        using var source = new Small();
        using var target = new Small();
        target.load_state_dict(source.state_dict());
        foreach (var (name, tensor) in source.state_dict())
        {
            Assert.True(tensor.allclose(target.state_dict()[name], 0, 0), name);
        }

        Assert.NotEqual(source.state_dict()["scale"].Handle, target.state_dict()["scale"].Handle);
    }

    [Fact]
    public void AForeignStateDictionaryIsRefused()
    {
        using var network = new Small();
        using var other = Linear(4, 3);
        Assert.Throws<InvalidOperationException>(() => network.load_state_dict(other.state_dict()));
        var (missing, unexpected) = network.load_state_dict(other.state_dict(), strict: false);
        Assert.Equal(9, missing.Count);
        Assert.Equal(2, unexpected.Count);
    }

    [Fact]
    public void ZeroGradForgetsGradients()
    {
        using var network = Linear(4, 3);
        using (NewDisposeScope())
        {
            network.forward(ones(2, 4)).sum().backward();
        }

        Assert.NotNull(network.weight.grad);
        network.zero_grad();
        Assert.Null(network.weight.grad);
    }

    [Fact]
    public void ModulesMoveToAnotherElementType()
    {
        using var network = new Small();
        network.to(float64);
        Assert.Equal(float64, network.state_dict()["first.weight"].dtype);
        Assert.Equal(int64, network.state_dict()["norm.num_batches_tracked"].dtype);
        using var output = network.forward(ones(2, 4, float64));
        Assert.Equal(float64, output.dtype);
    }

    [Fact]
    public void DisposingAModuleFreesItsTensors()
    {
        var before = LiveTensors.Settled();
        var network = new Small();
        Assert.True(Tensor.TotalCount > before);
        network.Dispose();
        network.Dispose();
        LiveTensors.AssertNoMoreThan(before);
    }

    private sealed class Small : Module<Tensor, Tensor>
    {
        private readonly Linear first = Linear(4, 3);
        private readonly BatchNorm1d norm = BatchNorm1d(3);
        private readonly Parameter scale = Parameter(ones(3));
        private readonly Tensor offset = zeros(3);

        public Small() : base(nameof(Small)) => RegisterComponents();

        public override Tensor forward(Tensor input) => norm.forward(first.forward(input)) * scale + offset;
    }
}
