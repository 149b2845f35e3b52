namespace DigitService.Recognition.Imaging;

/// <summary>The decoder that the build took, and what all decoders have in common.</summary>
public static class ImageDecoder
{
#if SYSTEM_LIBRARIES
    public static IImageDecoder Default { get; } = new OpenCvDecoder();
#else
    public static IImageDecoder Default { get; } = new ImageSharpDecoder();
#endif

    /// <summary>Decodes a picture with a library, or without it where that is faster, and turns it upright.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="library">What decodes the files that are no usual PNG.</param>
    /// <exception cref="ImageException">It is no such picture, is too large, or is damaged.</exception>
    internal static GrayImage Decode(ReadOnlySpan<byte> encoded, LibraryDecoder library)
    {
        var header = ImageHeader.Read(encoded);
        var gray = PngDecoder.CanDecode(encoded, header) ? PngDecoder.Decode(encoded, header) : library(encoded, header);
        return ExifOrientation.Apply(new GrayImage(header.Width, header.Height, gray), header.Orientation);
    }

    /// <summary>Gives the gray levels of a picture as it is stored, transparency laid over paper.</summary>
    /// <exception cref="ImageException">The pixels cannot be decoded, or are of another size.</exception>
    internal delegate byte[] LibraryDecoder(ReadOnlySpan<byte> encoded, ImageHeader header);
}
