using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
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

        Console.WriteLine($"{digits.Count:N0} digits, the shares that are read right, and accepted through mnist (white on black; black on white)");
        var inputs = new[] { PreprocessMode.Mnist, PreprocessMode.Plain }.ToDictionary(
            mode => mode, mode => (Light: Draw(digits, mode, true), Dark: Draw(digits, mode, false)));
        foreach (var info in models)
        {
            using var model = registry.Load(info.Id);
            var (mnist, plain) = (Shares(model, inputs[PreprocessMode.Mnist]), Shares(model, inputs[PreprocessMode.Plain]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{info.Network,-12} seed {info.Options?.Seed}  mnist {mnist.Light.Right:P2}; {mnist.Dark.Right:P2}   plain {plain.Light.Right:P2}; {plain.Dark.Right:P2}   accepted {mnist.Light.Accepted:P2}; {mnist.Dark.Accepted:P2}"));
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

    private static ((double Right, double Accepted) Light, (double Right, double Accepted) Dark) Shares(
        LoadedModel model, (DigitImages Light, DigitImages Dark) images) => (Shares(model, images.Light), Shares(model, images.Dark));

    private static (double Right, double Accepted) Shares(LoadedModel model, DigitImages images)
    {
        const int BatchSize = 250;
        var answers = Enumerable.Range(0, images.Count).Chunk(BatchSize)
            .SelectMany(batch => ForwardPass.Read(model, [.. batch.Select(i => images.Image(i).ToArray())]))
            .ToArray();
        return (
            answers.Index().Average(answer => answer.Item.Digit == images.Label(answer.Index) ? 1.0 : 0),
            answers.Average(answer => answer.Reason is null ? 1.0 : 0));
    }

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
