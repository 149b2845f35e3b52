namespace DigitService.OpenCv;

/// <summary>A codec did not decode a picture. The message is the codec's own.</summary>
public sealed class CodecException : Exception
{
    public CodecException(string message)
        : base(message)
    {
    }
}
