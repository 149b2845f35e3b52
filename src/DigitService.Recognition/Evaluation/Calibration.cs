namespace DigitService.Recognition.Evaluation;

/// <summary>The answers whose confidence lies in an interval.</summary>
/// <param name="From">The interval's lower end, which is not part of it, 0 to 1.</param>
/// <param name="To">The interval's upper end, which is part of it, 0 to 1.</param>
/// <param name="Count">Answers with such a confidence.</param>
/// <param name="Confidence">Their mean confidence, 0 to 1; 0 if there are none.</param>
/// <param name="Accuracy">The share of them that is right, 0 to 1; 0 if there are none.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);

/// <summary>
/// Whether answers are right as often as their confidence says, in 15 bins of equal width as in Guo, Pleiss, Sun and
/// Weinberger, "On calibration of modern neural networks", 2017.
/// </summary>
internal sealed class Calibration
{
    private const int Bins = 15;

    private readonly (int Count, double Confidence, int Correct)[] _bins = new (int, double, int)[Bins];

    internal void Add(double confidence, bool isCorrect)
    {
        ref var bin = ref _bins[Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1)];
        bin.Count++;
        bin.Confidence += confidence;
        bin.Correct += isCorrect ? 1 : 0;
    }

    internal ReliabilityBin[] Reliability() =>
    [
        .. _bins.Select((bin, i) =>
        {
            var divisor = Math.Max(1, bin.Count);
            return new ReliabilityBin(
                (double)i / Bins,
                (double)(i + 1) / Bins,
                bin.Count,
                bin.Confidence / divisor,
                (double)bin.Correct / divisor);
        }),
    ];

    /// <summary>The mean distance of confidence and accuracy over the bins, each weighted with its answers.</summary>
    internal double ExpectedError() =>
        _bins.Sum(bin => Math.Abs(bin.Correct - bin.Confidence)) / _bins.Sum(bin => bin.Count);
}
