namespace DigitService.Recognition.Imaging;

/// <summary>
/// Decodes the first frame of a PNG, JPEG, WebP, BMP or GIF of at most 10 MB and 16 megapixels. Which of the five it is,
/// its first bytes tell.
/// </summary>
public interface IImageDecoder
{
    /// <summary>
    /// The picture in gray: colours by their luma (ITU-R BT.601), 16 bits reduced to 8, transparency laid over the paper
    /// that its ink stands out from, and turned as its EXIF orientation says.
    /// </summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <exception cref="ImageException">It is no such picture, is too large, or is damaged.</exception>
    GrayImage Decode(ReadOnlySpan<byte> encoded);
}
