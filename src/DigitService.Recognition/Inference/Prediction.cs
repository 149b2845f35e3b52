namespace DigitService.Recognition.Inference;

/// <summary>What a network answers to a picture.</summary>
/// <param name="Digit">The most probable digit, 0 to 9; the lower one of equals.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
/// <param name="Probabilities">The probabilities of the ten digits, which add up to 1.</param>
/// <param name="Input">What the network saw before it was normalised: 784 pixels, row by row, 0 for paper to 255 for ink.</param>
public sealed record Prediction(int Digit, float Confidence, IReadOnlyList<float> Probabilities, byte[] Input)
{
    internal static Prediction Of(ReadOnlySpan<float> probabilities, byte[] input)
    {
        var digit = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            digit = probabilities[i] > probabilities[digit] ? i : digit;
        }

        return new Prediction(digit, probabilities[digit], [.. probabilities], input);
    }
}
