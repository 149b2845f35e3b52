namespace DigitService.Recognition.Feedback;

/// <summary>What an archive may cost that comes from anybody.</summary>
public sealed record FeedbackImportLimits
{
    /// <summary>Entries: 1 to 65,534, since an archive that has more of them is of another format (ZIP64), which is not read.</summary>
    public int MaximumEntries { get; init; } = 65_534;

    /// <summary>Bytes that all entries may unfold to together.</summary>
    public long MaximumBytes { get; init; } = 1L << 30;

    /// <summary>Bytes that one entry may unfold to: as many as a picture may have.</summary>
    public int MaximumPicture { get; init; } = 10 << 20;

    /// <summary>Pixels that all pictures may have together. Blank ones of many take few bytes, and long to decode.</summary>
    public long MaximumPixels { get; init; } = 4_000_000_000;
}
