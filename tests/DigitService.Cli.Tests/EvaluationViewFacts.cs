using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using Spectre.Console;

namespace DigitService.Cli.Tests;

public class EvaluationViewFacts
{
    // 1,200 of each digit; a tenth of them misread as one of the three digits after it, with 75 % confidence.
    private static readonly EvaluationReport _report = MakeReport() with { TrainingAccuracy = 0.9953, ValidationAccuracy = 0.9875 };

    [Fact]
    public void EveryMetricIsShown()
    {
        var lines = Show(width: 80).Split('\n');
        Assert.Contains(lines, line => Words(line) is "Accuracy 90.00% (1,200 of 12,000 misread)");
        Assert.Contains(lines, line => Words(line) is "Their gap 0.78 points");
        Assert.Contains(lines, line => Words(line) is "9 1,200 90.00% 90.00% 90.00% 120 0 (60×), 1 (40×), 2 (20×)");
        Assert.Contains(lines, line => Words(line) is "8 40 20 · · · · · · 1080 60");
        Assert.Contains(lines, line => Words(line) is "73% - 80% 12,000 75.0% 90.0%");
    }

    [Fact]
    public void EightyColumnsAreEnough()
    {
        var narrow = Show(width: 80);
        Assert.All(narrow.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.Equal(narrow, Show(width: 10_000));
    }

    [Fact]
    public void AFileHasNoColoursAndATerminalHas()
    {
        Assert.DoesNotContain('\e', Show(width: 80));
        Assert.Contains("\e[", Show(width: 80, AnsiSupport.Yes), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsUnknownIsLeftOut()
    {
        var text = Show(width: 80, report: MakeReport());
        Assert.DoesNotContain("Training accuracy", text, StringComparison.Ordinal);
        Assert.DoesNotContain("gap", text, StringComparison.Ordinal);
    }

    private static string Show(int width, AnsiSupport ansi = AnsiSupport.No, EvaluationReport? report = null)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            ColorSystem = ansi == AnsiSupport.No ? ColorSystemSupport.NoColors : ColorSystemSupport.EightBit,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        EvaluationView.Show(console, report ?? _report);
        return writer.ToString();
    }

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static EvaluationReport MakeReport()
    {
        const int Count = 12_000;
        var labels = Enumerable.Range(0, Count).Select(i => (byte)(i % 10)).ToArray();
        var probabilities = Enumerable.Repeat(0.25f / 9, Count * 10).ToArray();
        for (var i = 0; i < Count; i++)
        {
            // Of 60 images of a digit, three are read as the next one, two as the one after, and one as the third.
            var distance = (i / 10 % 60) switch { < 3 => 1, < 5 => 2, 5 => 3, _ => 0 };
            probabilities[(i * 10) + ((labels[i] + distance) % 10)] = 0.75f;
        }

        return EvaluationReport.Of(probabilities, new DigitImages(new byte[Count * DigitImages.Pixels], labels));
    }
}
