namespace DigitService.Recognition.Feedback;

/// <summary>An entry of an archive that was not taken in.</summary>
/// <param name="Name">Its name, at most its first 100 characters.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SkippedEntry(string Name, string Reason);
