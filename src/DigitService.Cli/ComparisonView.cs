using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary>Runs side by side. Each has a letter, since ids are too long to stand over columns.</summary>
internal static class ComparisonView
{
    internal const int MaximumRuns = 8;

    private static readonly string[] _colors = ["aqua", "yellow", "fuchsia", "lime", "red", "blue", "white", "grey"];

    /// <summary>The options in which the runs differ, with each run's value.</summary>
    internal static IReadOnlyList<(string Name, string[] Values)> Differences(IReadOnlyList<RunRecord> runs)
    {
        var options = runs.Select(run => OptionsText.All(run.Options)).ToArray();
        return
        [
            .. options[0].Index()
                .Select(row => (row.Item.Name, Values: options.Select(run => run[row.Index].Value).ToArray()))
                .Where(row => row.Values.Distinct().Count() > 1),
        ];
    }

    internal static void Show(
        IAnsiConsole console,
        IReadOnlyList<RunRecord> runs,
        IReadOnlyList<(string Name, string[] Values)> differences,
        IReadOnlyList<IReadOnlyList<LossPoint>> curves)
    {
        foreach (var (index, run) in runs.Index())
        {
            console.MarkupLine($"{Letter(index)}  [bold]{run.Id}[/]  [grey]{Choice.WordOf(run.Status)}[/]");
        }

        Heading(console, "Options in which they differ");
        if (differences.Count == 0)
        {
            console.WriteLine("None.");
        }
        else
        {
            Write(console, runs, differences);
        }

        Heading(console, "Validation accuracy after each epoch");
        Write(console, runs, Epochs(runs));
        Heading(console, "Results");
        Write(console, runs, Results(runs));
        Heading(console, "Training loss by batch, on a logarithmic scale");
        LossChart.Write(console, [.. curves.Index().Select(curve => (Letter(curve.Index), curve.Item))]);
    }

    private static IReadOnlyList<(string Name, string[] Values)> Epochs(IReadOnlyList<RunRecord> runs) =>
    [
        .. Enumerable.Range(0, runs.Max(run => run.Epochs.Count)).Select(epoch => (
            $"{epoch + 1}",
            runs.Select(run => epoch < run.Epochs.Count ? Figures.Percent(run.Epochs[epoch].ValidationAccuracy) : "").ToArray())),
    ];

    private static IReadOnlyList<(string Name, string[] Values)> Results(IReadOnlyList<RunRecord> runs)
    {
        return
        [
            Row("Best epoch", run => run.BestEpoch is { } epoch ? $"{epoch}" : "-"),
            Row("Best validation accuracy", run => Figures.Percent(Best(run)?.ValidationAccuracy)),
            Row("Training accuracy then", run => Figures.Percent(Best(run)?.TrainAccuracy)),
            Row("Test accuracy", run => Figures.Percent(run.Result?.Accuracy)),
            Row("Test loss", run => Figures.Loss(run.Result?.Loss)),
            Row("Seconds an epoch", run => run.Epochs.Count == 0 ? "-" : Figures.Text($"{run.Epochs.Average(epoch => epoch.Seconds):F1}")),
            Row("Time at work", run => Figures.Clock(TimeSpan.FromSeconds(run.DurationSeconds))),
        ];

        (string, string[]) Row(string name, Func<RunRecord, string> value) => (name, [.. runs.Select(value)]);

        static EpochMetrics? Best(RunRecord run) => run.Epochs.LastOrDefault(epoch => epoch.IsBest);
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<RunRecord> runs, IReadOnlyList<(string Name, string[] Values)> rows)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3));
        foreach (var _ in runs)
        {
            grid.AddColumn(new GridColumn().RightAligned().PadRight(3));
        }

        grid.AddRow([new Text(""), .. runs.Index().Select(run => new Markup(Letter(run.Index)))]);
        foreach (var (name, values) in rows)
        {
            grid.AddRow([new Text(name, new Style(Color.Grey)), .. values.Select(value => new Text(value))]);
        }

        console.Write(grid);
    }

    private static void Heading(IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    private static string Letter(int index) => $"[{_colors[index]}]{(char)('A' + index)}[/]";
}
