using System.Text;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Models;

public sealed class ModelImportFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;
    private readonly string _weights;

    public ModelImportFacts()
    {
        _registry = new ModelRegistry(_folder.File("models"));
        _weights = _folder.File("weights.pth");
        using var network = NetworkCatalog.Create("mlp", seed: 4);
        Checkpoint.OfWeights(network).Write(_weights);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnImportedModelIsEvaluatedAndSaysThatNoRunMadeIt()
    {
        var test = Mnist.First(1, 100).Test;
        var model = new ModelImport("MLP", Name: "From elsewhere", Temperature: 2).Run(Weights(), _registry, test, threads: 2);

        var report = EvaluationReport.Parse(Encoding.UTF8.GetString(_registry.ReadEvaluation(model.Id)!));
        Assert.Equal((100, model.Accuracy!.Value, model.Loss!.Value, 2.0), (report.Count, report.Accuracy, report.Loss, report.Temperature));
        Assert.Equal(2, model.Temperature);
        Assert.Equal(("mlp", "From elsewhere", 109_386L), (model.Network, model.Name, model.Parameters));
        Assert.Null(model.RunId);
        Assert.Null(model.Options);
        Assert.Null(_registry.GetActiveId());
    }

    [Fact]
    public void WeightsThatAreNotNumbersAreRefused()
    {
        using var network = NetworkCatalog.Create("mlp", seed: 4);
        using (TorchSharp.torch.no_grad())
        {
            network.state_dict()["fc3.bias"].fill_(float.NaN);
        }

        Checkpoint.OfWeights(network).Write(_weights);
        var error = Assert.Throws<PthFormatException>(() => new ModelImport("mlp").Run(Weights(), _registry, Mnist.First(1, 1).Test));
        Assert.Contains("'fc3.bias' holds a value that is not a finite number.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_registry.List());
    }

    [Fact]
    public void WeightsThatGiveNoNumbersAreRefused()
    {
        using var network = NetworkCatalog.Create("mlp", seed: 4);
        using (TorchSharp.torch.no_grad())
        {
            // Each is a number, and their products are none any longer.
            foreach (var parameter in network.parameters())
            {
                parameter.fill_(1e30f);
            }
        }

        Checkpoint.OfWeights(network).Write(_weights);
        var error = Assert.Throws<PthFormatException>(() => new ModelImport("mlp").Run(Weights(), _registry, Mnist.First(1, 1).Test));
        Assert.Contains("no finite numbers", error.Message, StringComparison.Ordinal);
        Assert.Empty(_registry.List());
    }

    [Fact]
    public void WhatNobodyWantsAnyLongerIsNotRegistered()
    {
        var import = new ModelImport("mlp");
        Assert.Throws<OperationCanceledException>(
            () => import.Run(Weights(), _registry, Mnist.First(1, 1).Test, cancellation: new CancellationToken(canceled: true)));
        Assert.Empty(_registry.List());
    }

    [Theory]
    [InlineData("lenet5", "mnist", 1, "does not fit the network lenet5")]
    [InlineData("alexnet", "mnist", 1, "There is no network 'alexnet'.")]
    [InlineData("mlp", "centred", 1, "preprocess is 'centred'; there is: mnist, plain.")]
    [InlineData("mlp", "mnist", 0, "temperature is 0, not 0.01 to 100.")]
    [InlineData("mlp", "mnist", double.NaN, "temperature is NaN, not 0.01 to 100.")]
    public void WhatDoesNotFitIsNamed(string network, string preprocess, double temperature, string expected)
    {
        var import = new ModelImport(network, Preprocess: preprocess, Temperature: temperature);
        var error = Assert.ThrowsAny<Exception>(() => import.Run(Weights(), _registry, Mnist.First(1, 1).Test));
        Assert.True(error is ArgumentException or PthFormatException, $"{error}");
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(_registry.List());
    }

    private Checkpoint Weights() => Checkpoint.Read(_weights);
}
