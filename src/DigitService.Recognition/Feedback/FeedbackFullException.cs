namespace DigitService.Recognition.Feedback;

/// <summary>No more feedback is kept than there is. The message says how much that is, and what makes room.</summary>
public sealed class FeedbackFullException : IOException
{
    public FeedbackFullException()
    {
    }

    public FeedbackFullException(string message) : base(message)
    {
    }

    public FeedbackFullException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
