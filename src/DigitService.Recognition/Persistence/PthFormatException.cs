namespace DigitService.Recognition.Persistence;

/// <summary>
/// A <c>.pth</c> file cannot be read: it is damaged, of another format, beyond the limits, or asks
/// for more than a state dictionary needs. The message names the file and says what is accepted.
/// </summary>
public sealed class PthFormatException : IOException
{
    /// <summary>Creates the exception with a message that is complete in itself.</summary>
    public PthFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the failure underneath it.</summary>
    public PthFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal static PthFormatException In(string file, string problem, Exception? inner = null) =>
        new($"{file}: {problem}", inner);

    /// <summary>
    /// Text out of a file as a message may carry it: short and on one line, since messages end up in
    /// logs and terminals and the file's author chose the text.
    /// </summary>
    internal static string Quote(string text)
    {
        var shown = text.Length <= 100 ? text : text[..100] + "…";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}'";
    }
}
