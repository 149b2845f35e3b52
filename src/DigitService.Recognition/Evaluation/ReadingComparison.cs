namespace DigitService.Recognition.Evaluation;

/// <summary>How two models read the same pictures.</summary>
/// <param name="Images">How many pictures both have read.</param>
/// <param name="Changes">Those that only one of them reads right: first what is wrong now, then what is right, the surest mistake first.</param>
public sealed record ReadingComparison(int Images, IReadOnlyList<ReadingChange> Changes)
{
    /// <summary>Pictures that were read wrong, and are read right.</summary>
    public int NowRight { get; } = Changes.Count(change => change.IsRight);

    /// <summary>Pictures that were read right, and are read wrong.</summary>
    public int NowWrong { get; } = Changes.Count(change => !change.IsRight);

    /// <summary>Compares the reports of two models on the same test images. Of answers that were right, they tell no confidence.</summary>
    /// <param name="before">The report of the model that is compared with.</param>
    /// <param name="after">The report of the model that is compared.</param>
    /// <returns>Null if the reports are on other images.</returns>
    public static ReadingComparison? Of(EvaluationReport before, EvaluationReport after)
    {
        var (wrongBefore, wrongAfter) = (ByIndex(before), ByIndex(after));
        if (before.Count != after.Count || wrongBefore.Any(entry => wrongAfter.GetValueOrDefault(entry.Key)?.Actual is { } actual && actual != entry.Value.Actual))
        {
            return null;
        }

        return new ReadingComparison(before.Count, InOrder([
            .. wrongAfter.Values.Where(mistake => !wrongBefore.ContainsKey(mistake.Index)).Select(mistake => new ReadingChange(
                mistake.Index, null, mistake.Actual, new Reading(mistake.Actual, null), Answer(mistake), IsRight: false)),
            .. wrongBefore.Values.Where(mistake => !wrongAfter.ContainsKey(mistake.Index)).Select(mistake => new ReadingChange(
                mistake.Index, null, mistake.Actual, Answer(mistake), new Reading(mistake.Actual, null), IsRight: true)),
        ]));
    }

    /// <summary>Changes in the order in which they are told.</summary>
    internal static IReadOnlyList<ReadingChange> InOrder(IEnumerable<ReadingChange> changes) =>
        [.. changes.OrderBy(change => change.IsRight).ThenByDescending(change => (change.IsRight ? change.Before : change.After).Confidence)];

    // A file that somebody edited may name an image twice.
    private static Dictionary<int, Mistake> ByIndex(EvaluationReport report) =>
        report.Mistakes.DistinctBy(mistake => mistake.Index).ToDictionary(mistake => mistake.Index);

    private static Reading Answer(Mistake mistake) => new(mistake.Predicted, mistake.Confidence);
}
