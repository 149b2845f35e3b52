namespace DigitService.Recognition.Imaging;

/// <summary>How large a picture is, before anything is allocated for it.</summary>
public static class PictureSize
{
    /// <summary>The pixels of the picture, or of an animation's canvas, that its header promises: 1 to 16,000,000.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <exception cref="ImageException">It is no picture that is read, is too large, or is damaged.</exception>
    public static int CountPixels(ReadOnlySpan<byte> encoded)
    {
        var header = ImageHeader.Read(encoded);
        return header.Width * header.Height;
    }
}
