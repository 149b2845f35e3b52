using System.Text.RegularExpressions;
using DigitService.Recognition.Persistence;

namespace DigitService.Cli.Tests;

public sealed partial class TrainCommandFacts
{
    [Fact]
    public void TrainingPrintsARowForEveryEpochAndWritesTheCheckpoint()
    {
        using var data = new SmallMnist(2_000, 500);
        var checkpoint = data.File("out/cnn.pth");
        var (exitCode, output, errors) = Digits.Run(
            "train", "--network", "cnn", "--epochs", "2", "--batch-size", "100", "--seed", "0",
            "--data", data.Path, "--output", checkpoint);

        Assert.Equal((0, ""), (exitCode, errors));
        var rows = EpochRow().Matches(output);
        Assert.Equal(["1", "2"], rows.Select(row => row.Groups["epoch"].Value));
        Assert.Contains("1,007,590 parameters", output, StringComparison.Ordinal);
        Assert.Contains($"Done. The checkpoint is {checkpoint}", output, StringComparison.Ordinal);

        var written = Checkpoint.Read(checkpoint);
        Assert.Equal((2, 0), (written.Epoch, written.Batch));
        Assert.Equal(8, written.Model.Count());
    }

    [Fact]
    public void TheSameCommandWritesTheSameBytes()
    {
        using var data = new SmallMnist(1_000, 10);
        string[] arguments = ["train", "--epochs", "1", "--seed", "5", "--data", data.Path, "--output"];
        Digits.Run([.. arguments, data.File("first.pth")]);
        Digits.Run([.. arguments, data.File("second.pth")]);
        Assert.Equal(File.ReadAllBytes(data.File("first.pth")), File.ReadAllBytes(data.File("second.pth")));
    }

    [Fact]
    public void CtrlCStopsCleanlyAndKeepsWhatWasLearned()
    {
        using var data = new SmallMnist(20_000, 10);
        var checkpoint = data.File("cnn.pth");
        using var digits = new Digits("train", "--epochs", "1000", "--data", data.Path, "--output", checkpoint);
        digits.WaitFor("\n    1 ");
        digits.Interrupt();
        var (exitCode, output, errors) = digits.Wait();

        Assert.Equal((130, ""), (exitCode, errors));
        Assert.Contains("Stopped after ", output, StringComparison.Ordinal);
        var kept = Checkpoint.Read(checkpoint);
        Assert.InRange(kept.Epoch, 1, 999);
        Assert.Contains($"{kept.Epoch} epochs and {kept.Batch} batches", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(data.Path, "*.tmp"));
    }

    [Theory]
    [InlineData("There is no network 'vgg'. There is: cnn.", "--network", "vgg")]
    [InlineData("Epochs is 0; accepted: 1 to 1,000.", "--epochs", "0")]
    [InlineData("LearningRate is 2; accepted: above 0 and at most 1.", "--learning-rate", "2")]
    [InlineData("is missing.", "--data", "/nowhere")]
    public void AMistakeIsExplainedInASentence(string expected, params string[] arguments)
    {
        using var folder = new SmallMnist(1, 1);
        var (exitCode, _, errors) = Digits.Run(["train", "--output", folder.File("x.pth"), .. arguments]);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("x.pth")));
    }

    [Fact]
    public void AnUnknownOptionIsAnError()
    {
        var (exitCode, _, errors) = Digits.Run("train", "--epoks", "3");
        Assert.Equal(1, exitCode);
        Assert.Contains("--epoks", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpTellsTheOptionsAndTheirDefaults()
    {
        var (exitCode, output, _) = Digits.Run("train", "--help");
        Assert.Equal(0, exitCode);
        foreach (var option in new[] { "--network", "--epochs", "--batch-size", "--learning-rate", "--seed", "--output" })
        {
            Assert.Contains(option, output, StringComparison.Ordinal);
        }

        Assert.Contains("[default: 128]", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^ +(?<epoch>\d+) +\d\.\d{4} +\d\.\d{4} +\d+\.\d\d ?% +\d+\.\d", RegexOptions.Multiline)]
    private static partial Regex EpochRow();
}
