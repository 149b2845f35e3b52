namespace DigitService.Recognition.Imaging;

/// <summary>The decoder that the build took.</summary>
public static class ImageDecoder
{
#if SYSTEM_LIBRARIES
    public static IImageDecoder Default { get; } = new OpenCvDecoder();
#else
    public static IImageDecoder Default { get; } = new ImageSharpDecoder();
#endif
}
