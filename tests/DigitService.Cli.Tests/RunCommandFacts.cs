using System.Text.Json;

namespace DigitService.Cli.Tests;

public class RunCommandFacts(TrainedWorkplace trained) : IClassFixture<TrainedWorkplace>
{
    private readonly Workplace _workplace = trained.Workplace;

    [Fact]
    public void RunsAreListedWithTheirResultsAndDamagedOnesWithTheReason()
    {
        var broken = Directory.CreateDirectory(Path.Combine(_workplace.Runs.Folder, "broken"));
        try
        {
            var output = _workplace.Output("runs");
            var test = Figures.Percent(_workplace.Runs.Get(trained.RunId).Result!.Accuracy);
            Assert.Matches($@"{trained.RunId} +completed +2/2 +\d+\.\d\d% +{test} +0:\d\d +{trained.ModelId}\n", output);
            Assert.Matches(@"\ndamaged  broken: .+run\.json cannot be used: it is missing\.", output);
            using var json = JsonDocument.Parse(_workplace.Output("runs", "--json"));
            Assert.Equal("completed", json.RootElement[0].GetProperty("record").GetProperty("status").GetString());
        }
        finally
        {
            broken.Delete();
        }
    }

    [Fact]
    public void RunsAreComparedByWhatTheyDifferIn()
    {
        using var workplace = new Workplace(500, 50);
        workplace.Output(["train", .. Workplace.Quick]);
        workplace.Output(
            "train", "--network", "mlp", "--epochs", "3", "--validation-size", "100", "--batch-size", "50",
            "--optimizer", "sgd", "--learning-rate", "0.1");
        string[] ids = [.. workplace.Runs.List().Select(entry => entry.Id)];

        var output = workplace.Output("compare", ids[1], "latest");
        Assert.StartsWith($"A  {ids[1]}  completed\nB  {ids[0]}  completed\n", output, StringComparison.Ordinal);
        Assert.Matches(@"\nEpochs +2 +3\n", output);
        Assert.Matches(@"\nOptimizer +adam +sgd\n", output);
        Assert.DoesNotMatch(@"\nBatch size", output);
        Assert.Matches(@"\n3 +\d+\.\d\d%\n", output);
        Assert.Matches(@"\nTest accuracy +\d+\.\d\d% +\d+\.\d\d%\n", output);
        Assert.Contains("batch 24", output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(workplace.Output("compare", ids[1], ids[0], "--json"));
        Assert.Equal(2, json.RootElement.GetProperty("runs").GetArrayLength());
        Assert.Equal("Epochs", json.RootElement.GetProperty("differences")[0].GetProperty("option").GetString());
    }

    [Theory]
    [InlineData("is named twice", "latest", "latest")]
    [InlineData("There is no run none in ", "latest", "none")]
    [InlineData("Required argument missing")]
    [InlineData("--with is for one model", "latest", "latest", "--with", "active")]
    [InlineData("cannot be compared with itself", "latest", "--with", "active")]
    [InlineData("There is no model that", "latest")]
    public void AMistakeIsExplained(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = _workplace.Run(["compare", .. arguments]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }
}
