using System.Runtime.InteropServices;
using TorchSharp;

namespace DigitService.Recognition.Data;

/// <summary>Turns images into the tensors that a network reads.</summary>
internal static class Batch
{
    // Every pixel has one of 256 values, so normalising is a look-up.
    private static readonly float[] _mnist =
        Table(value => ((value / 255f) - MnistDataset.Mean) / MnistDataset.StandardDeviation);

    private static readonly float[] _unit = Table(value => value / 255f);
    private static readonly float[] _symmetric = Table(value => (value / 127.5f) - 1);

    /// <summary>The images N×1×28×28, float32, normalised; the labels N, int64.</summary>
    internal static (torch.Tensor Images, torch.Tensor Labels) Make(
        DigitImages source, ReadOnlySpan<int> indices, Normalization normalization = Normalization.Mnist)
    {
        var normalised = TableOf(normalization);
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
                target[j] = normalised[image[j]];
            }

            digits[i] = source.Label(indices[i]);
        }

        return (images, labels);
    }

    /// <summary>What each of the 256 values of a pixel becomes.</summary>
    internal static float[] TableOf(Normalization normalization) => normalization switch
    {
        Normalization.Mnist => _mnist,
        Normalization.Unit => _unit,
        Normalization.Symmetric => _symmetric,
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, null),
    };

    /// <summary>What a pixel without ink becomes.</summary>
    internal static float PaperOf(Normalization normalization) => TableOf(normalization)[0];

    private static float[] Table(Func<int, float> normalise) => [.. Enumerable.Range(0, 256).Select(normalise)];
}
