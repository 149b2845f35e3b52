using DigitService.Recognition.Training;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary>Loss curves over one another, drawn with letters.</summary>
internal static class LossChart
{
    private const int Columns = 68;
    private const int Rows = 12;

    // A batch that is read perfectly has no logarithm of its loss.
    private const double LeastLoss = 1e-6;

    /// <param name="console">Where it goes.</param>
    /// <param name="curves">Each curve's letter, as markup, and its points in order.</param>
    internal static void Write(IAnsiConsole console, IReadOnlyList<(string Letter, IReadOnlyList<LossPoint> Points)> curves)
    {
        var steps = curves.Max(curve => curve.Points.Count);
        if (steps == 0)
        {
            console.WriteLine("No batch is done yet.");
            return;
        }

        var means = curves.Select(curve => Means(curve.Points, steps)).ToArray();
        var known = means.SelectMany(row => row).OfType<double>().ToArray();
        var (least, most) = (known.Min(), known.Max());
        var cells = new string?[Rows, Columns];
        for (var i = 0; i < curves.Count; i++)
        {
            for (var x = 0; x < Columns; x++)
            {
                if (means[i][x] is { } value)
                {
                    var height = most > least ? (value - least) / (most - least) : 0;
                    cells[(int)Math.Round((Rows - 1) * (1 - height)), x] = curves[i].Letter;
                }
            }
        }

        for (var y = 0; y < Rows; y++)
        {
            var loss = Math.Exp(most - ((most - least) * y / (Rows - 1)));
            var label = y % 3 == 0 || y == Rows - 1 ? Figures.Text($"{loss:G2}") : "";
            var line = string.Concat(Enumerable.Range(0, Columns).Select(x => cells[y, x] ?? " "));
            console.MarkupLine($"[grey]{label,7} │[/]{line}");
        }

        console.MarkupLine($"[grey]{"",7} └{new string('─', Columns)}[/]");
        console.MarkupLine($"[grey]{"",9}1{Figures.Text($"batch {steps:N0}").PadLeft(Columns - 1)}[/]");
    }

    // The logarithms of the losses, those that share a column averaged; a curve with few points is drawn with gaps.
    private static double?[] Means(IReadOnlyList<LossPoint> points, int steps)
    {
        var sums = new (double Sum, int Count)[Columns];
        foreach (var point in points)
        {
            ref var cell = ref sums[(int)((long)(point.Step - 1) * Columns / steps)];
            cell.Sum += Math.Log(Math.Max(point.Loss, LeastLoss));
            cell.Count++;
        }

        return [.. sums.Select(cell => cell.Count == 0 ? null : (double?)(cell.Sum / cell.Count))];
    }
}
