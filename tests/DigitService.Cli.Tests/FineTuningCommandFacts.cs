using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;

namespace DigitService.Cli.Tests;

public sealed class FineTuningCommandFacts : IDisposable
{
    private readonly Workplace _workplace = new(1_000, 200);

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void TheActiveModelLearnsFromWhatPeopleHaveCorrected()
    {
        _workplace.Output(["train", .. Workplace.Quick]);
        var model = Assert.Single(_workplace.Models.List()).Id;
        string[] command = ["train", "--base", "active", "--feedback", "--feedback-folder", _workplace.File("feedback"), "--epochs", "1", "--train-size", "200"];
        var (exitCode, _, errors) = _workplace.Run(command);
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains("There is no corrected picture to learn from: none is kept.", errors, StringComparison.Ordinal);

        var store = new FeedbackStore(_workplace.File("feedback"));
        store.AddAll([.. Enumerable.Range(0, 20).Select(Correction)]);
        var output = _workplace.Output(command);
        var run = _workplace.Runs.List()[0].Record!;
        Assert.Equal((model, true, "mlp"), (run.Options.Base, run.Options.Feedback, run.Options.Network));
        Assert.Contains($"{run.Feedback!.Learned} to learn from, repeated; {run.Feedback.HeldOut} held out, 0 left out", output, StringComparison.Ordinal);
        Assert.Equal("mlp + feedback", _workplace.Models.Get(run.ModelId!).Name);
        Assert.Equal((RunStatus.Completed, model), (run.Status, _workplace.Models.GetActiveId()));
        Assert.Contains(model, _workplace.Output("compare", run.Id, _workplace.Runs.List()[1].Id), StringComparison.Ordinal);
    }

    [Fact]
    public void ABaseThatCannotBeIsNamed()
    {
        Assert.Contains("is active", _workplace.Run("train", "--base", "active").Errors, StringComparison.Ordinal);
        Assert.Contains("There is no model nobody", _workplace.Run("train", "--base", "nobody").Errors, StringComparison.Ordinal);
        using var mlp = NetworkCatalog.Create("mlp", seed: 1);
        var id = new ModelImport("mlp").Run(Checkpoint.OfWeights(mlp), _workplace.Models, SmallMnist.TestImages).Id;
        Assert.Contains($"Network is cnn; accepted: mlp, which the base {id} is, or none.", _workplace.Run("train", "--base", id, "--network", "cnn").Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workplace.Runs.Folder));
    }

    private static NewFeedback Correction(int number)
    {
        var image = SmallMnist.TestImages.Image(number).ToArray();
        return new NewFeedback(GrayPng.Encode(image, DigitImages.Side), image, SmallMnist.TestImages.Label(number), FeedbackSource.Drawn, null);
    }
}
