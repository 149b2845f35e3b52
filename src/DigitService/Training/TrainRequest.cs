using DigitService.Recognition.Training;

namespace DigitService.Training;

/// <summary>The body of POST /train. What is left out, or null, comes from the recipe; without a body all does.</summary>
public sealed record TrainRequest : TrainingOverrides
{
    internal const int LongestName = 100;

    /// <summary>What you call the model that comes of it, in at most 100 characters.</summary>
    public string? Name { get; init; }
}
