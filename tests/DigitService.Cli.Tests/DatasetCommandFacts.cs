using DigitService.Recognition.Models;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests;

namespace DigitService.Cli.Tests;

/// <summary>Training on pictures in folders.</summary>
public sealed class DatasetCommandFacts : IDisposable
{
    private static readonly string[] _quick = ["--network", "mlp", "--epochs", "2", "--batch-size", "20"];

    private readonly TemporaryFolder _folder = new();

    private string Scans => _folder.File("scans");

    private string[] Folders => ["--models", _folder.File("models"), "--runs", _folder.File("runs")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFolderOfPicturesIsTrainedOnAndTheRunKnowsItsName()
    {
        DatasetFiles.WritePictures(Path.Combine(Scans, "train"), DatasetFiles.Train, 120);
        DatasetFiles.WritePictures(Path.Combine(Scans, "test"), DatasetFiles.Test, 30);
        File.WriteAllText(Path.Combine(Scans, "train", "3", "notes.txt"), "Mine.");
        var (exitCode, output, errors) = Digits.Run(["train", .. _quick, "--data", Scans, .. Folders]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("left out  train/3/notes.txt: ", output, StringComparison.Ordinal);
        Assert.Contains("100 to learn from, 20 held out", output, StringComparison.Ordinal);
        Assert.Contains("of 30 images", output, StringComparison.Ordinal);
        var model = Assert.Single(new ModelRegistry(_folder.File("models")).List()).Info!;
        Assert.Equal(("scans", "scans"), (model.Options!.Data, model.EvaluatedOn));
        Assert.Equal("scans", Assert.Single(new RunStore(_folder.File("runs")).List()).Record!.Options.Data);

        // Without the folder's place, which is written down nowhere, its name is looked for in data/.
        (exitCode, _, errors) = Digits.Run(["calibrate", "latest", .. Folders]);
        Assert.Equal(1, exitCode);
        Assert.Contains("scans is missing. Accepted: a folder with IDX files", errors, StringComparison.Ordinal);
        Assert.Equal(0, Digits.Run(["calibrate", "latest", "--data", Scans, .. Folders]).ExitCode);
    }

    [Fact]
    public void AFolderThatIsNoDatasetIsExplainedAndLeavesNoRun()
    {
        Directory.CreateDirectory(Path.Combine(Scans, "eight"));
        var (exitCode, output, errors) = Digits.Run(["train", .. _quick, "--data", Scans, .. Folders]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("scans is no dataset; accepted: IDX files under MNIST's names", errors, StringComparison.Ordinal);
        Assert.Empty(new RunStore(_folder.File("runs")).List());
    }
}
