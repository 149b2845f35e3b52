using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;

namespace DigitService.Bench;

/// <summary>
/// Reads MNIST's training images that a model did not learn from, as they are and each changed gently in eight ways. By
/// 5,000 images models that misread a dozen each are not told apart; by 40,000 that a hand could have written as well, better.
/// </summary>
internal static class HeldOutBenchmark
{
    private const int Ways = 8;

    // One for all models, so that they are compared by the same changes.
    private const long Seed = 999;

    private static readonly Augmentation _gentle = Augmentation.World with { Gentle = 1 };

    internal static void Run(string mnist, string folder)
    {
        var train = MnistDataset.Read(mnist).Train;
        var registry = new ModelRegistry(Path.Combine(folder, "models"));
        foreach (var info in registry.List().Select(entry => entry.Info).OfType<ModelInfo>())
        {
            if (info.Options is not { Data: null, Base: null, ValidationSize: > 0 } options)
            {
                Console.WriteLine($"{info.Id}  is not known to have held out some of MNIST's training images");
                continue;
            }

            var heldOut = options.Split(train).Validation;
            using var model = registry.Load(info.Id);
            var (plain, changed) = (Change(train, heldOut, 1, Augmentation.None), Change(train, heldOut, Ways, _gentle));
            Console.WriteLine($"{info.Id}  {Text(model, plain)}  {Text(model, changed)}");
        }
    }

    private static DigitImages Change(DigitImages images, int[] numbers, int ways, Augmentation augmentation)
    {
        var augmenter = new Augmenter(augmentation, Seed);
        var pixels = new byte[ways * numbers.Length * DigitImages.Pixels];
        Parallel.For(0, ways * numbers.Length, i =>
        {
            var (way, number) = (i / numbers.Length, numbers[i % numbers.Length]);
            augmenter.Augment(images.Image(number), pixels.AsSpan(i * DigitImages.Pixels, DigitImages.Pixels), way + 1, number);
        });
        byte[] labels = [.. Enumerable.Repeat(numbers, ways).SelectMany(all => all).Select(number => (byte)images.Label(number))];
        return new DigitImages(pixels, labels);
    }

    private static string Text(LoadedModel model, DigitImages images)
    {
        var probabilities = Evaluator.Probabilities(
            model.Network, images, model.Info.Normalization, Environment.ProcessorCount, model.Info.Temperature);
        var report = EvaluationReport.Of(probabilities, images);
        return string.Create(CultureInfo.InvariantCulture, $"{report.Mistakes.Count} of {report.Count:N0} misread, loss {report.Loss:F5}");
    }
}
