using System.Text;
using DigitService.Recognition.Models;

namespace DigitService.Bench;

/// <summary>Writes what fine-tuning did for writers, as a table.</summary>
internal static class WritersPage
{
    internal static string Render(ModelInfo model, IReadOnlyList<WriterResult> results)
    {
        var page = new StringBuilder();
        page.AppendLine("# One person's hand");
        page.AppendLine();
        page.AppendLine(Text(
            $"Written by `script/bench writers` on {Environment.ProcessorCount} cores with the model `{model.Id}`. For each writer alone, the first three of each of their digits are corrected, 30 in all, and the model is fine-tuned with them as `POST /train` with `base` and `feedback` does, with nothing chosen for the writer: of the 30, the one in five that is held out to judge by is not learned from. Before and after, the model reads the rest of the digits, of which nothing was learned or chosen. All are drawn with a round pen of 10 to 30 pixels, white on black, on a canvas of 280×280, as `script/bench ink` draws them. The seconds are from the store of corrected pictures to the model in its registry, the 10,000 test images read."));
        page.AppendLine();
        page.AppendLine("| writer | digits read | misread before | misread after | right but doubted, before | after | MNIST test accuracy (%), before | after | seconds |");
        page.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var result in results)
        {
            page.AppendLine(Text(
                $"| {result.Writer} | {result.Digits} | {result.Before.Wrong} | {result.After.Wrong} | {result.Before.Doubted} | {result.After.Doubted} | {100 * model.Accuracy:F2} | {100 * result.Accuracy:F2} | {result.Seconds:F1} |"));
        }

        var withErrors = results.Where(result => result.Before.Wrong > 0).ToArray();
        var digits = results.Sum(result => result.Digits);
        page.AppendLine();
        page.AppendLine(Text(
            $"- All {results.Count} writers together: {100.0 * (digits - results.Sum(result => result.Before.Wrong)) / digits:F2}% of {digits:N0} digits read right before, {100.0 * (digits - results.Sum(result => result.After.Wrong)) / digits:F2}% after."));
        if (withErrors.Length > 0)
        {
            page.AppendLine(Text(
                $"- The median of the {withErrors.Length} writers who had an error: {Median(withErrors, result => 100.0 * (result.Before.Wrong - result.After.Wrong) / result.Before.Wrong):F0}% of the errors are gone."));
        }

        page.AppendLine(Text(
            $"- MNIST: {Median(results, result => 100 * (result.Accuracy - model.Accuracy!.Value)):+0.000;-0.000;0} points in the median, {100 * results.Average(result => result.Accuracy - model.Accuracy!.Value):+0.000;-0.000;0} in the mean, {100 * results.Min(result => result.Accuracy - model.Accuracy!.Value):+0.000;-0.000;0} at worst."));
        page.AppendLine(Text($"- A fine-tuning: {Median(results, result => result.Seconds):F0} s in the median."));
        return page.ToString().ReplaceLineEndings("\n");
    }

    // The mean of the two in the middle where there are two.
    private static double Median(IReadOnlyList<WriterResult> results, Func<WriterResult, double> of)
    {
        var sorted = results.Select(of).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
