namespace DigitService.Recognition.Inference;

/// <summary>No answer can be given now: there is no model yet, or too many requests are waiting. Later there may be one.</summary>
public sealed class ClassifierUnavailableException(string message) : Exception(message);
