namespace DigitService.Recognition.Imaging;

/// <summary>Why a picture was not decoded.</summary>
public enum ImageFault
{
    /// <summary>The bytes are of no image format.</summary>
    NotAnImage,

    /// <summary>The bytes are of an image format, or of a variant of one, that is not read.</summary>
    NotSupported,

    /// <summary>The file has too many bytes, or the picture too many pixels.</summary>
    TooLarge,

    /// <summary>The picture is cut off, or its parts contradict each other.</summary>
    Damaged,
}

/// <summary>A picture was not decoded. The message says what was wrong and what is accepted.</summary>
public sealed class ImageException : Exception
{
    internal const string Accepted = "PNG, JPEG, WebP, BMP and GIF are accepted.";

    public ImageException(ImageFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    public ImageFault Fault { get; }

    internal static ImageException Damaged(string problem, Exception? innerException = null) =>
        new(ImageFault.Damaged, $"The picture is damaged: {problem}", innerException);

    internal static ImageException NotSupported(string what) =>
        new(ImageFault.NotSupported, $"The picture is {what}, which is not read. {Accepted}");
}
