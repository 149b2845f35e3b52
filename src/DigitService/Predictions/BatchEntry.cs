using System.Text.Json.Serialization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Inference;

namespace DigitService.Predictions;

/// <summary>The answer to a picture of a batch: either the prediction, or an error.</summary>
/// <param name="Name">The file's name; null if the form gives none.</param>
internal sealed record BatchEntry([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name)
{
    /// <summary>The most probable digit, 0 to 9; null if the answer should not be trusted, left out if there is an error.</summary>
    public int? Digit { get; init; }

    /// <summary>Why the answer should not be trusted, as a sentence; left out where it may be.</summary>
    public string? Reason { get; init; }

    /// <summary>The probability that the picture shows a digit at all, 0 to 1; null if the model was not trained to tell.</summary>
    public float? IsDigit { get; init; }

    /// <summary>The probability of the most probable digit if the picture shows a digit, 0 to 1.</summary>
    public float? Confidence { get; init; }

    /// <summary>The probabilities of the ten digits if the picture shows one.</summary>
    public IReadOnlyList<float>? Probabilities { get; init; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>The 28×28 pixels that the network saw, as a PNG in a data address; left out unless asked for.</summary>
    public string? Input { get; init; }

    /// <summary>Why there is no prediction, as a sentence.</summary>
    public string? Error { get; init; }

    /// <summary>The status that POST /predict answers such a picture with: 400, 404, 413, 415, 422 or 503.</summary>
    public int? Status { get; init; }

    internal BatchEntry With(Classification classification, bool withInput) => this with
    {
        Digit = classification.Prediction.Reason is null ? classification.Prediction.Digit : null,
        Reason = classification.Prediction.Reason,
        IsDigit = classification.Prediction.IsDigit,
        Confidence = classification.Prediction.Confidence,
        Probabilities = classification.Prediction.Probabilities,
        Model = classification.ModelId,
        Input = withInput ? GrayPng.DataUri(classification.Prediction.Input, DigitImages.Side) : null,
    };
}
