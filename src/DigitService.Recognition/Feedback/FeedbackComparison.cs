using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>How well a model reads corrected pictures.</summary>
/// <param name="Accuracy">The share that it reads right, 0 to 1.</param>
/// <param name="MeanConfidence">The mean probability of its answers to those that show a digit, 0 to 1; null if none does.</param>
public sealed record FeedbackFigures(double Accuracy, double? MeanConfidence);

/// <summary>How two models read the corrected pictures that neither has learned from.</summary>
/// <param name="Before">The figures of the model that is compared with.</param>
/// <param name="After">The figures of the model that is compared.</param>
/// <param name="Changes">What only one of them reads right.</param>
public sealed record FeedbackComparison(FeedbackFigures Before, FeedbackFigures After, ReadingComparison Changes)
{
    /// <summary>How many pictures are read at most: the newest.</summary>
    public const int MostPictures = 1_000;

    /// <summary>The pictures that two models are compared by, the newest first: those that no run of the model's seed learns from.</summary>
    /// <param name="store">Where the pictures are.</param>
    /// <param name="model">The model that is compared.</param>
    /// <param name="other">The one that it is compared with. If it has learned from pictures by another seed, those are left out too.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<FeedbackSample> HeldOut(FeedbackStore store, ModelInfo model, ModelInfo other)
    {
        var options = model.Options ?? new();
        return
        [
            .. store.List()
                .Select(entry => entry.Sample)
                .OfType<FeedbackSample>()
                .Where(sample => FeedbackSplit.IsHeldOut(sample.Id, options.Seed)
                    && (other.Options is not { Feedback: true } others || FeedbackSplit.IsHeldOut(sample.Id, others.Seed)))
                .Take(MostPictures),
        ];
    }

    /// <summary>Reads pictures with two models, each in its own way from the picture as it came.</summary>
    /// <param name="store">Where the pictures are.</param>
    /// <param name="samples">The pictures. One that is deleted or damaged meanwhile, or blank for one of the models, is left out.</param>
    /// <param name="before">The model that is compared with.</param>
    /// <param name="after">The model that is compared. Neither may be asked by another thread.</param>
    /// <param name="cancellation">Nobody waits for it any longer.</param>
    /// <returns>Null if there was no picture to read.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="PthFormatException">A model's weights are so large that its answers are no numbers.</exception>
    public static FeedbackComparison? Read(
        FeedbackStore store, IEnumerable<FeedbackSample> samples, LoadedModel before, LoadedModel after, CancellationToken cancellation = default)
    {
        List<(FeedbackSample Sample, Prediction Before, Prediction After)> read = [];
        var (first, second) = (new DigitReader(before), new DigitReader(after));
        var (firstMode, secondMode) = (ModeOf(before.Info), ModeOf(after.Info));
        foreach (var sample in samples)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryDecode(store, sample) is { } picture
                && Preprocessor.Process(picture, firstMode) is { } pixels
                && (secondMode == firstMode ? pixels : Preprocessor.Process(picture, secondMode)) is { } others)
            {
                read.Add((sample, Finite(first.Predict(pixels), before), Finite(second.Predict(others), after)));
            }
        }

        return read.Count == 0 ? null : new FeedbackComparison(
            Figures([.. read.Select(entry => (entry.Sample, entry.Before))]),
            Figures([.. read.Select(entry => (entry.Sample, entry.After))]),
            new ReadingComparison(read.Count, ReadingComparison.InOrder(read
                .Where(entry => IsRight(entry.Sample, entry.Before) != IsRight(entry.Sample, entry.After))
                .Select(entry => new ReadingChange(
                    null,
                    entry.Sample.Id,
                    FeedbackLabel.DigitOf(entry.Sample.Label),
                    ReadingOf(entry.Before),
                    ReadingOf(entry.After),
                    IsRight(entry.Sample, entry.After))))));
    }

    // Finite weights may be so large that sums of them are not.
    private static Prediction Finite(Prediction answer, LoadedModel model) => float.IsFinite(answer.Confidence)
        ? answer
        : throw new PthFormatException($"The model {model.Info.Id} cannot be compared: with its weights the network's answers are no finite numbers.");

    private static PreprocessMode ModeOf(ModelInfo model) => Enum.Parse<PreprocessMode>(model.Preprocess, ignoreCase: true);

    private static GrayImage? TryDecode(FeedbackStore store, FeedbackSample sample)
    {
        try
        {
            using var file = store.OpenPicture(sample);
            var picture = new byte[file.Length];
            file.ReadExactly(picture);
            return ImageDecoder.Default.Decode(picture);
        }
        catch (Exception error) when (error is EntryNotFoundException or DamagedEntryException or EndOfStreamException or ImageException)
        {
            return null;
        }
    }

    private static FeedbackFigures Figures(IReadOnlyList<(FeedbackSample Sample, Prediction Answer)> answers)
    {
        double[] confidences = [.. answers.Where(entry => entry.Sample.Label != DigitImages.NoDigit).Select(entry => (double)entry.Answer.Confidence)];
        return new FeedbackFigures(
            (double)answers.Count(entry => IsRight(entry.Sample, entry.Answer)) / answers.Count,
            confidences.Length == 0 ? null : confidences.Average());
    }

    // As it is told on the page and kept with a picture: an answer that is not to be trusted names no digit.
    private static int? DigitOf(Prediction answer) => answer.Reason is null ? answer.Digit : null;

    private static bool IsRight(FeedbackSample sample, Prediction answer) => DigitOf(answer) == FeedbackLabel.DigitOf(sample.Label);

    private static Reading ReadingOf(Prediction answer) => new(DigitOf(answer), answer.Confidence);
}
