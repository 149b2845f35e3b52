namespace DigitService.Recognition.Evaluation;

/// <summary>
/// Whether one network reads the same images better than another, or only seems to. Images that both read alike tell
/// nothing; were the two equally good, each of the others would be a toss of a coin (McNemar, 1947, in its exact form;
/// Dietterich, 1998, recommends it for comparing classifiers).
/// </summary>
public static class SignTest
{
    /// <summary>What is likelier than this by chance proves nothing.</summary>
    public const double Level = 0.05;

    /// <summary>The probability that chance alone gives so many for, or more, of all that differ: 0 to 1, one-sided.</summary>
    /// <param name="for">Images that speak for a network: it reads them right, and the other wrong.</param>
    /// <param name="against">Images that speak against it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double Chance(int @for, int against)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(@for);
        ArgumentOutOfRangeException.ThrowIfNegative(against);
        var all = @for + against;

        // In logarithms, since 2 to the power of a few thousand images is no double any longer.
        var term = -all * Math.Log(2);
        var tail = 0.0;
        for (var heads = all; heads >= @for; heads--)
        {
            tail += Math.Exp(term);
            term += Math.Log(heads) - Math.Log(all - heads + 1);
        }

        return Math.Min(1, tail);
    }
}
