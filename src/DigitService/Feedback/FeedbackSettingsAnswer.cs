namespace DigitService.Feedback;

/// <summary>What GET /feedback/settings answers.</summary>
/// <param name="Enabled">Whether corrected pictures are kept on this server.</param>
/// <param name="RetentionDays">After how many days a picture is deleted; 0 if it is kept until somebody deletes it.</param>
/// <param name="MaximumSamples">How many pictures are kept.</param>
/// <param name="MaximumMegabytes">How many megabytes they may have together.</param>
/// <param name="Count">How many there are.</param>
internal sealed record FeedbackSettingsAnswer(bool Enabled, int RetentionDays, int MaximumSamples, int MaximumMegabytes, int Count);
