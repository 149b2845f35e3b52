using System.Globalization;
using DigitService.Recognition.Evaluation;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary>A report in a terminal, 80 columns wide at most; in a file or a pipe it is the same without the colours.</summary>
internal static class EvaluationView
{
    private static readonly NumberFormatInfo _numbers = new() { PercentPositivePattern = 1, PercentNegativePattern = 1 };

    internal static void Show(IAnsiConsole console, EvaluationReport report)
    {
        ShowHeadline(console, report);
        ShowDigits(console, report);
        ShowMatrix(console, report);
        ShowReliability(console, report);
    }

    private static void ShowHeadline(IAnsiConsole console, EvaluationReport report)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().NoWrap().PadRight(0));
        Add("Accuracy", $"[bold]{report.Accuracy:P2}[/] ({report.Mistakes.Count:N0} of {report.Count:N0} misread)");
        Add("Loss", $"{report.Loss:F4}");
        Add("Macro precision", $"{report.MacroPrecision:P2}");
        Add("Macro recall", $"{report.MacroRecall:P2}");
        Add("Macro F1", $"{report.MacroF1:P2}");
        Add("Calibration error", $"{report.ExpectedCalibrationError:P2}");
        if (report.Temperature != 1)
        {
            Add("Temperature", $"{report.Temperature:0.###}");
        }

        if (report.TrainingAccuracy is { } training)
        {
            Add("Training accuracy", $"{training:P2}");
        }

        if (report.ValidationAccuracy is { } validation)
        {
            Add("Validation accuracy", $"{validation:P2}");
        }

        if (report.Gap is { } gap)
        {
            Add("Their gap", $"{100 * gap:0.00;-0.00} points");
        }

        console.Write(grid);

        void Add(string name, FormattableString value) => grid.AddRow($"[grey]{name}[/]", Text(value));
    }

    private static void ShowDigits(IAnsiConsole console, EvaluationReport report)
    {
        var table = NewTable("Digit", "Images", "Recall", "Precision", "F1", "Misread", "Most confused with");
        table.Columns[^1].LeftAligned();
        var worst = report.PerDigit.Min(digit => digit.F1);
        foreach (var digit in report.PerDigit)
        {
            var f1 = Text($"{digit.F1:P2}");
            var confusions = digit.MostConfusedWith.Select(confusion => Text($"{confusion.Digit} ({confusion.Count:N0}×)"));
            table.AddRow(
                $"[bold]{digit.Digit}[/]",
                Text($"{digit.Support:N0}"),
                Text($"{digit.Recall:P2}"),
                Text($"{digit.Precision:P2}"),
                digit.F1 == worst ? $"[red]{f1}[/]" : f1,
                Text($"{digit.Support - report.ConfusionMatrix[digit.Digit][digit.Digit]:N0}"),
                string.Join(", ", confusions));
        }

        Show(console, "Digit by digit", "Recall is the share of a digit's images that are read right: its accuracy.", table);
    }

    private static void ShowMatrix(IAnsiConsole console, EvaluationReport report)
    {
        var digits = report.PerDigit.Select(digit => digit.Digit).ToArray();
        var worst = digits.Max(actual => digits.Where(answer => answer != actual).Max(answer => report.ConfusionMatrix[actual][answer]));
        var table = NewTable(["", .. digits.Select(digit => $"{digit,4}")]);
        foreach (var actual in digits)
        {
            table.AddRow([$"[bold]{actual}[/]", .. digits.Select(answer => Cell(actual, answer))]);
        }

        Show(console, "Confusion matrix", "A row for each true digit, a column for each answer; a dot is none.", table);

        string Cell(int actual, int answer)
        {
            var count = report.ConfusionMatrix[actual][answer];
            return (actual == answer, count) switch
            {
                (true, _) => $"[green]{count}[/]",
                (_, 0) => "[grey]·[/]",

                // Half of the highest count or more: what to look at first.
                _ => 2 * count >= worst ? $"[bold red]{count}[/]" : $"[yellow]{count}[/]",
            };
        }
    }

    private static void ShowReliability(IAnsiConsole console, EvaluationReport report)
    {
        var table = NewTable("Confidence", "Answers", "Mean", "Accuracy");
        foreach (var bin in report.Reliability.Where(bin => bin.Count > 0))
        {
            table.AddRow(
                Text($"{bin.From:P0} - {bin.To:P0}"), Text($"{bin.Count:N0}"), Text($"{bin.Confidence:P1}"), Text($"{bin.Accuracy:P1}"));
        }

        Show(console, "Reliability", "Answers are as reliable as they claim where the mean confidence is the accuracy.", table);
    }

    private static Grid NewTable(params string[] columns)
    {
        var table = new Grid();
        foreach (var _ in columns)
        {
            table.AddColumn(new GridColumn().RightAligned().NoWrap().PadLeft(0).PadRight(2));
        }

        return table.AddRow([.. columns.Select(column => $"[grey]{column}[/]")]);
    }

    private static void Show(IAnsiConsole console, string title, string explanation, Grid table)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{title}[/]");
        console.MarkupLine($"[grey]{explanation}[/]");
        console.Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(_numbers);
}
