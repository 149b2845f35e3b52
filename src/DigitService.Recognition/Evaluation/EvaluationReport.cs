using System.Text.Json;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Evaluation;

/// <summary>An image that was misread.</summary>
/// <param name="Index">Its place among the images, from 0.</param>
/// <param name="Actual">The digit that it shows.</param>
/// <param name="Predicted">The answer.</param>
/// <param name="Confidence">The probability that the network gave to the answer, 0 to 1.</param>
public sealed record Mistake(int Index, int Actual, int Predicted, float Confidence);

/// <summary>Everything that is measured of a network's answers to labelled images. Plain numbers; JSON keeps all of them.</summary>
public sealed record EvaluationReport
{
    // A probability that a float cannot tell from 0 costs 103 nats: one such image must not make the mean infinite.
    private const double LeastProbability = float.Epsilon;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>How many images were read.</summary>
    public required int Count { get; init; }

    /// <summary>The share that was read right, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean cross-entropy, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean precision of the ten digits, each counting the same, 0 to 1.</summary>
    public required double MacroPrecision { get; init; }

    /// <summary>The mean recall of the ten digits, each counting the same, 0 to 1.</summary>
    public required double MacroRecall { get; init; }

    /// <summary>The mean F1 of the ten digits, each counting the same, 0 to 1.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>How far confidence is from accuracy, on average over the answers, 0 to 1 (Guo et al., 2017; 15 bins).</summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>What the network's logits were divided by for these probabilities; 1 if they are as the network gives them.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The share of training images that was read right in the end, 0 to 1; null if unknown.</summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>The share of validation images that was read right, 0 to 1; null if unknown.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>How much better the training images are read than those held out, −1 to 1: large means overfitted. Null if unknown.</summary>
    public double? Gap => TrainingAccuracy - ValidationAccuracy;

    /// <summary>The ten digits in their order.</summary>
    public required IReadOnlyList<DigitMetrics> PerDigit { get; init; }

    /// <summary>10×10 counts: the row is the true digit, the column the answer.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix { get; init; }

    /// <summary>The bins of confidence, from 0 to 1.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Every misread image, the most confident mistake first.</summary>
    public required IReadOnlyList<Mistake> Mistakes { get; init; }

    /// <summary>Measures answers.</summary>
    /// <param name="probabilities">Count×10: the probabilities of the ten digits, image by image.</param>
    /// <param name="images">The images that they answer, 1 or more.</param>
    /// <exception cref="ArgumentException">There is no image, there are not ten probabilities for each, or they are none.</exception>
    public static EvaluationReport Of(ReadOnlySpan<float> probabilities, DigitImages images)
    {
        if (images.Count == 0 || probabilities.Length != images.Count * DigitImages.Classes)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{images.Count} images need {DigitImages.Classes} probabilities each and at least one image; there are {probabilities.Length}."));
        }

        var matrix = new ConfusionMatrix();
        var calibration = new Calibration();
        var mistakes = new List<Mistake>();
        var loss = 0.0;
        for (var i = 0; i < images.Count; i++)
        {
            var row = probabilities.Slice(i * DigitImages.Classes, DigitImages.Classes);
            RequireProbabilities(row, i);
            var actual = images.Label(i);
            var predicted = IndexOfMax(row);
            matrix.Add(actual, predicted);
            calibration.Add(row[predicted], predicted == actual);
            loss -= Math.Log(Math.Max(row[actual], LeastProbability));
            if (predicted != actual)
            {
                mistakes.Add(new Mistake(i, actual, predicted, row[predicted]));
            }
        }

        var perDigit = matrix.PerDigit();
        return new EvaluationReport
        {
            Count = images.Count,
            Accuracy = (double)matrix.Correct / images.Count,
            Loss = loss / images.Count,
            MacroPrecision = perDigit.Average(digit => digit.Precision),
            MacroRecall = perDigit.Average(digit => digit.Recall),
            MacroF1 = perDigit.Average(digit => digit.F1),
            ExpectedCalibrationError = calibration.ExpectedError(),
            PerDigit = perDigit,
            ConfusionMatrix = matrix.Counts,
            Reliability = calibration.Reliability(),
            Mistakes = [.. mistakes.OrderByDescending(mistake => mistake.Confidence).ThenBy(mistake => mistake.Index)],
        };
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not the JSON of a report.</exception>
    public static EvaluationReport Parse(string json)
    {
        try
        {
            var report = JsonSerializer.Deserialize<EvaluationReport>(json, _json)
                ?? throw new InvalidDataException("The evaluation is empty.");
            return report.IsWhole()
                ? report
                : throw new InvalidDataException("The evaluation is damaged: it does not describe answers to images of ten digits.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The evaluation cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The report in JSON, names in camelCase.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _json);

    // What every reader of a report relies on, and a file that somebody edited may break.
    private bool IsWhole() =>
        PerDigit.Select(digit => digit?.Digit).SequenceEqual(Enumerable.Range(0, DigitImages.Classes).Cast<int?>())
        && PerDigit.All(digit => digit.MostConfusedWith.All(confusion => confusion is not null && IsDigit(confusion.Digit)))
        && ConfusionMatrix.Count == DigitImages.Classes
        && ConfusionMatrix.All(row => row?.Count == DigitImages.Classes && row.All(count => count >= 0))
        && Reliability.All(bin => bin is not null)
        && Mistakes.All(mistake => mistake is not null
            && mistake.Index >= 0 && mistake.Index < Count && IsDigit(mistake.Actual) && IsDigit(mistake.Predicted));

    private static bool IsDigit(int value) => value is >= 0 and < DigitImages.Classes;

    private static int IndexOfMax(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }

    private static void RequireProbabilities(ReadOnlySpan<float> row, int image)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            // A value that is not a number is not at least 0 either.
            sum += value >= 0 ? value : double.NaN;
        }

        if (!(Math.Abs(sum - 1) < 1e-3))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The ten probabilities of image {image} add up to {sum}; accepted: 10 numbers from 0 to 1 that add up to 1."));
        }
    }
}
