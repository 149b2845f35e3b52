using System.Text.Json.Serialization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Inference;

namespace DigitService.Predictions;

/// <summary>What POST /predict answers.</summary>
/// <param name="Digit">The most probable digit, 0 to 9; null if the answer should not be trusted: <paramref name="Reason"/> says why.</param>
/// <param name="Reason">Why the answer should not be trusted, as a sentence; left out where it may be.</param>
/// <param name="IsDigit">The probability that the picture shows a digit at all, 0 to 1; null if the model was not trained to tell.</param>
/// <param name="Confidence">The probability of the most probable digit if the picture shows a digit, 0 to 1.</param>
/// <param name="Probabilities">The probabilities of the ten digits if the picture shows one.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="ElapsedMs">Milliseconds from the request's head to the answer, the reading of its body included.</param>
/// <param name="Input">The 28×28 pixels that the network saw, as a PNG in a data address; left out unless asked for.</param>
internal sealed record PredictionAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Digit,
    string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] float? IsDigit,
    float Confidence,
    IReadOnlyList<float> Probabilities,
    string Model,
    double ElapsedMs,
    string? Input)
{
    internal static PredictionAnswer Of(Classification classification, TimeSpan elapsed, bool withInput)
    {
        var (prediction, model) = classification;
        var reason = prediction.Reason;
        return new PredictionAnswer(
            reason is null ? prediction.Digit : null,
            reason,
            prediction.IsDigit,
            prediction.Confidence,
            prediction.Probabilities,
            model,
            Math.Round(elapsed.TotalMilliseconds, 3),
            withInput ? GrayPng.DataUri(prediction.Input, DigitImages.Side) : null);
    }
}
