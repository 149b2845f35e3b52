using System.Text;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Tests.Processes;

namespace DigitService.Recognition.Tests.Models;

public sealed class ModelComparisonFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;

    public ModelComparisonFacts() => _registry = new ModelRegistry(_folder.File("models"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TwoModelsAreComparedByTheirReportsAndByCorrectedPictures()
    {
        var (model, other) = (Register(MadeReport.Of(1_000, 1)), Register(MadeReport.Of(1_000, 1, 2, 3)));
        var read = new FeedbackComparison(new FeedbackFigures(0.5, 0.6), new FeedbackFigures(0.75, 0.9), new ReadingComparison(8, []));
        var comparison = ModelComparison.Of(_registry, model, other, read);
        Assert.Equal(-0.2, comparison.AccuracyDrop);
        Assert.Equal((1_000, 2, 0), (comparison.Mnist!.Images, comparison.Mnist.NowRight, comparison.Mnist.NowWrong));
        Assert.Equal((0.75, 0.5), (comparison.Model.Feedback!.Accuracy, comparison.Other.Feedback!.Accuracy));
        Assert.Equal(MadeReport.Of(1_000, 1).ExpectedCalibrationError, comparison.Model.Report!.ExpectedCalibrationError);
        Assert.Same(read.Changes, comparison.Feedback);
    }

    [Fact]
    public void WithoutAReportOrWithADamagedOneTheFiguresAreComparedAllTheSame()
    {
        var (model, other) = (Register(MadeReport.Of(1_000, 1)), Register(null));
        Assert.Null(ModelComparison.Of(_registry, model, other, null).Mnist);
        File.WriteAllText(Path.Combine(_registry.Folder, model.Id, "evaluation.json"), "{ oops");
        var comparison = ModelComparison.Of(_registry, model, Register(MadeReport.Of(1_000, 1, 2)), null);
        Assert.Null(comparison.Mnist);
        Assert.Null(comparison.Model.Report);
        Assert.Equal(-0.1, comparison.AccuracyDrop);
        Assert.Equal(Verdict.Undecided, comparison.Recommendation.Verdict);
    }

    private ModelInfo Register(EvaluationReport? report) => _registry.Register(
        RegistryWorker.Info("model") with { Accuracy = report?.Accuracy },
        RegistryWorker.WriteWeights,
        report is null ? null : Encoding.UTF8.GetBytes(report.ToJson()));
}
