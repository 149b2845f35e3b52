using System.Globalization;

namespace DigitService.Bench;

/// <summary>Measurements as a table in Markdown, and back.</summary>
internal static class BenchmarkTable
{
    private const string Unknown = "–";

    /// <summary>Tells how it was measured, and what came out.</summary>
    internal static void Show(BenchmarkSection section)
    {
        Console.WriteLine();
        Console.WriteLine(section.Method);
        Console.WriteLine();
        Console.WriteLine(string.Join('\n', Lines(section)));
    }

    /// <param name="section">The measurements.</param>
    /// <param name="before">The ratios of an earlier run, by <see cref="KeyOf"/>; null for no such column.</param>
    internal static IEnumerable<string> Lines(BenchmarkSection section, IReadOnlyDictionary<string, double>? before = null)
    {
        yield return $"| | DigitService | beside it | | ratio |{(before is null ? "" : " run before |")}";
        yield return $"| --- | --- | --- | --- | --- |{(before is null ? "" : " --- |")}";
        foreach (var row in section.Rows)
        {
            var theirs = row.Peer.Length == 0 ? "" : Text(row.Theirs, row.Unit);
            var cells = $"| {row.What} | {Text(row.Ours, row.Unit)} | {row.Peer} | {theirs} | {(row.Ratio is { } ratio ? $"**{Text(ratio)}**" : Unknown)} |";
            yield return before is null
                ? cells
                : $"{cells} {(before.TryGetValue(KeyOf(section.Title, row.What, row.Peer), out var earlier) ? Text(earlier) : Unknown)} |";
        }
    }

    /// <summary>What tells a ratio from all others of a page.</summary>
    internal static string KeyOf(string section, string what, string peer) => $"{section}: {what}, beside {peer}";

    /// <summary>The ratios of all tables of a page, by <see cref="KeyOf"/>.</summary>
    internal static Dictionary<string, double> ReadRatios(string page)
    {
        var (section, ratios) = ("", new Dictionary<string, double>());
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..].Trim();
            }
            else if (line.Split('|', StringSplitOptions.TrimEntries) is [_, var what, _, var peer, _, var ratio, ..]
                && double.TryParse(ratio.Trim('*'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                ratios[KeyOf(section, what, peer)] = value;
            }
        }

        return ratios;
    }

    private static string Text(IReadOnlyList<double> values, string unit) => values.Count switch
    {
        0 => "not measured",
        1 => $"{Text(values[0])} {unit}",
        _ => $"{Text(Comparison.Median(values))} {unit} ({Text(values.Min())} to {Text(values.Max())})",
    };

    // Three digits that say something.
    private static string Text(double value) => value.ToString(
        value switch { >= 100 => "N0", >= 10 => "F1", >= 1 => "F2", _ => "F3" }, CultureInfo.InvariantCulture);
}
