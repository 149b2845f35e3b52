namespace DigitService.Predictions;

/// <summary>What POST /predict/batch answers.</summary>
/// <param name="Predictions">One for each file, in the order of the form.</param>
/// <param name="ElapsedMs">Milliseconds from the request's head to the answer, the reading of its body included.</param>
internal sealed record BatchAnswer(IReadOnlyList<BatchEntry> Predictions, double ElapsedMs);
