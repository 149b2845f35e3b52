using System.Runtime.InteropServices;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Inference;

/// <summary>What every way of asking a model comes down to.</summary>
internal static class ForwardPass
{
    /// <exception cref="ArgumentException">There are more or fewer pixels than a network reads.</exception>
    internal static void RequirePixels(byte[] pixels)
    {
        if (pixels.Length != DigitImages.Pixels)
        {
            throw new ArgumentException($"There are {pixels.Length} pixels; {DigitImages.Pixels} are needed, {DigitImages.Side} rows of {DigitImages.Side}.");
        }
    }

    /// <summary>Reads pictures in one pass, 784 pixels each. Several threads may read with one model.</summary>
    internal static Prediction[] Read(LoadedModel model, byte[][] pictures)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();

        // What they are labelled has no part in the answer.
        var images = new DigitImages([.. pictures.SelectMany(pixels => pixels)], new byte[pictures.Length]);
        var (input, _) = Batch.Make(images, [.. Enumerable.Range(0, pictures.Length)], model.Info.Normalization);
        var softmax = functional.softmax(model.Network.call(input), 1);
        var probabilities = MemoryMarshal.Cast<byte, float>(softmax.bytes).ToArray();
        return
        [
            .. pictures.Select((pixels, i) =>
                Prediction.Of(probabilities.AsSpan(i * DigitImages.Classes, DigitImages.Classes), pixels)),
        ];
    }
}
