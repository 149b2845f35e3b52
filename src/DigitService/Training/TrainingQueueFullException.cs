namespace DigitService.Training;

/// <summary>No more runs are taken at the moment.</summary>
internal sealed class TrainingQueueFullException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>When there may be a place again.</summary>
    internal TimeSpan RetryAfter => retryAfter;
}
