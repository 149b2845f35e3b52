using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Models;
using DigitService.Recognition.Tests.Imaging;

namespace DigitService.Bench;

/// <summary>
/// Reads digits drawn with a round pen of 10 to 30 pixels on a canvas of 280×280, in white on black and in black on
/// white, filling 45 to 85% and up to 8% off the middle, through both modes of the preprocessor.
/// </summary>
internal static class InkBenchmark
{
    internal static void Run(string strokes, string folder, string? page)
    {
        var digits = InkDigit.Read(strokes);
        var registry = new ModelRegistry(Path.Combine(folder, "models"));
        var models = registry.List().Select(entry => entry.Info).OfType<ModelInfo>()
            .OrderBy(model => model.ValidationAccuracy).ToArray();
        if (models.Length == 0)
        {
            Console.WriteLine($"There is no model in {registry.Folder}; script/reproduce trains them.");
            return;
        }

        Console.WriteLine($"{digits.Count:N0} digits, the share that is read right (white on black; black on white)");
        var inputs = new[] { PreprocessMode.Mnist, PreprocessMode.Plain }.ToDictionary(
            mode => mode, mode => (Light: Draw(digits, mode, true), Dark: Draw(digits, mode, false)));
        foreach (var info in models)
        {
            using var model = registry.Load(info.Id);
            var (mnist, plain) = (Accuracies(model, inputs[PreprocessMode.Mnist]), Accuracies(model, inputs[PreprocessMode.Plain]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{info.Network,-12} seed {info.Options?.Seed}  mnist {mnist.Light:P2}; {mnist.Dark:P2}   plain {plain.Light:P2}; {plain.Dark:P2}"));
        }

        if (page is not null)
        {
            using var best = registry.Load(models[^1].Id);
            WritePage(page, best, inputs[PreprocessMode.Mnist].Light);
        }
    }

    // A canvas on which nothing is found counts as misread: an image without ink.
    private static DigitImages Draw(IReadOnlyList<InkDigit> digits, PreprocessMode mode, bool whiteOnBlack)
    {
        var pixels = new byte[digits.Count * DigitImages.Pixels];
        Parallel.For(0, digits.Count, i =>
            Preprocessor.Process(InkRenderer.Draw(digits[i], i, whiteOnBlack), mode)?.CopyTo(pixels, i * DigitImages.Pixels));
        return new DigitImages(pixels, [.. digits.Select(digit => (byte)digit.Label)]);
    }

    private static (double Light, double Dark) Accuracies(LoadedModel model, (DigitImages Light, DigitImages Dark) images) => (
        Evaluator.Evaluate(model.Network, images.Light, model.Info.Normalization).Accuracy,
        Evaluator.Evaluate(model.Network, images.Dark, model.Info.Normalization).Accuracy);

    private static void WritePage(string path, LoadedModel model, DigitImages images)
    {
        var report = EvaluationReport.Of(Evaluator.Probabilities(model.Network, images, model.Info.Normalization), images);
        foreach (var digit in report.PerDigit)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {digit.Digit}: {digit.Recall:P2} of {digit.Support}, taken for {string.Join(", ", digit.MostConfusedWith.Select(other => $"{other.Digit} ({other.Count})"))}"));
        }

        File.WriteAllText(path, EvaluationPage.Render(report, images, $"Pen strokes, read by {model.Info.Id}", [], [], []));
    }
}
