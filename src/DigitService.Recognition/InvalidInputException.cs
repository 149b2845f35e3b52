namespace DigitService.Recognition;

/// <summary>
/// What was asked for is not accepted: a name that there is not, a value out of its range. The message is written for the
/// one who asked, and says what is accepted. Any other <see cref="ArgumentException"/> is a mistake in a program.
/// </summary>
public sealed class InvalidInputException : ArgumentException
{
    public InvalidInputException()
    {
    }

    public InvalidInputException(string message) : base(message)
    {
    }

    public InvalidInputException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
