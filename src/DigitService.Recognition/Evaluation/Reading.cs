namespace DigitService.Recognition.Evaluation;

/// <summary>What a model answered to a picture.</summary>
/// <param name="Digit">The digit, 0 to 9; null if its answer was that it is none, or none to be trusted.</param>
/// <param name="Confidence">The probability of the likeliest digit, 0 to 1; null where it was not written down.</param>
public sealed record Reading(int? Digit, float? Confidence);

/// <summary>A picture that one of two models reads right, and the other wrong.</summary>
/// <param name="Index">Its place among the test images, from 0; null if it is a corrected picture.</param>
/// <param name="Sample">The id of the corrected picture; null if it is a test image.</param>
/// <param name="Actual">The digit that it shows; null if it is none.</param>
/// <param name="Before">The answer of the model that is compared with.</param>
/// <param name="After">The answer of the model that is compared.</param>
/// <param name="IsRight">Whether the picture is read right now.</param>
public sealed record ReadingChange(int? Index, string? Sample, int? Actual, Reading Before, Reading After, bool IsRight);
