namespace DigitService.Recognition.Feedback;

/// <summary>What became of a picture that was to be stored.</summary>
/// <param name="Sample">The sample as it is on the disk now.</param>
/// <param name="Outcome">Whether it is new.</param>
public sealed record StoredFeedback(FeedbackSample Sample, FeedbackOutcome Outcome);
