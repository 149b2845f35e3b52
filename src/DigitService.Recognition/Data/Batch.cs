using System.Runtime.InteropServices;
using TorchSharp;

namespace DigitService.Recognition.Data;

/// <summary>Turns images into the tensors that a network reads.</summary>
internal static class Batch
{
    // Every pixel has one of 256 values, so normalising is a look-up.
    private static readonly float[] _normalised = [.. Enumerable.Range(0, 256).Select(Normalise)];

    /// <summary>The images N×1×28×28, float32 with MNIST's mean and standard deviation taken out; the labels N, int64.</summary>
    internal static (torch.Tensor Images, torch.Tensor Labels) Make(DigitImages source, ReadOnlySpan<int> indices)
    {
        var images = torch.empty([indices.Length, 1, DigitImages.Side, DigitImages.Side], torch.float32);
        var labels = torch.empty([indices.Length], torch.int64);
        var pixels = MemoryMarshal.Cast<byte, float>(images.bytes);
        var digits = MemoryMarshal.Cast<byte, long>(labels.bytes);
        for (var i = 0; i < indices.Length; i++)
        {
            var image = source.Image(indices[i]);
            var target = pixels.Slice(i * DigitImages.Pixels, DigitImages.Pixels);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] = _normalised[image[j]];
            }

            digits[i] = source.Label(indices[i]);
        }

        return (images, labels);
    }

    private static float Normalise(int value) =>
        ((value / 255f) - MnistDataset.Mean) / MnistDataset.StandardDeviation;
}
