using System.Text.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Tests;
using DigitService.Recognition.Training;

namespace DigitService.Cli.Tests;

/// <summary>A model that was fine-tuned, from the comparison with its base to the way back.</summary>
public sealed class PromotionCommandFacts : IDisposable
{
    private readonly Workplace _workplace = new(10, 10);
    private readonly string _base;

    public PromotionCommandFacts()
    {
        _base = TellingModel.Register(_workplace.Models.Folder, TellingModel.NoDigit, report: MadeReport.Of(1_000, 1, 2, 3));
        _workplace.Models.Activate(_base);
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void AModelThatHasForgottenIsActivatedByForceOnlyAndLeftAgain()
    {
        var tuned = Tuned(MadeReport.Of(1_000, 1, 2, 3, 4, 5));
        var (exitCode, output, errors) = _workplace.Run("activate", tuned);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains($"0.20 points less than the 99.70% of its base, {_base}; at most 0.1 less is accepted. --force activates it all the same.", errors, StringComparison.Ordinal);
        Assert.Equal(_base, _workplace.Models.GetActiveId());

        Assert.Equal($"The active model is {tuned}.\n", _workplace.Output("activate", tuned, "--force"));
        Assert.Equal($"The active model is {tuned}.\n", _workplace.Output("activate", tuned));
        Assert.Equal($"The active model is {_base} again.\n", _workplace.Output("rollback"));
        Assert.Equal(_base, _workplace.Models.GetActiveId());
        (exitCode, output, errors) = _workplace.Run("rollback");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("There is no model to go back to", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelIsComparedWithItsBaseByTestImagesAndCorrectedPictures()
    {
        var tuned = Tuned(MadeReport.Of(1_000, 1));
        var pictures = _workplace.File("pictures");
        string[] heldOut = [.. Correct(pictures).Where(id => FeedbackSplit.IsHeldOut(id, 1))];
        var output = _workplace.Output("compare", "latest", "--feedback-folder", pictures);
        Assert.StartsWith($"{tuned} beside {_base}\n", output, StringComparison.Ordinal);
        Assert.Matches(@"\nTest accuracy +99\.90% +99\.70%\n", output);
        Assert.Matches(@"\nAccuracy on corrected pictures held out +100\.00% +0\.00%\n", output);
        Assert.Contains("\nMNIST's test images: of 1,000, 2 are read right now and 0 no longer.\n", output, StringComparison.Ordinal);
        Assert.Contains($"\nCorrected pictures held out: of {heldOut.Length}, {heldOut.Length} are read right now and 0 no longer.\n", output, StringComparison.Ordinal);
        Assert.Contains("\nactivate: Of ", output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(_workplace.Output("compare", _base, "--with", tuned, "--feedback-folder", pictures, "--json"));
        Assert.Equal("keep", json.RootElement.GetProperty("recommendation").GetProperty("verdict").GetString());
        Assert.Equal(0.2, json.RootElement.GetProperty("accuracyDrop").GetDouble());
    }

    private string Tuned(Recognition.Evaluation.EvaluationReport report) => TellingModel.Register(
        _workplace.Models.Folder,
        TellingModel.Five,
        info => info with { Options = new TrainingOptions { Network = "vgg", NonDigits = 0.5, Base = _base, Feedback = true } },
        report);

    // Fives, says whoever corrected them, and the ids that they got.
    private static IEnumerable<string> Correct(string folder) => new FeedbackStore(folder)
        .AddAll([.. Enumerable.Range(0, 40).Select(i => new NewFeedback(
            Pictures.Bmp(SmallMnist.TestImages.Image(i)), new byte[DigitImages.Pixels], 5, FeedbackSource.Drawn, null))])
        .Select(stored => stored.Sample.Id);
}
