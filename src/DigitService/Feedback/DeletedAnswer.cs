namespace DigitService.Feedback;

/// <summary>What DELETE /feedback answers.</summary>
/// <param name="Deleted">How many pictures there were.</param>
internal sealed record DeletedAnswer(int Deleted);
