namespace DigitService.Recognition.Feedback;

/// <summary>A sample of the store, or what is known of one that is damaged.</summary>
/// <param name="Id">The name of its folder.</param>
/// <param name="Sample">The sample; null if it is damaged.</param>
/// <param name="Error">Why it cannot be used, as a sentence; null if it can.</param>
public sealed record FeedbackEntry(string Id, FeedbackSample? Sample, string? Error);
