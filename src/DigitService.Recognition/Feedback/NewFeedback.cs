namespace DigitService.Recognition.Feedback;

/// <summary>A picture that is to be stored.</summary>
/// <param name="Picture">The bytes of a PNG, JPEG, WebP, BMP or GIF, as they came.</param>
/// <param name="Input">What the network saw: 784 values, row by row, 0 for paper to 255 for ink.</param>
/// <param name="Label">What it shows: 0 to 9, or <see cref="Data.DigitImages.NoDigit"/>.</param>
/// <param name="Source">How it came.</param>
/// <param name="Prediction">What was answered to it; null where nothing was asked.</param>
public sealed record NewFeedback(
    ReadOnlyMemory<byte> Picture, byte[] Input, int Label, FeedbackSource Source, FeedbackPrediction? Prediction);
