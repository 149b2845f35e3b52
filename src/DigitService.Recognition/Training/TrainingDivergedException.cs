namespace DigitService.Recognition.Training;

/// <summary>The loss became infinite or not a number: the learning rate is too high, as a rule.</summary>
public sealed class TrainingDivergedException : Exception
{
    public TrainingDivergedException()
    {
    }

    public TrainingDivergedException(string message) : base(message)
    {
    }

    public TrainingDivergedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal TrainingDivergedException(int epoch, int batch)
        : base($"The loss is no longer a finite number in epoch {epoch}, batch {batch}. Try a lower learning rate.")
    {
    }
}
