namespace DigitService.Recognition.Inference;

/// <summary>What a network answers to a picture.</summary>
/// <param name="Digit">The most probable digit, 0 to 9; the lower one of equals.</param>
/// <param name="Confidence">Its probability if the picture shows a digit, 0 to 1.</param>
/// <param name="Probabilities">The probabilities of the ten digits if the picture shows one, which add up to 1.</param>
/// <param name="IsDigit">The probability that the picture shows a digit, 0 to 1; null where the network was not trained to tell.</param>
/// <param name="Input">What the network saw before it was normalised: 784 pixels, row by row, 0 for paper to 255 for ink.</param>
public sealed record Prediction(
    int Digit, float Confidence, IReadOnlyList<float> Probabilities, float? IsDigit, byte[] Input)
{
    /// <summary>Below it a picture is more probably no digit, and an answer more probably wrong than right.</summary>
    internal const float LeastTrust = 0.5f;

    /// <summary>Why the answer should not be trusted, as a sentence; null where it may be.</summary>
    public string? Reason => this switch
    {
        { IsDigit: < LeastTrust } => "This does not look like a digit.",
        { Confidence: < LeastTrust } => $"This could be a {Digit} or a {RunnerUp}; neither is probable enough.",
        _ => null,
    };

    private int RunnerUp => Enumerable.Range(0, Probabilities.Count).Where(digit => digit != Digit).MaxBy(digit => Probabilities[digit]);

    internal static Prediction Of(ReadOnlySpan<float> probabilities, float? isDigit, byte[] input)
    {
        var digit = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            digit = probabilities[i] > probabilities[digit] ? i : digit;
        }

        return new Prediction(digit, probabilities[digit], [.. probabilities], isDigit, input);
    }
}
