using System.Globalization;
using System.Text;
using DigitService.Recognition.Models;

namespace DigitService.Bench;

/// <summary>Writes what fine-tuning did for writers, as a table.</summary>
internal static class WritersPage
{
    internal static string Render(ModelInfo model, IReadOnlyList<WriterResult> results)
    {
        var page = new StringBuilder();
        var median = (Func<WriterResult, double> of, IEnumerable<WriterResult> among) => among.Select(of).Order().ElementAt(among.Count() / 2);
        page.AppendLine("| writer | digits read | misread before | after | right, but doubted, before | after | MNIST, change in points | seconds |");
        page.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var result in results)
        {
            page.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {result.Writer} | {result.Digits} | {result.Before.Wrong} | {result.After.Wrong} | {result.Before.Doubted} | {result.After.Doubted} | {100 * result.MnistChange:+0.00;-0.00;0.00} | {result.Seconds:F1} |"));
        }

        page.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{results.Sum(r => r.Before.Wrong)} -> {results.Sum(r => r.After.Wrong)}; doubted {results.Sum(r => r.Before.Doubted)} -> {results.Sum(r => r.After.Doubted)}; mnist mean {100*results.Average(r => r.MnistChange):F3}"));
        return page.ToString();
    }
}
