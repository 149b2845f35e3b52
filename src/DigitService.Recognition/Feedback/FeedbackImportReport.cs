namespace DigitService.Recognition.Feedback;

/// <summary>What became of an archive's entries.</summary>
/// <param name="Added">Pictures that were not there.</param>
/// <param name="Corrected">Pictures that were there with another label, which is the archive's now.</param>
/// <param name="Unchanged">Pictures that were there with the same label.</param>
/// <param name="Skipped">Entries that were not taken in.</param>
/// <param name="Reasons">Why, for the first 1,000 of them.</param>
public sealed record FeedbackImportReport(int Added, int Corrected, int Unchanged, int Skipped, IReadOnlyList<SkippedEntry> Reasons);
