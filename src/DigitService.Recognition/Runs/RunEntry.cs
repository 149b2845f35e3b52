namespace DigitService.Recognition.Runs;

/// <summary>A folder of the run store.</summary>
/// <param name="Id">The folder's name.</param>
/// <param name="Record">What there is to know of the run; null if it is damaged.</param>
/// <param name="Error">Why the run cannot be read, as a sentence; null if it can.</param>
public sealed record RunEntry(string Id, RunRecord? Record, string? Error);
