namespace DigitService.Recognition.Inference;

/// <summary>A model's answer to a picture.</summary>
/// <param name="Prediction">The answer.</param>
/// <param name="ModelId">Whose it is.</param>
public sealed record Classification(Prediction Prediction, string ModelId);
