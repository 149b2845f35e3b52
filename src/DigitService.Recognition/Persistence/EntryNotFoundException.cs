namespace DigitService.Recognition.Persistence;

/// <summary>There is no model or run of that id. The message has the id and where it was looked for.</summary>
public sealed class EntryNotFoundException : IOException
{
    public EntryNotFoundException()
    {
    }

    public EntryNotFoundException(string message) : base(message)
    {
    }

    public EntryNotFoundException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
