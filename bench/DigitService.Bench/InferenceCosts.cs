using DigitService.Recognition.Data;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>Microseconds of CPU time that the steps of one prediction cost, by the names that the peer uses too.</summary>
internal static class InferenceCosts
{
    internal static readonly int[] BatchSizes = [1, 8, 16, 64];

    /// <summary>Decoding each picture, and both modes of the preprocessor.</summary>
    internal static Dictionary<string, double> OfPictures(BenchmarkFolder folder)
    {
        var costs = new Dictionary<string, double>();
        foreach (var name in BenchmarkFolder.Pictures)
        {
            var encoded = File.ReadAllBytes(folder.PathOf(name));
            var image = ImageDecoder.Default.Decode(encoded);
            costs[$"decode {name}"] = CpuCost.Of(() => ImageDecoder.Default.Decode(encoded));
            costs[$"plain {name}"] = CpuCost.Of(() => Preprocessor.Process(image, PreprocessMode.Plain));
            costs[$"mnist {name}"] = CpuCost.Of(() => Preprocessor.Process(image, PreprocessMode.Mnist));
        }

        return costs;
    }

    /// <summary>From 28×28 pixels to probabilities, each picture read once, in batches; for one picture of them.</summary>
    internal static Dictionary<string, double> OfForwardPasses(BenchmarkFolder folder, string network, DigitImages images)
    {
        TorchRuntime.Configure();
        var registry = new ModelRegistry(folder.RegistryOf(network));
        using var model = registry.Load(registry.GetActiveId()!);
        return BatchSizes.ToDictionary(size => $"forward {size}", size =>
        {
            byte[][] batch = [.. Enumerable.Range(0, size).Select(i => images.Image(i).ToArray())];
            return CpuCost.Of(() => ForwardPass.ReadOnce(model, batch)) / size;
        });
    }
}
