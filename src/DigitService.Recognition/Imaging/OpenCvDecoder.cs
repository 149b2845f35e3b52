using DigitService.OpenCv;

namespace DigitService.Recognition.Imaging;

/// <summary>Decodes with the distribution's libraries: OpenCV's image codecs, and giflib. Usual PNG files need neither.</summary>
public sealed class OpenCvDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public GrayImage Decode(ReadOnlySpan<byte> encoded) => ImageDecoder.Decode(encoded, Decode);

    /// <inheritdoc cref="ImageDecoder.LibraryDecoder"/>
    internal static byte[] Decode(ReadOnlySpan<byte> encoded, ImageHeader header)
    {
        var gray = new byte[header.Width * header.Height];
        var alpha = header.HasAlpha ? new byte[gray.Length] : null;
        try
        {
            Decode(encoded, header, gray, alpha);
        }
        catch (CodecException error)
        {
            throw ImageException.Damaged("its pixels cannot be decoded.", error);
        }

        if (alpha is not null)
        {
            Transparency.Flatten(gray, alpha);
        }

        return gray;
    }

    private static void Decode(ReadOnlySpan<byte> encoded, ImageHeader header, byte[] gray, byte[]? alpha)
    {
        switch (header.Format)
        {
            case ImageFormat.Gif:
                Codecs.DecodeGif(encoded, header.Width, header.Height, gray, alpha);
                break;
            case ImageFormat.WebP when WebPHeader.FirstFrame(encoded) is { } frame:
                DecodeFrame(frame, header.Width, gray, alpha!);
                break;
            default:
                var picture = header.Format == ImageFormat.Png ? PngHeader.WithoutMetadata(encoded) : encoded;
                Codecs.Decode(picture, header.Width, header.Height, gray, alpha, header.TransparentLevel);
                break;
        }
    }

    // OpenCV reads no animations. What the first frame leaves of its canvas is transparent.
    private static void DecodeFrame(WebPFrame frame, int canvasWidth, byte[] gray, byte[] alpha)
    {
        var frameGray = new byte[frame.Width * frame.Height];
        var frameAlpha = new byte[frameGray.Length];
        Codecs.Decode(frame.Encoded, frame.Width, frame.Height, frameGray, frameAlpha);
        for (var y = 0; y < frame.Height; y++)
        {
            var target = ((frame.Y + y) * canvasWidth) + frame.X;
            frameGray.AsSpan(y * frame.Width, frame.Width).CopyTo(gray.AsSpan(target));
            frameAlpha.AsSpan(y * frame.Width, frame.Width).CopyTo(alpha.AsSpan(target));
        }
    }
}
