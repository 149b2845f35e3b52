namespace DigitService.Bench;

/// <summary>What DigitService and a peer did in turns: a row of the page.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Unit">The numbers' unit.</param>
/// <param name="Ours">DigitService's numbers, one for every round.</param>
/// <param name="Peer">Who did the same; nobody, if this is empty.</param>
/// <param name="Theirs">The peer's numbers, one for every round; none if it was not at hand.</param>
internal sealed record Comparison(string What, string Unit, IReadOnlyList<double> Ours, string Peer, IReadOnlyList<double> Theirs)
{
    /// <summary>Whether more of it is better, as of answers a second; of time and memory less is.</summary>
    internal bool MoreIsBetter { get; init; }

    /// <summary>Whether the two are told apart by a ratio. What happens once in a hundred times varies too much for one.</summary>
    internal bool HasRatio { get; init; } = true;

    /// <summary>
    /// How many times as fast, or as small, DigitService is: the median over the rounds, in each of which both have seen
    /// the same machine. Null if there is none.
    /// </summary>
    internal double? Ratio
    {
        get
        {
            if (!HasRatio || Ours.Count == 0 || Ours.Count != Theirs.Count)
            {
                return null;
            }

            return Median(Ours.Zip(Theirs, (ours, theirs) => MoreIsBetter ? ours / theirs : theirs / ours));
        }
    }

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>Measurements that belong together.</summary>
/// <param name="Title">Their heading.</param>
/// <param name="Method">How they were made.</param>
/// <param name="Rows">The measurements.</param>
internal sealed record BenchmarkSection(string Title, string Method, IReadOnlyList<Comparison> Rows);
