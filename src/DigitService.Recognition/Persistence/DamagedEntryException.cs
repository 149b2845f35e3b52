namespace DigitService.Recognition.Persistence;

/// <summary>A file of a model or a run is missing, edited into nonsense, or of a newer version. The message names the file and the field.</summary>
public sealed class DamagedEntryException : IOException
{
    public DamagedEntryException()
    {
    }

    public DamagedEntryException(string message) : base(message)
    {
    }

    public DamagedEntryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
