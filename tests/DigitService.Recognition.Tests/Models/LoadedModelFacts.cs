using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests.Processes;
using TorchSharp;

namespace DigitService.Recognition.Tests.Models;

public sealed class LoadedModelFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;

    public LoadedModelFacts() => _registry = new ModelRegistry(_folder.File("models"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ALoadedModelComputesWhatTheRegisteredOneDid()
    {
        using var scope = torch.NewDisposeScope();
        using var network = NetworkCatalog.Create("mlp-bn", 5);
        network.eval();
        var id = Register("mlp-bn", State(network));
        using var model = _registry.Load(id);
        Assert.False(model.Network.training);
        Assert.Equal(id, model.Info.Id);
        var input = torch.arange(3 * 784, torch.float32).mul(0.01).sin().reshape(3, 1, 28, 28);
        Assert.Equal(network.call(input).data<float>().ToArray(), model.Network.call(input).data<float>().ToArray());
    }

    [Fact]
    public void AnotherNetworksWeightsAreRefused()
    {
        using var network = NetworkCatalog.Create("lenet5", 5);
        var id = Register("cnn", State(network));
        var error = Assert.Throws<PthFormatException>(() => _registry.Load(id));
        Assert.Contains("model.pth", error.Message, StringComparison.Ordinal);
        Assert.Contains("does not fit the network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkThatCannotAnswerIsDisposedOf()
    {
        using var network = new Doubled();
        Assert.Throws<NotSupportedException>(() => new LoadedModel(RegistryWorker.Info("doubled"), network));
        Assert.True(network.Weight.IsInvalid);
    }

    [Fact]
    public void WeightsThatAreNotFiniteAreRefusedByName()
    {
        using var network = NetworkCatalog.Create("cnn", 5);
        var state = State(network);
        state["fc2.bias"] = PthTensor.FromArray([1f, 2f, 3f, 4f, float.NaN, 6f, 7f, 8f, 9f, 10f], 10);
        var id = Register("cnn", state);
        var error = Assert.Throws<PthFormatException>(() => _registry.Load(id));
        Assert.Contains("'fc2.bias' holds a value that is not a finite number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoStateDictionaryIsRefused()
    {
        var id = _registry.Register(RegistryWorker.Info("text"), stream => stream.Write("hello"u8)).Id;
        Assert.Throws<PthFormatException>(() => _registry.Load(id));
    }

    private string Register(string network, PthDictionary state) => _registry
        .Register(RegistryWorker.Info(network) with { Network = network }, stream => PthFile.Write(stream, state)).Id;

    private static PthDictionary State(torch.nn.Module network)
    {
        var state = new PthDictionary(ordered: true);
        foreach (var (name, tensor) in network.state_dict())
        {
            state.Add(name, TensorConversion.ToPth(tensor));
        }

        return state;
    }

    /// <summary>It computes outside its layers, where nobody can follow it.</summary>
    private sealed class Doubled : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly TorchSharp.Modules.Flatten _flatten = torch.nn.Flatten();
        private readonly TorchSharp.Modules.Linear _fc = torch.nn.Linear(784, 10);

        internal Doubled() : base(nameof(Doubled)) => RegisterComponents();

        internal torch.Tensor Weight => _fc.weight;

        public override torch.Tensor forward(torch.Tensor input) => _fc.call(_flatten.call(input)).mul(2);
    }
}
