using DigitService.Recognition.Evaluation;

namespace DigitService.Cli.Tests;

public class EvaluateCommandFacts(TrainedWorkplace trained) : IClassFixture<TrainedWorkplace>
{
    private readonly Workplace _workplace = trained.Workplace;

    [Fact]
    public void TheActiveModelIsEvaluatedAsItWasAfterTraining()
    {
        var output = _workplace.Output("evaluate");
        Assert.StartsWith($"{trained.ModelId} on 300 test images", output, StringComparison.Ordinal);
        Assert.Contains(Figures.Percent(_workplace.Models.Get(trained.ModelId).Accuracy), output, StringComparison.Ordinal);
        Assert.Contains("Confusion matrix", output, StringComparison.Ordinal);
    }

    [Fact]
    public void JsonIsTheReportAndNothingElse()
    {
        var report = EvaluationReport.Parse(_workplace.Output("evaluate", "latest", "--json"));
        var info = _workplace.Models.Get(trained.ModelId);
        Assert.Equal((300, info.Accuracy, info.ValidationAccuracy), (report.Count, report.Accuracy, report.ValidationAccuracy));
        Assert.NotNull(report.TrainingAccuracy);
    }

    [Fact]
    public void ThePageHasTheRunsCurvesAndOptions()
    {
        var page = _workplace.File("report.html");
        Assert.Contains(page, _workplace.Output("evaluate", "--html", page), StringComparison.Ordinal);
        var html = File.ReadAllText(page);
        Assert.Contains($"Evaluation of {trained.ModelId}", html, StringComparison.Ordinal);
        Assert.Contains("Learning rate", html, StringComparison.Ordinal);
        Assert.Contains("Misread digits", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckpointOfTheRunCanBeEvaluatedAsAFile()
    {
        var checkpoint = Path.Combine(_workplace.Runs.Folder, trained.RunId, "checkpoint.pth");
        var report = EvaluationReport.Parse(_workplace.Output("evaluate", "--checkpoint", checkpoint, "--network", "mlp", "--json"));
        Assert.Equal(300, report.Count);
        Assert.Null(report.TrainingAccuracy);
    }

    [Theory]
    [InlineData("--checkpoint and --network go together", "--network", "mlp")]
    [InlineData("There is no model 1999 in ", "1999")]
    [InlineData("Could not find file", "--checkpoint", "/nowhere.pth", "--network", "mlp")]
    public void AMistakeIsExplained(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = _workplace.Run(["evaluate", .. arguments]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }
}
