namespace DigitService.Recognition.Feedback;

/// <summary>What became of the corrected pictures that there were when a run was made.</summary>
/// <param name="Learned">Those that are learned from.</param>
/// <param name="HeldOut">Those that the model is judged by, and which runs of this seed never learn from.</param>
/// <param name="LeftOut">
/// Those that the network has no use for, since they show no digit and it does not tell digits from all else, and those
/// that are damaged.
/// </param>
public sealed record FeedbackCounts(int Learned, int HeldOut, int LeftOut);
