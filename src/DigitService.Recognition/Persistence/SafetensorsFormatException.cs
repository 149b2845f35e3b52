namespace DigitService.Recognition.Persistence;

/// <summary>
/// A <c>.safetensors</c> file cannot be read: it is damaged, of another format, or beyond the limits. The message names
/// the file and says what is accepted.
/// </summary>
public sealed class SafetensorsFormatException : IOException
{
    /// <summary>Creates the exception with a message that is complete in itself.</summary>
    public SafetensorsFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the failure underneath it.</summary>
    public SafetensorsFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
