using System.Globalization;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;
using TorchSharp;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class CheckpointFacts : IDisposable
{
    private static readonly TrainingOptions _options = new() { Epochs = 1, BatchSize = 50, Seed = 2, ValidationSize = 0 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AWrittenCheckpointGivesTheSameWeightsBack()
    {
        using var trainer = Trained();
        var path = _folder.File("checkpoint.pth");
        trainer.CreateCheckpoint().Write(path);

        var checkpoint = Checkpoint.Read(path);
        Assert.Equal(1, checkpoint.Epoch);
        using var network = NetworkCatalog.Create("cnn", 99);
        checkpoint.LoadInto(network);
        foreach (var (name, tensor) in network.state_dict())
        {
            Assert.Equal(trainer.Network.state_dict()[name].bytes.ToArray(), tensor.bytes.ToArray());
        }

        Assert.Equal(["checkpoint.pth"], _folder.Files);
    }

    [Fact]
    public void WeightsOfAnotherShapeAreRefusedAndNothingIsCopied()
    {
        var path = Write(network => network["fc2.weight"] = new PthTensor(PthElementType.Float32, [9, 500], new byte[18_000]));
        using var target = NetworkCatalog.Create("cnn", 5);
        var before = target.state_dict()["conv1.weight"].bytes.ToArray();
        var error = Assert.Throws<PthFormatException>(() => Checkpoint.Read(path).LoadInto(target));
        Assert.Contains("fc2.weight has the shape [9, 500]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[10, 500]", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.state_dict()["conv1.weight"].bytes.ToArray());
    }

    [Fact]
    public void WeightsUnderOtherNamesAreRefused()
    {
        var path = Write(network => network["extra.weight"] = PthTensor.FromArray([1f], 1));
        using var target = NetworkCatalog.Create("cnn", 5);
        var error = Assert.Throws<PthFormatException>(() => Checkpoint.Read(path).LoadInto(target));
        Assert.Contains("missing [], unexpected [extra.weight]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStateDictionaryAloneIsACheckpoint()
    {
        using var network = NetworkCatalog.Create("cnn", 5);
        var path = _folder.File("state.pth");
        Checkpoint.OfWeights(network).Write(path);
        using var other = NetworkCatalog.Create("cnn", 6);
        Checkpoint.Read(path).LoadInto(other);
        Assert.True(other.state_dict()["fc1.weight"].allclose(network.state_dict()["fc1.weight"], 0, 0));
    }

    [Fact]
    public void AFileWithoutTensorsIsNotACheckpoint()
    {
        var path = _folder.File("other.pth");
        PthFile.Write(path, new PthDictionary { ["hello"] = "world" });
        Assert.Contains("model_state_dict", Assert.Throws<PthFormatException>(() => Checkpoint.Read(path)).Message, StringComparison.Ordinal);
        PthFile.Write(path, new List<object?> { 1L });
        Assert.Contains("dictionary", Assert.Throws<PthFormatException>(() => Checkpoint.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherOptimisersStateIsRefused()
    {
        using var network = NetworkCatalog.Create("cnn", 5);
        using var adam = torch.optim.Adam(network.parameters());
        var path = _folder.File("no-state.pth");
        PthFile.Write(path, new PthDictionary { ["model_state_dict"] = Checkpoint.StateOf(network) });
        Assert.Throws<PthFormatException>(() => Checkpoint.Read(path).LoadInto(adam));
        PthFile.Write(path, new PthDictionary
        {
            ["model_state_dict"] = Checkpoint.StateOf(network),
            ["optimizer_state_dict"] = new PthDictionary { ["state"] = new PthDictionary() },
        });
        var error = Assert.Throws<PthFormatException>(() => Checkpoint.Read(path).LoadInto(adam));
        Assert.Contains("8 parameters", error.Message, StringComparison.Ordinal);
    }

    [PyTorchFact]
    public void PyTorchComputesTheSameLogitsAndGoesOnTraining()
    {
        using var trainer = Trained();
        var path = _folder.File("checkpoint.pth");
        trainer.CreateCheckpoint().Write(path);
        using var scope = torch.NewDisposeScope();
        var input = torch.arange(3 * 784, torch.float32).mul(0.01).sin().reshape(3, 1, 28, 28);
        var ours = trainer.Network.call(input).data<float>().ToArray();

        var theirs = PyTorchFactAttribute.Run(Script("check_checkpoint.py"), path).Trim().Split(' ').Select(Number).ToArray();
        Assert.Equal(ours.Length, theirs.Length);
        foreach (var (expected, actual) in ours.Zip(theirs))
        {
            Assert.Equal(expected, actual, 1e-5f);
        }
    }

    [PyTorchFact]
    public void ACheckpointOfPyTorchsGivesTheSameLogits()
    {
        var path = _folder.File("theirs.pth");
        var theirs = PyTorchFactAttribute.Run(Script("make_checkpoint.py"), path).Trim().Split(' ').Select(Number).ToArray();

        using var scope = torch.NewDisposeScope();
        using var network = NetworkCatalog.Create("cnn", 0);
        using var adam = torch.optim.Adam(network.parameters());
        var checkpoint = Checkpoint.Read(path);
        checkpoint.LoadInto(network);
        checkpoint.LoadInto(adam);
        Assert.Equal(3, checkpoint.Epoch);
        Assert.All(adam.state_dict().State, state => Assert.Equal(2, ((TorchSharp.Modules.Adam.State)state).step));

        var input = torch.arange(3 * 784, torch.float32).mul(0.01).sin().reshape(3, 1, 28, 28);
        var ours = network.call(input).data<float>().ToArray();
        foreach (var (expected, actual) in theirs.Zip(ours))
        {
            Assert.Equal(expected, actual, 1e-5f);
        }
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "PyTorch", name);

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static Trainer Trained()
    {
        var trainer = new Trainer(_options, Mnist.First(500, 1).Train);
        trainer.Run();
        return trainer;
    }

    private string Write(Action<PthDictionary> change)
    {
        using var network = NetworkCatalog.Create("cnn", 5);
        var state = Checkpoint.StateOf(network);
        change(state);
        var path = _folder.File("changed.pth");
        PthFile.Write(path, new PthDictionary { ["epoch"] = 1L, ["model_state_dict"] = state });
        return path;
    }
}
