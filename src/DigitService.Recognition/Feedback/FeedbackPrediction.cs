using DigitService.Recognition.Inference;

namespace DigitService.Recognition.Feedback;

/// <summary>What a model answered to a picture when it was stored.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Digit">The digit that it answered, 0 to 9; null where its answer was that none should be trusted.</param>
/// <param name="Likeliest">The most probable digit, trusted or not.</param>
/// <param name="Confidence">The probability of that digit if the picture shows one, 0 to 1.</param>
/// <param name="IsDigit">The probability that the picture shows a digit, 0 to 1; null where the model was not trained to tell.</param>
public sealed record FeedbackPrediction(string Model, int? Digit, int Likeliest, float Confidence, float? IsDigit)
{
    public static FeedbackPrediction Of(Classification classification)
    {
        var (prediction, model) = classification;
        return new FeedbackPrediction(
            model, prediction.Reason is null ? prediction.Digit : null, prediction.Digit, prediction.Confidence, prediction.IsDigit);
    }
}
