using System.Text.RegularExpressions;
using DigitService.Recognition.Runs;

namespace DigitService.Cli.Tests;

public sealed partial class TrainCommandFacts : IDisposable
{
    private readonly Workplace _workplace = new(1_000, 200);

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void TrainingShowsOptionsEpochsAndTheTestResultInWholeLines()
    {
        var output = _workplace.Output(["train", .. Workplace.Quick, "--seed", "7", "--train-size", "500", "--name", "My first"]);
        var model = Assert.Single(_workplace.Models.List());
        var run = Assert.Single(_workplace.Runs.List());

        Assert.Contains("mlp, 109,386 parameters", output, StringComparison.Ordinal);
        Assert.Contains("500 to learn from, 100 held out", output, StringComparison.Ordinal);
        Assert.Equal(["1", "2"], EpochRow().Matches(output).Select(row => row.Groups["epoch"].Value));
        Assert.Matches($@"Test +{Figures.Percent(model.Info!.Accuracy)} of 200 images", output);
        Assert.Contains($"digits evaluate {model.Id} --models", output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@" \n|\e", output);
        Assert.Equal(("My first", run.Id, true), (model.Info.Name, model.Info.RunId, model.IsActive));
        Assert.Equal((RunStatus.Completed, model.Id, 7L), (run.Record!.Status, run.Record.ModelId, run.Record.Options.Seed));
    }

    [Fact]
    public void WhatIsAskedForTakesThePlaceOfTheRecipes()
    {
        _workplace.Output(
            "train", "--recipe", "FAST", "--epochs", "1", "--validation-size", "0", "--batch-size", "100", "--optimizer", "Momentum",
            "--learning-rate", "0.05", "--schedule", "cosine", "--augmentation", "affine", "--shear", "0", "--normalization", "unit",
            "--drawn", "0.2", "--average", "0.9", "--gentle", "0.25",
            "--gentle-after", "0.5");
        var options = _workplace.Runs.List()[0].Record!.Options;
        Assert.Equal(("lenet5", 1, 100, 0.05, 0.9), (options.Network, options.Epochs, options.BatchSize, options.LearningRate, options.Momentum));
        Assert.Equal((10, 0), (options.Augmentation.Rotation, options.Augmentation.Shear));
        Assert.Equal((0.25, 0.5), (options.Augmentation.Gentle, options.Augmentation.GentleAfter));
        Assert.Equal("Unit", $"{options.Normalization}");
        Assert.Equal((0.2, 0.9), (options.DrawnDigits, options.WeightAveraging));
    }

    [Theory]
    [InlineData("There is no network 'alexnet'. There is: mlp,", "--network", "alexnet")]
    [InlineData("There is no recipe 'slow'. There is: mlp,", "--recipe", "slow")]
    [InlineData("Epochs is 0; accepted: 1 to 1,000.", "--epochs", "0")]
    [InlineData("--epochs is 'many'; accepted: a whole number such as 10.", "--epochs", "many")]
    [InlineData("--optimizer is 'sdg'; accepted: sgd, momentum, adam, adamw.", "--optimizer", "sdg")]
    [InlineData("Momentum is 0.9; accepted: only with the optimizer momentum, not with Adam.", "--momentum", "0.9")]
    [InlineData("nothing to stop by", "--validation-size", "0", "--early-stopping", "3")]
    [InlineData("NonDigits is 0.5; accepted: 0, since mlp does not tell digits", "--network", "mlp", "--non-digits", "0.5")]
    [InlineData("Rotation is 400; accepted: 0 to 180.", "--rotation", "400")]
    [InlineData("TrainSize is 950; accepted: 10 to 900, since ValidationSize is 100 of 1,000 images.", "--validation-size", "100", "--train-size", "950")]
    [InlineData("--epoks", "--epoks", "3")]
    public void AMistakeIsExplainedInASentenceAndLeavesNoRun(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = _workplace.Run(["train", .. arguments]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("Error: ", errors, StringComparison.Ordinal);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workplace.Runs.Folder));
    }

    [Fact]
    public void AFolderWithoutMnistIsNamed()
    {
        var (exitCode, _, errors) = Digits.Run("train", "--data", "/nowhere", "--runs", _workplace.File("runs"));
        Assert.Equal(1, exitCode);
        Assert.Contains("/nowhere", errors, StringComparison.Ordinal);
        Assert.Contains("is missing.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatCannotBeKeptIsRefusedInASentence()
    {
        File.WriteAllText(_workplace.File("file"), "in the way");
        var (exitCode, _, errors) = _workplace.RunIn(_workplace.File("models"), _workplace.File("file/runs"), ["train", .. Workplace.Quick]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Error: ", errors, StringComparison.Ordinal);
        Assert.Contains(_workplace.File("file"), errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelThatCannotBeKeptFailsTheRunWhichGoesOnElsewhere()
    {
        File.WriteAllText(_workplace.File("file"), "in the way");
        var (exitCode, _, errors) = _workplace.RunIn(_workplace.File("file/models"), _workplace.File("runs"), ["train", .. Workplace.Quick]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Error: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, _workplace.Runs.List()[0].Record!.Status);

        _workplace.Output("resume", "latest");
        Assert.Equal(RunStatus.Completed, _workplace.Runs.List()[0].Record!.Status);
        Assert.Single(_workplace.Models.List());
    }

    [GeneratedRegex(@"^ +(?<epoch>\d+) +\d\.\d{4} +\d+\.\d\d% +\d\.\d{4} +\d+\.\d\d% +[\de.-]+ +\d+\.\d(  best)?$", RegexOptions.Multiline)]
    private static partial Regex EpochRow();
}
