namespace DigitService.Training;

/// <summary>All runs in this service's hands at a moment.</summary>
/// <param name="Number">The number of the latest change.</param>
/// <param name="Running">The run that trains, or null.</param>
/// <param name="Now">How it stands.</param>
/// <param name="Waiting">The others, in the order of their turns.</param>
internal sealed record QueueMoment(long Number, LiveRun? Running, LiveMoment Now, IReadOnlyList<RunAnswer> Waiting);
