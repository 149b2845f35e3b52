using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using static TorchSharp.torch;

namespace DigitService.Recognition.Inference;

/// <summary>
/// Reads once more what a network is in doubt about, moved by a pixel in each of four directions, and answers with the
/// mean of all five logits. (Test-time augmentation: Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep
/// convolutional neural networks", 2012, take the mean of the probabilities of ten crops.) Only networks that tell what is no
/// digit are asked again, since people rely on them; the others are there to be compared by what they say at first.
/// </summary>
internal static class SecondLook
{
    /// <summary>
    /// Where the most probable of the eleven answers has less, before the temperature, there is doubt: often with a network
    /// that learned with much label smoothing. With a limit of 0.99 as many of the images held out were read right.
    /// </summary>
    internal const float LeastConfidence = 0.9f;

    private static readonly (int Right, int Down)[] _moves = [(1, 0), (-1, 0), (0, 1), (0, -1)];

    /// <summary>What a network gives for N×1×28×28, N×10 or N×11, with those logits replaced of which it is in doubt.</summary>
    /// <param name="network">Gives logits for pictures. It is called five times at most, with N pictures at most.</param>
    /// <param name="pictures">N×1×28×28, normalised.</param>
    /// <param name="paper">The value of a pixel without ink, which comes in from the border.</param>
    internal static Tensor Call(Func<Tensor, Tensor> network, Tensor pictures, float paper)
    {
        var logits = network(pictures);
        if (!NetworkOutput.TellsDigits(logits) || Doubtful(logits) is not { Length: > 0 } doubtful)
        {
            return logits;
        }

        var rows = tensor(doubtful);
        var doubted = pictures.index_select(0, rows);
        var sum = logits.index_select(0, rows);
        foreach (var (right, down) in _moves)
        {
            sum.add_(network(Move(doubted, right, down, paper)));
        }

        var mean = sum.div(_moves.Length + 1);
        for (var i = 0; i < doubtful.Length; i++)
        {
            logits.select(0, doubtful[i]).copy_(mean.select(0, i));
        }

        return logits;
    }

    private static long[] Doubtful(Tensor logits)
    {
        var confidence = nn.functional.softmax(logits, 1).max(1).values.data<float>().ToArray();
        return [.. Enumerable.Range(0, confidence.Length).Where(i => confidence[i] < LeastConfidence).Select(i => (long)i)];
    }

    private static Tensor Move(Tensor pictures, int right, int down, float paper)
    {
        var moved = full(pictures.shape, paper);
        Part(moved, right, down).copy_(Part(pictures, -right, -down));
        return moved;
    }

    // What is left of pictures without the edge that lies against the direction.
    private static Tensor Part(Tensor pictures, int right, int down) => pictures
        .narrow(2, Math.Max(0, down), DigitImages.Side - Math.Abs(down))
        .narrow(3, Math.Max(0, right), DigitImages.Side - Math.Abs(right));
}
