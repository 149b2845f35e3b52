using DigitService.Recognition.Inference;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary>
/// An answer in a terminal: the digit and how sure it is, or why it should not be trusted, and the ten probabilities as
/// bars, beside the picture if wanted.
/// </summary>
internal static class PredictionView
{
    private const int BarWidth = 24;
    private const double Doubtful = 0.9;

    // Eighths of a character, so that the shortest bar still tells 1% from 0.
    private static readonly string[] _eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

    internal static void Show(IAnsiConsole console, string file, Prediction prediction, bool withPicture)
    {
        var color = prediction.Reason is not null ? "grey"
            : prediction.Confidence * (prediction.IsDigit ?? 1) < Doubtful ? "yellow"
            : "green";
        WriteAnswer(console, file, prediction);
        var bars = prediction.Probabilities.Index()
            .Select(row => Bar(row.Index, row.Item, row.Index == prediction.Digit ? color : "grey"))
            .ToArray();
        if (!withPicture)
        {
            Array.ForEach(bars, bar => console.MarkupLine($"  {bar}"));
            return;
        }

        var hasColors = console.Profile.Capabilities.ColorSystem is ColorSystem.TrueColor or ColorSystem.EightBit;
        var picture = DigitPicture.Lines(prediction.Input, hasColors);
        var above = (picture.Count - bars.Length) / 2;
        foreach (var (index, line) in picture.Index())
        {
            var bar = index >= above && index < above + bars.Length ? bars[index - above] : "";
            console.MarkupLine($"  {line}    {bar}");
        }
    }

    private static void WriteAnswer(IAnsiConsole console, string file, Prediction prediction)
    {
        if (prediction.Reason is { } reason)
        {
            console.MarkupLineInterpolated($"{file}: [bold yellow]{reason}[/]");
            console.MarkupLineInterpolated(
                $"  [grey]The nearest would be {prediction.Digit}, with a confidence of {Figures.Percent(prediction.Confidence)}[/]");
        }
        else
        {
            console.MarkupLineInterpolated(
                $"{file} shows [bold]{prediction.Digit}[/], with a confidence of [bold]{Figures.Percent(prediction.Confidence)}[/]");
        }

        if (prediction.IsDigit is { } isDigit)
        {
            console.MarkupLineInterpolated($"  [grey]It is a digit with a probability of {Figures.Percent(isDigit)}[/]");
        }
    }

    private static string Bar(int digit, float probability, string color)
    {
        var eighths = (int)Math.Round(probability * BarWidth * 8);
        var bar = new string('█', eighths / 8) + _eighths[eighths % 8];
        return $"{digit}  [{color}]{bar.PadRight(BarWidth)}[/]  {Figures.Percent(probability),7}";
    }
}
