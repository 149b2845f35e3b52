using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// Which pictures a model takes for digits: a folder of sets, each with a folder for each thing that is shown, as
/// <c>pictures</c> draws them. A folder that is named by a digit holds that digit; any other holds none.
/// </summary>
internal static class AcceptanceBenchmark
{
    /// <summary>In the place of a folder: MNIST's test images, which are for what a model is worth in the end, and nothing before.</summary>
    private const string TestImages = "mnist-test";

    private static readonly string[] _extensions = [".png", ".jpg"];

    /// <param name="folder">The folder of the sets' folders, or <c>mnist-test</c>.</param>
    /// <param name="modelId">Who answers; the active model where null.</param>
    /// <param name="page">Where a page with the pictures that were judged wrongly is written; none where null.</param>
    internal static void Run(string folder, string? modelId, string? page)
    {
        var registry = new ModelRegistry(Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "models"));
        using var model = registry.Load(modelId ?? registry.GetActiveId() ?? throw new InvalidOperationException(
            $"No model in {registry.Folder} is active; name one."));
        var reader = new DigitReader(model);
        AcceptanceSet[] sets = folder == TestImages
            ? [new AcceptanceSet(TestImages, Read(MnistDataset.ReadTest(MnistDataset.FindFolder()), reader))]
            :
            [
                new AcceptanceSet("mnist-held-out", Read(HeldOut(model.Info), reader)),
                .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
                    .Select(set => new AcceptanceSet(Path.GetFileName(set), Read(set, reader)))
                    .Where(set => set.Pictures.Count > 0),
            ];

        Console.WriteLine($"{model.Info.Id}, pictures through the preprocessor as they are when they are sent to it");
        Console.WriteLine($"{"set",-20}{"pictures",9}{"accepted",10}{"confidence",12}{"accuracy",10}{"of accepted",13}{"no drawing",12}");
        foreach (var set in sets)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{set.Name,-20}{set.Pictures.Count,9:N0}{set.Accepted,10:P1}{set.Confidence,12:P1}{set.Accuracy,10:P1}{set.AccuracyOfAccepted,13:P1}{set.Empty,12:P1}"));
        }

        if (page is not null)
        {
            File.WriteAllText(page, AcceptancePage.Render(sets, $"What {model.Info.Id} took for digits"));
        }
    }

    // Images that nothing was learned from.
    private static DigitImages HeldOut(ModelInfo model)
    {
        var images = MnistDataset.Read(MnistDataset.FindFolder()).Train;
        var numbers = (model.Options ?? new TrainingOptions()).Split(images).Validation;
        return new DigitImages(
            [.. numbers.SelectMany(number => images.Image(number).ToArray())],
            [.. numbers.Select(number => (byte)images.Label(number))]);
    }

    // MNIST's own are read as they are: the preprocessor gives others their layout.
    private static IReadOnlyList<JudgedPicture> Read(DigitImages images, DigitReader reader) =>
    [
        .. Enumerable.Range(0, images.Count)
            .Select(i => new JudgedPicture($"{images.Label(i)}/{i:D4}", reader.Predict(images.Image(i).ToArray()))),
    ];

    private static IReadOnlyList<JudgedPicture> Read(string set, DigitReader reader) =>
    [
        .. Directory.EnumerateDirectories(set).Order(StringComparer.Ordinal).SelectMany(shown =>
            Directory.EnumerateFiles(shown)
                .Where(file => _extensions.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal)
                .Select(file => new JudgedPicture(Path.GetRelativePath(set, file), reader.Read(File.ReadAllBytes(file), PreprocessMode.Mnist)))),
    ];
}
