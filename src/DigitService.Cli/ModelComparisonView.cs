using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary>A model beside another, what only one of them reads right, and what that speaks for.</summary>
internal static class ModelComparisonView
{
    internal static void Show(IAnsiConsole console, ModelComparison comparison, string? refusal)
    {
        var (model, other) = (comparison.Model, comparison.Other);
        console.MarkupLineInterpolated($"[bold]{model.Info.Id}[/] [grey]beside[/] [bold]{other.Info.Id}[/]");
        console.WriteLine();
        var table = Listing.New("", ">Model", ">The other");
        Add("Test accuracy", side => Figures.Percent(side.Info.Accuracy));
        Add("Test loss", side => Figures.Loss(side.Info.Loss));
        Add("Calibration error", side => Figures.Percent(side.Report?.ExpectedCalibrationError));
        Add("Accuracy on corrected pictures held out", side => Figures.Percent(side.Feedback?.Accuracy));
        Add("Mean confidence there", side => Figures.Percent(side.Feedback?.MeanConfidence));
        console.Write(table);
        console.WriteLine();
        console.WriteLine(Changes("MNIST's test images", comparison.Mnist));
        console.WriteLine(Changes("Corrected pictures held out", comparison.Feedback));
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{Choice.WordOf(comparison.Recommendation.Verdict)}[/]: {comparison.Recommendation.Reason}");
        if (refusal is not null)
        {
            console.WriteLine(refusal);
        }

        void Add(string name, Func<ComparedModel, string> value) => table.AddRow(name, value(model), value(other));
    }

    private static string Changes(string pictures, ReadingComparison? read) => read is null
        ? $"{pictures}: none that both have read."
        : Figures.Text($"{pictures}: of {read.Images:N0}, {read.NowRight:N0} are read right now and {read.NowWrong:N0} no longer.");
}
