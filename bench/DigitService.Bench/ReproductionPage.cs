using System.Globalization;
using System.Text;
using DigitService.Recognition.Evaluation;
using TorchSharp;

namespace DigitService.Bench;

/// <summary>Writes <c>docs/results.md</c>.</summary>
internal static class ReproductionPage
{
    private static readonly Dictionary<string, string> _goals = new()
    {
        ["mlp"] = "98.0",
        ["mlp-bn"] = "98.4",
        ["lenet5"] = "99.0",
        ["cnn"] = "over 99.0",
        ["convnet"] = "99.4",
        ["resnet"] = "99.5",
        ["fast"] = "99.0",
    };

    internal static string Render(IReadOnlyList<RecipeResult> results, IReadOnlyList<RoadResult> road)
    {
        var page = new StringBuilder();
        page.AppendLine("# What every network reaches");
        page.AppendLine();
        page.AppendLine(Text(
            $"Written by `script/reproduce` with libtorch {torch.__version__} on {Environment.ProcessorCount} cores. Every recipe is trained with the seeds 0, 1 and 2; 5,000 of the training images are held out to choose the best epoch by (`fast` holds none out and takes the last), and the 10,000 test images are read once, at the end. The seconds are those of training alone. `script/train` takes the place of `digits train`, as in `script/train --network cnn --seed 1`."));
        page.AppendLine();
        page.AppendLine("| command | test accuracy, seeds 0, 1, 2 (%) | median (%) | goal (%) | epochs | seconds an epoch | seconds in all |");
        page.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var result in results)
        {
            var seeds = string.Join(", ", result.Seeds.Select(seed => Text($"{100 * seed.Report.Accuracy:F2}")));
            page.AppendLine(Text(
                $"| `digits {result.Command}` | {seeds} | **{100 * result.Median.Report.Accuracy:F2}** | {_goals.GetValueOrDefault(result.Recipe.Name, "")} | {result.Recipe.Options.Epochs} | {result.SecondsAnEpoch:F1} | {result.Seconds:F0} |"));
        }

        page.AppendLine();
        page.AppendLine("The same seed gives the same weights, bit for bit, on the same machine: the accuracies above are repeatable.");
        AppendRoad(page, road);
        AppendDigits(page, results);
        AppendConfusions(page, results);
        AppendFits(page, results);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void AppendRoad(StringBuilder page, IReadOnlyList<RoadResult> road)
    {
        page.AppendLine();
        page.AppendLine("## The fastest road to 99%");
        page.AppendLine();
        page.AppendLine("In turns, in one run. PyTorch trains by the same recipe, and `cnn` as its examples train it (Adam, batch 128, all 60,000 images). All are asked after every epoch, without being charged for that, and stop at 99% or at their recipe's end, `cnn` in PyTorch after ten epochs.");
        page.AppendLine();
        page.AppendLine("| | seed | epochs | seconds of training | test accuracy (%) |");
        page.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var result in road.OrderBy(result => result.Name, StringComparer.Ordinal))
        {
            page.AppendLine(Text($"| {result.Name} | {result.Seed} | {result.Epochs} | {result.Seconds:F1} | {100 * result.Accuracy:F2} |"));
        }
    }

    private static void AppendDigits(StringBuilder page, IReadOnlyList<RecipeResult> results)
    {
        page.AppendLine();
        page.AppendLine("## Precision and recall per digit");
        page.AppendLine();
        page.AppendLine("In percent, of the seed with the median accuracy.");
        page.AppendLine();
        page.AppendLine("| recipe | | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |");
        page.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var result in results)
        {
            AppendRow("precision", digit => digit.Precision);
            AppendRow("recall", digit => digit.Recall);

            void AppendRow(string name, Func<DigitMetrics, double> value) => page.AppendLine(
                $"| {result.Recipe.Name} | {name} | {string.Join(" | ", result.Median.Report.PerDigit.Select(digit => Text($"{100 * value(digit):F1}")))} |");
        }
    }

    private static void AppendConfusions(StringBuilder page, IReadOnlyList<RecipeResult> results)
    {
        page.AppendLine();
        page.AppendLine("## The most confused pairs");
        page.AppendLine();
        page.AppendLine("The digit that was written, the answer, and how many of the 10,000 test images: the same seed.");
        page.AppendLine();
        page.AppendLine("| recipe | misread | most often |");
        page.AppendLine("| --- | --- | --- |");
        foreach (var result in results)
        {
            var pairs = result.Median.Report.Mistakes
                .GroupBy(mistake => (mistake.Actual, mistake.Predicted))
                .OrderByDescending(pair => pair.Count())
                .ThenBy(pair => pair.Key)
                .Take(5)
                .Select(pair => Text($"{pair.Key.Actual} as {pair.Key.Predicted}: {pair.Count()}"));
            page.AppendLine($"| {result.Recipe.Name} | {result.Median.Report.Mistakes.Count} | {string.Join("; ", pairs)} |");
        }
    }

    private static void AppendFits(StringBuilder page, IReadOnlyList<RecipeResult> results)
    {
        page.AppendLine();
        page.AppendLine("## Loss, fit and honesty");
        page.AppendLine();
        page.AppendLine("The gap is the accuracy on the training images, unchanged, less that on those held out. The calibration error tells how far the confidence is from the accuracy (15 bins).");
        page.AppendLine();
        page.AppendLine("| recipe | test loss | training (%) | held out (%) | gap (points) | macro F1 (%) | calibration error (points) |");
        page.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var result in results)
        {
            var report = result.Median.Report;
            page.AppendLine(Text(
                $"| {result.Recipe.Name} | {report.Loss:F4} | {100 * report.TrainingAccuracy:F2} | {100 * report.ValidationAccuracy:F2} | {100 * report.Gap:F2} | {100 * report.MacroF1:F2} | {100 * report.ExpectedCalibrationError:F2} |"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
