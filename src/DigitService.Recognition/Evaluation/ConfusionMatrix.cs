using DigitService.Recognition.Data;

namespace DigitService.Recognition.Evaluation;

/// <summary>How often each digit got each answer.</summary>
internal sealed class ConfusionMatrix
{
    private const int MostConfused = 3;

    private readonly int[][] _counts = [.. Digits.Select(_ => new int[DigitImages.Classes])];

    /// <summary>The counts, a row for each true digit and a column for each answer.</summary>
    internal IReadOnlyList<IReadOnlyList<int>> Counts => _counts;

    internal int Correct => Digits.Sum(digit => _counts[digit][digit]);

    private static IEnumerable<int> Digits => Enumerable.Range(0, DigitImages.Classes);

    internal void Add(int actual, int predicted) => _counts[actual][predicted]++;

    internal DigitMetrics[] PerDigit() => [.. Digits.Select(Measure)];

    private DigitMetrics Measure(int digit)
    {
        var correct = _counts[digit][digit];
        var support = _counts[digit].Sum();
        var answers = _counts.Sum(row => row[digit]);
        var recall = Ratio(correct, support);
        return new DigitMetrics(
            digit,
            support,
            Accuracy: recall,
            Precision: Ratio(correct, answers),
            recall,

            // The harmonic mean, written so that only a digit neither drawn nor answered has nothing to divide by.
            F1: Ratio(2 * correct, support + answers),
            MostConfusedWith(digit));
    }

    private Confusion[] MostConfusedWith(int digit) =>
    [
        .. Digits
            .Where(answer => answer != digit && _counts[digit][answer] > 0)
            .Select(answer => new Confusion(answer, _counts[digit][answer]))
            .OrderByDescending(confusion => confusion.Count)
            .ThenBy(confusion => confusion.Digit)
            .Take(MostConfused),
    ];

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
