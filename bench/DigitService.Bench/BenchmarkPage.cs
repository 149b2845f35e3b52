using System.Globalization;
using System.Text;

namespace DigitService.Bench;

/// <summary>Writes <c>docs/benchmarks.md</c>.</summary>
internal static class BenchmarkPage
{
    /// <param name="sections">What was measured.</param>
    /// <param name="machine">What it was measured on: names and values.</param>
    /// <param name="busy">The share of the processors' time that others took just before.</param>
    /// <param name="before">The page of an earlier run; null if there is none.</param>
    internal static string Render(
        IReadOnlyList<BenchmarkSection> sections, IEnumerable<(string Name, string Value)> machine, double busy, string? before)
    {
        var page = new StringBuilder();
        page.AppendLine("# Benchmarks");
        page.AppendLine();
        page.AppendLine(Text(
            $"Written by `script/bench` on {DateTime.UtcNow:yyyy-MM-dd}, in {Progress.Elapsed.TotalMinutes:F0} minutes, on a machine of whose processors other programs took {100 * busy:F0}% when it began. DigitService and what stands beside it ran on the same machine in the same run and in turns. Numbers are medians, with the least and the greatest. A **ratio** is how many times as fast, or as small, DigitService is, below 1 what stands beside it is better: the median over the rounds, in each of which both have seen the same machine. What stands beside it is in `bench/peers`."));
        page.AppendLine();
        page.AppendLine("| | |");
        page.AppendLine("| --- | --- |");
        foreach (var (name, value) in machine)
        {
            page.AppendLine(Text($"| {name} | {value} |"));
        }

        var earlier = before is null ? null : BenchmarkTable.ReadRatios(before);
        foreach (var section in sections)
        {
            page.AppendLine();
            page.AppendLine(Text($"## {section.Title}"));
            page.AppendLine();
            page.AppendLine(section.Method);
            page.AppendLine();
            foreach (var line in BenchmarkTable.Lines(section, earlier))
            {
                page.AppendLine(line);
            }
        }

        page.AppendLine();
        page.AppendLine("## Again");
        page.AppendLine();
        page.AppendLine("`script/bench` measures all of it anew, tells how far every ratio is from this page's, and takes its place; `script/bench compare OLD.md NEW.md` compares two pages. On another machine other ratios are to be expected.");
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
