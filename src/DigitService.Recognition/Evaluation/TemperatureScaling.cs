using DigitService.Recognition.Data;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Evaluation;

/// <summary>
/// Makes confidence mean what it says: the logits are divided by one number, the temperature, that makes the images held
/// out most probable (Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", 2017). No answer
/// changes by it, only how sure it is.
/// </summary>
public static class TemperatureScaling
{
    internal const double Lowest = 0.01;
    internal const double Highest = 100;

    /// <summary>The temperature that fits images which the network did not learn from.</summary>
    /// <param name="network">Reads N×1×28×28 and gives N×10 or N×11, logits or logarithms of probabilities.</param>
    /// <param name="images">Where the images are.</param>
    /// <param name="heldOut">Which of them the network did not learn from.</param>
    /// <param name="normalization">What the network was trained with.</param>
    /// <param name="threads">How many threads share the images, 1 or more; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between two batches of images.</param>
    /// <returns>0.01 to 100; 1 where no image is misread, or there is none.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static double Fit(
        Network network,
        DigitImages images,
        int[] heldOut,
        Normalization normalization = Normalization.Mnist,
        int threads = 1,
        CancellationToken cancellation = default) => Fit(
            Evaluator.Logits(network, images, heldOut, normalization, threads, cancellation),
            [.. heldOut.Select(images.Label)]);

    /// <param name="logits">Count×10.</param>
    /// <param name="labels">Count digits, 0 to 9.</param>
    internal static double Fit(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        // Without a mistake more confidence is better without end, and the images cannot tell how much is right.
        if (!AnyMisread(logits, labels))
        {
            return 1;
        }

        // The mean loss is convex in the inverse temperature: its slope only rises, and is zero at the minimum.
        var (low, high) = (Math.Log(1 / Highest), Math.Log(1 / Lowest));
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            (low, high) = Slope(logits, labels, Math.Exp(middle)) < 0 ? (middle, high) : (low, middle);
        }

        return Math.Exp(-(low + high) / 2);
    }

    /// <summary>The derivative of the summed loss by the inverse temperature: the logits that are expected, less those of the labels.</summary>
    private static double Slope(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, double inverse)
    {
        var slope = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var row = Row(logits, i);
            var highest = Max(row);
            var (sum, expected) = (0.0, 0.0);
            foreach (var logit in row)
            {
                double below = logit - highest;
                var weight = Math.Exp(inverse * below);
                sum += weight;
                expected += weight * below;
            }

            slope += (expected / sum) - (row[labels[i]] - highest);
        }

        return slope;
    }

    private static bool AnyMisread(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var row = Row(logits, i);
            if (row[labels[i]] < Max(row))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> logits, int image) =>
        logits.Slice(image * DigitImages.Classes, DigitImages.Classes);

    private static float Max(ReadOnlySpan<float> row)
    {
        var highest = row[0];
        foreach (var logit in row)
        {
            highest = Math.Max(highest, logit);
        }

        return highest;
    }
}
