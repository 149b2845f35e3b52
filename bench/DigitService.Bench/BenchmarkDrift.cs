using System.Globalization;

namespace DigitService.Bench;

/// <summary>How far the ratios of a run are from those of another.</summary>
internal static class BenchmarkDrift
{
    private const double Most = 0.15;

    /// <summary>Tells every ratio that two pages have in common, and how many are off by more than 15%.</summary>
    /// <returns>Whether none is, and there are any.</returns>
    internal static bool Show(string earlier, string later)
    {
        var (before, after) = (BenchmarkTable.ReadRatios(earlier), BenchmarkTable.ReadRatios(later));
        var drifts = after.Where(ratio => before.ContainsKey(ratio.Key))
            .Select(ratio => (What: ratio.Key, Before: before[ratio.Key], After: ratio.Value, Change: (ratio.Value / before[ratio.Key]) - 1))
            .ToArray();
        foreach (var (what, old, now, change) in drifts)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{100 * change,6:+0.0;-0.0}% {(Math.Abs(change) > Most ? "!" : " ")} {old,8:G3} {now,8:G3}  {what}"));
        }

        var off = drifts.Count(drift => Math.Abs(drift.Change) > Most);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{drifts.Length} ratios, {off} of them more than {100 * Most:F0}% from those before, the furthest by {100 * drifts.Select(drift => Math.Abs(drift.Change)).DefaultIfEmpty().Max():F1}%"));
        return off == 0 && drifts.Length > 0;
    }
}
