namespace DigitService.Recognition.Feedback;

/// <summary>How much feedback is kept, and for how long.</summary>
public sealed record FeedbackLimits
{
    /// <summary>Samples: 1 to 1,000,000.</summary>
    public int MaximumSamples { get; init; } = 10_000;

    /// <summary>Bytes of all pictures together: 1 or more.</summary>
    public long MaximumBytes { get; init; } = 1L << 30;

    /// <summary>Days after which a sample is deleted, counted from its first storing; 0 to keep it for ever.</summary>
    public int RetentionDays { get; init; }
}
