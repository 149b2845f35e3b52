using System.Security.Cryptography;
using System.Text.Json.Serialization;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Feedback;

/// <summary>A picture with what a person says that it shows: the content of its <c>sample.json</c>.</summary>
public sealed record FeedbackSample
{
    /// <summary>The SHA-256 of the picture's bytes in hexadecimal, which is the name of the sample's folder too.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows: 0 to 9, or <see cref="DigitImages.NoDigit"/>.</summary>
    public required int Label { get; init; }

    /// <summary>When it was first stored, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its label was last set, in UTC.</summary>
    public required DateTimeOffset LabelledAt { get; init; }

    public required FeedbackSource Source { get; init; }

    /// <summary>The media type of the picture, such as <c>image/png</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Bytes of the picture.</summary>
    public required long Size { get; init; }

    /// <summary>What was answered to it when it was stored; null where nothing was asked.</summary>
    public required FeedbackPrediction? Prediction { get; init; }

    /// <summary>What the network saw: 784 values, row by row, 0 for paper to 255 for ink.</summary>
    public required byte[] Input { get; init; }

    /// <summary>Whether the answer was not the label. What is not a digit is read right where no digit was answered.</summary>
    [JsonIgnore]
    public bool IsWrong => Prediction is { } prediction && (prediction.Digit ?? DigitImages.NoDigit) != Label;

    /// <summary>The id that a picture has, or would have.</summary>
    internal static string IdOf(ReadOnlySpan<byte> picture) => Convert.ToHexStringLower(SHA256.HashData(picture));

    /// <exception cref="ArgumentException">The label or the input is none.</exception>
    /// <exception cref="Imaging.ImageException">The bytes are of no format that is read.</exception>
    internal static FeedbackSample Of(NewFeedback picture, DateTimeOffset now)
    {
        FeedbackLabel.Require(picture.Label);
        ArgumentOutOfRangeException.ThrowIfNotEqual(picture.Input.Length, DigitImages.Pixels);
        return new FeedbackSample
        {
            Id = IdOf(picture.Picture.Span),
            Label = picture.Label,
            CreatedAt = now,
            LabelledAt = now,
            Source = picture.Source,
            MediaType = PictureType.Of(picture.Picture.Span),
            Size = picture.Picture.Length,
            Prediction = picture.Prediction,
            Input = picture.Input,
        };
    }

    /// <summary>What is wrong with what a file says, to follow its name and a colon; null if nothing is.</summary>
    internal string? ProblemIn(string folder) =>
        Id != folder ? "the id is not the name of its folder."
        : Label is < 0 or > DigitImages.NoDigit ? $"the label is {Label}; accepted: 0 to {DigitImages.NoDigit}."
        : Input.Length != DigitImages.Pixels ? $"the input has {Input.Length} pixels; {DigitImages.Pixels} are needed."
        : !PictureType.IsKnown(MediaType) ? "the mediaType is none of those that are read."
        : Size < 1 ? "the size is not one."
        : null;
}
