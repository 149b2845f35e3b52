namespace DigitService.Recognition.Data;

/// <summary>A dataset that is missing, damaged or of another format. The message names the file and what is wrong.</summary>
public sealed class DatasetException : IOException
{
    public DatasetException()
    {
    }

    public DatasetException(string message) : base(message)
    {
    }

    public DatasetException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
