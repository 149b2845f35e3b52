using System.Runtime.InteropServices;
using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Inference;

/// <summary>What every way of asking a model comes down to.</summary>
internal static class ForwardPass
{
    /// <exception cref="InvalidInputException">There are more or fewer pixels than a network reads.</exception>
    internal static void RequirePixels(byte[] pixels)
    {
        if (pixels.Length != DigitImages.Pixels)
        {
            throw new InvalidInputException($"There are {pixels.Length} pixels; {DigitImages.Pixels} are needed, {DigitImages.Side} rows of {DigitImages.Side}.");
        }
    }

    /// <summary>
    /// Reads pictures together, 784 pixels each, and what is doubtful again (<see cref="SecondLook"/>). Several threads
    /// may read with one model.
    /// </summary>
    internal static Prediction[] Read(LoadedModel model, byte[][] pictures) => Answer(
        model,
        pictures,
        input => SecondLook.Call(model.Frozen.Call, input, Batch.PaperOf(model.Info.Normalization)));

    /// <summary>What the network says to pictures by itself, as the same network elsewhere would.</summary>
    internal static Prediction[] ReadOnce(LoadedModel model, byte[][] pictures) => Answer(model, pictures, model.Frozen.Call);

    private static Prediction[] Answer(LoadedModel model, byte[][] pictures, Func<torch.Tensor, torch.Tensor> network)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var logits = network(Normalize(pictures, model.Info.Normalization));
        var softmax = functional.softmax(NetworkOutput.Digits(logits).div(model.Info.Temperature), 1);
        var probabilities = MemoryMarshal.Cast<byte, float>(softmax.bytes);
        var noDigit = NetworkOutput.TellsDigits(logits) ? MemoryMarshal.Cast<byte, float>(NetworkOutput.NoDigit(logits).bytes) : [];
        var predictions = new Prediction[pictures.Length];
        for (var i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Prediction.Of(
                probabilities.Slice(i * DigitImages.Classes, DigitImages.Classes),
                noDigit.IsEmpty ? null : 1 - noDigit[i],
                pictures[i]);
        }

        return predictions;
    }

    /// <summary>N×1×28×28, float32.</summary>
    private static torch.Tensor Normalize(byte[][] pictures, Normalization normalization)
    {
        var normalised = Batch.TableOf(normalization);
        var input = torch.empty([pictures.Length, 1, DigitImages.Side, DigitImages.Side], torch.float32);
        var values = MemoryMarshal.Cast<byte, float>(input.bytes);
        for (var i = 0; i < pictures.Length; i++)
        {
            var picture = pictures[i];
            var target = values.Slice(i * DigitImages.Pixels, picture.Length);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] = normalised[picture[j]];
            }
        }

        return input;
    }
}
