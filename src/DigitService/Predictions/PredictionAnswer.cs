using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Inference;

namespace DigitService.Predictions;

/// <summary>What POST /predict answers.</summary>
/// <param name="Digit">The most probable digit, 0 to 9.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
/// <param name="Probabilities">The probabilities of the ten digits.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="ElapsedMs">Milliseconds from the request's head to the answer, the reading of its body included.</param>
/// <param name="Input">The 28×28 pixels that the network saw, as a PNG in a data address; left out unless asked for.</param>
internal sealed record PredictionAnswer(
    int Digit,
    float Confidence,
    IReadOnlyList<float> Probabilities,
    string Model,
    double ElapsedMs,
    string? Input)
{
    internal static PredictionAnswer Of(Classification classification, TimeSpan elapsed, bool withInput)
    {
        var (prediction, model) = classification;
        return new PredictionAnswer(
            prediction.Digit,
            prediction.Confidence,
            prediction.Probabilities,
            model,
            Math.Round(elapsed.TotalMilliseconds, 3),
            withInput ? GrayPng.DataUri(prediction.Input, DigitImages.Side) : null);
    }
}
