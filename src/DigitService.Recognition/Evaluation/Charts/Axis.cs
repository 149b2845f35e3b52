namespace DigitService.Recognition.Evaluation.Charts;

/// <summary>Where values lie between a chart's edges, and which of them are written there.</summary>
internal sealed class Axis
{
    private static readonly double[] _roundFactors = [1, 2, 5, 10];

    private readonly Func<double, double> _scale;
    private readonly double _low;
    private readonly double _high;

    private Axis(double low, double high, IEnumerable<double> ticks, Func<double, double> scale)
    {
        _scale = scale;
        _low = scale(low);
        _high = scale(high);
        var rounding = (high - low) * 1e-9;
        Ticks = [.. ticks.Where(tick => tick >= low - rounding && tick <= high + rounding)];
    }

    /// <summary>The values to write, rising.</summary>
    internal IReadOnlyList<double> Ticks { get; }

    /// <summary>From the first value to the last, ticks at whole numbers: steps and epochs.</summary>
    internal static Axis Counting(IEnumerable<double> values)
    {
        var (low, high) = Range(values);
        var step = Math.Max(1, RoundStep((high - low) / 5));
        return new Axis(low, high, Multiples(step, low, high).Prepend(low).DistinctBy(tick => Math.Floor(tick / step)), value => value);
    }

    /// <summary>From a round number below the values to one above.</summary>
    internal static Axis Linear(IEnumerable<double> values)
    {
        var (low, high) = Range(values);
        if (high == low)
        {
            (low, high) = high > 0 ? (0, high) : (low, low + 1);
        }

        var step = RoundStep((high - low) / 4);
        low = Math.Floor((low / step) + 1e-9) * step;
        high = Math.Ceiling((high / step) - 1e-9) * step;
        return new Axis(low, high, Multiples(step, low, high), value => value);
    }

    /// <summary>From below the values to above, every power of ten as far from the next; values are above 0.</summary>
    internal static Axis Logarithmic(IEnumerable<double> values)
    {
        var (low, high) = Range(values);
        var powers = Enumerable.Range((int)Math.Floor(Math.Log10(low)), 50).Select(power => Math.Pow(10, power)).ToArray();
        double[] factors = high / low < 100 ? [1, 2, 5] : [1];
        var ticks = powers.SelectMany(power => factors.Select(factor => power * factor)).ToArray();
        var (bottom, top) = (ticks.Last(tick => tick <= low), ticks.First(tick => tick >= high));
        return new Axis(bottom, top > bottom ? top : bottom * 10, ticks, Math.Log10);
    }

    /// <summary>0 at the low edge and 1 at the high one; what lies outside is on the edge.</summary>
    internal double Position(double value) =>
        _high == _low ? 0.5 : Math.Clamp((_scale(value) - _low) / (_high - _low), 0, 1);

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return (all.Min(), all.Max());
    }

    private static IEnumerable<double> Multiples(double step, double low, double high)
    {
        var first = (long)Math.Ceiling((low / step) - 1e-9);
        var last = (long)Math.Floor((high / step) + 1e-9);
        for (var i = first; i <= last; i++)
        {
            yield return i * step;
        }
    }

    // 1, 2 or 5 times a power of ten, at least as large as asked for.
    private static double RoundStep(double atLeast)
    {
        if (atLeast <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * _roundFactors.First(factor => factor * power >= atLeast * (1 - 1e-9));
    }
}
