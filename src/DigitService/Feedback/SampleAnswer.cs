using System.Text.Json.Serialization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;

namespace DigitService.Feedback;

/// <summary>A picture that was kept, with what it shows and what was answered to it.</summary>
/// <param name="Id">Its name here: the SHA-256 of its bytes.</param>
/// <param name="Label">What a person says that it shows, 0 to 9; null for what is not a digit.</param>
/// <param name="IsWrong">Whether the answer was not the label: a digit that is not it, or none where there is one.</param>
/// <param name="Predicted">What was answered when the picture was first stored; null where nothing was asked.</param>
/// <param name="Source">How it came.</param>
/// <param name="CreatedAt">When it was first stored, in UTC.</param>
/// <param name="LabelledAt">When its label was last set, in UTC.</param>
/// <param name="MediaType">Of which kind the picture is, as it came.</param>
/// <param name="Size">Bytes of the picture.</param>
/// <param name="Input">The 28×28 pixels that the network saw, as a PNG in a data address; left out unless asked for.</param>
internal sealed record SampleAnswer(
    string Id,
    int? Label,
    bool IsWrong,
    FeedbackPrediction? Predicted,
    FeedbackSource Source,
    DateTimeOffset CreatedAt,
    DateTimeOffset LabelledAt,
    string MediaType,
    long Size,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Input)
{
    internal static SampleAnswer Of(FeedbackSample sample, bool withInput) => new(
        sample.Id,
        FeedbackLabel.DigitOf(sample.Label),
        sample.IsWrong,
        sample.Prediction,
        sample.Source,
        sample.CreatedAt,
        sample.LabelledAt,
        sample.MediaType,
        sample.Size,
        withInput ? GrayPng.DataUri(sample.Input, DigitImages.Side) : null);
}
