namespace DigitService.Recognition.Persistence;

/// <summary>What was asked for contradicts the state of a model or a run, or another process is at work on it. The message says which.</summary>
public sealed class EntryConflictException : IOException
{
    public EntryConflictException()
    {
    }

    public EntryConflictException(string message) : base(message)
    {
    }

    public EntryConflictException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
