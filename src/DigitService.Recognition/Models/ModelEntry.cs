namespace DigitService.Recognition.Models;

/// <summary>A folder of the registry.</summary>
/// <param name="Id">The folder's name.</param>
/// <param name="Info">What there is to know of the model; null if it is damaged.</param>
/// <param name="Error">Why the model cannot be used, as a sentence; null if it can.</param>
/// <param name="IsActive">Whether it is the one that answers.</param>
public sealed record ModelEntry(string Id, ModelInfo? Info, string? Error, bool IsActive);
