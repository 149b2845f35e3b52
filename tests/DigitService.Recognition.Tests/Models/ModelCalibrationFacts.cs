using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Models;

public sealed class ModelCalibrationFacts : IDisposable
{
    private static readonly TrainingOptions _options = new() { Network = "mlp", Epochs = 2, BatchSize = 50, ValidationSize = 300 };

    private readonly TemporaryFolder _folder = new();
    private readonly MnistDataset _data = Mnist.First(1_000, 200);
    private readonly ModelRegistry _registry;

    public ModelCalibrationFacts() => _registry = new ModelRegistry(_folder.File("models"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ATrainedModelIsCalibratedAndCalibratingItAgainChangesNothing()
    {
        var model = Train(_options);
        Assert.NotEqual(1, model.Temperature);
        var (info, report) = (Content(model, "model.json"), Content(model, "evaluation.json"));
        _registry.Update(model with { Temperature = 1, Loss = 9 }, _registry.ReadEvaluation(model.Id));

        var outcome = ModelCalibration.Run(_registry, model.Id, _data, threads: 2);
        Assert.Equal(model, outcome.Model);
        Assert.Equal((info, report), (Content(model, "model.json"), Content(model, "evaluation.json")));
        Assert.Equal((1, model.Temperature), (outcome.Before.Temperature, outcome.After.Temperature));
        Assert.Equal(outcome.Before.Accuracy, outcome.After.Accuracy);
    }

    [Fact]
    public void TheReportAndTheAnswersHaveTheTemperature()
    {
        var model = Train(_options);
        var mistake = StoredReport.Read(_registry, model.Id)!.Mistakes[0];
        using var loaded = _registry.Load(model.Id);
        var answer = new DigitReader(loaded).Predict(_data.Test.Image(mistake.Index).ToArray());
        Assert.Equal(mistake.Predicted, answer.Digit);
        Assert.Equal(mistake.Confidence, answer.Confidence, 1e-5);
        Assert.NotEqual(
            mistake.Confidence, Evaluator.Probabilities(loaded.Network, _data.Test)[(10 * mistake.Index) + mistake.Predicted], 1e-3);
    }

    [Fact]
    public void ARunWithoutImagesHeldOutKeepsOneAndCannotBeCalibrated()
    {
        var model = Train(_options with { ValidationSize = 0 });
        Assert.Equal(1, model.Temperature);
        var error = Assert.Throws<EntryConflictException>(() => ModelCalibration.Run(_registry, model.Id, _data));
        Assert.Contains("No images were held out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelFromElsewhereCannotBeCalibrated()
    {
        using var network = NetworkCatalog.Create("mlp", 1);
        var model = new ModelImport("mlp").Run(Checkpoint.OfWeights(network), _registry, _data.Test);
        Assert.Contains(
            "not trained here", Assert.Throws<EntryConflictException>(() => ModelCalibration.Run(_registry, model.Id, _data)).Message, StringComparison.Ordinal);
    }

    private ModelInfo Train(TrainingOptions options)
    {
        using var run = new RunStore(_folder.File("runs")).Create(options, RegistryWorker.Versions);
        return new TrainingSession(_registry, _data).Run(run).Model;
    }

    private string Content(ModelInfo model, string file) => File.ReadAllText(Path.Combine(_registry.Folder, model.Id, file));
}
