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
        var model = new ModelImport(_weights, "MLP", Name: "From elsewhere").Run(_registry, test, threads: 2);

        var report = EvaluationReport.Parse(Encoding.UTF8.GetString(_registry.ReadEvaluation(model.Id)!));
        Assert.Equal((100, model.Accuracy, model.Loss), (report.Count, report.Accuracy, report.Loss));
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
        var error = Assert.Throws<PthFormatException>(() => new ModelImport(_weights, "mlp").Run(_registry, Mnist.First(1, 1).Test));
        Assert.Contains("'fc3.bias' holds a value that is not a finite number.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_registry.List());
    }

    [Theory]
    [InlineData("lenet5", "mnist", "does not fit the network lenet5")]
    [InlineData("vgg", "mnist", "There is no network 'vgg'.")]
    [InlineData("mlp", "centred", "preprocess is 'centred'; there is: mnist, plain.")]
    public void WhatDoesNotFitIsNamed(string network, string preprocess, string expected)
    {
        var import = new ModelImport(_weights, network, Preprocess: preprocess);
        var error = Assert.ThrowsAny<Exception>(() => import.Run(_registry, Mnist.First(1, 1).Test));
        Assert.True(error is ArgumentException or PthFormatException, $"{error}");
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(_registry.List());
    }
}
