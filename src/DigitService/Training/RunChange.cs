namespace DigitService.Training;

/// <summary>A run's change of status.</summary>
/// <param name="Number">Changes are counted from 1.</param>
/// <param name="Run">The run.</param>
/// <param name="Answer">The run as it was then.</param>
internal sealed record RunChange(long Number, LiveRun Run, RunAnswer Answer);
