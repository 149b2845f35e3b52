using System.Text;

namespace DigitService.Recognition.Imaging;

internal enum ImageFormat
{
    Png,
    Jpeg,
    WebP,
    Bmp,
    Gif,
}

/// <summary>Tells formats apart by the bytes that files of them begin with.</summary>
internal static class ImageFormats
{
    // What people are likely to send by mistake. They are only named, never read.
    private static readonly (string Name, int Offset, byte[] Magic)[] _foreign =
    [
        ("a TIFF", 0, [0x49, 0x49, 0x2A, 0x00]),
        ("a TIFF", 0, [0x4D, 0x4D, 0x00, 0x2A]),
        ("a TIFF", 0, [0x49, 0x49, 0x2B, 0x00]),
        ("a TIFF", 0, [0x4D, 0x4D, 0x00, 0x2B]),
        ("an AVIF", 4, Ascii("ftypavif")),
        ("an AVIF", 4, Ascii("ftypavis")),
        ("a HEIC", 4, Ascii("ftyphe")),
        ("a HEIC", 4, Ascii("ftypmif1")),
        ("a HEIC", 4, Ascii("ftypmsf1")),
        ("a video", 4, Ascii("ftyp")),
        ("a PDF", 0, Ascii("%PDF")),
        ("a PostScript file", 0, Ascii("%!PS")),
        ("a Photoshop file", 0, Ascii("8BPS")),
        ("an icon", 0, [0x00, 0x00, 0x01, 0x00]),
        ("a cursor", 0, [0x00, 0x00, 0x02, 0x00]),
        ("a JPEG 2000", 4, Ascii("jP  ")),
        ("a JPEG 2000", 0, [0xFF, 0x4F, 0xFF, 0x51]),
        ("a JPEG XL", 4, Ascii("JXL ")),
        ("a JPEG XL", 0, [0xFF, 0x0A]),
        ("a JPEG XR", 0, [0x49, 0x49, 0xBC]),
        ("an OpenEXR", 0, [0x76, 0x2F, 0x31, 0x01]),
        ("a Radiance HDR", 0, Ascii("#?")),
        ("a QOI", 0, Ascii("qoif")),
        ("a MNG", 0, [0x8A, 0x4D, 0x4E, 0x47]),
        ("a DirectDraw surface", 0, Ascii("DDS ")),
    ];

    /// <exception cref="ImageException">They are the bytes of another format, or of none.</exception>
    internal static ImageFormat Of(ReadOnlySpan<byte> encoded)
    {
        // A DICOM begins with 128 bytes that may be anything, the beginning of a picture too, and the codecs behind a
        // decoder know it: it is looked for first.
        if (encoded.Length >= 132 && encoded[128..132].SequenceEqual("DICM"u8))
        {
            throw ImageException.NotSupported("a DICOM");
        }

        return encoded.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? ImageFormat.Png
            : encoded.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ImageFormat.Jpeg
            : encoded.StartsWith("RIFF"u8) && At(encoded, 8, "WEBP"u8) ? ImageFormat.WebP
            : encoded.StartsWith("GIF87a"u8) || encoded.StartsWith("GIF89a"u8) ? ImageFormat.Gif
            : encoded.StartsWith("BM"u8) ? ImageFormat.Bmp
            : throw Refusal(encoded);
    }

    private static ImageException Refusal(ReadOnlySpan<byte> encoded)
    {
        foreach (var (name, offset, magic) in _foreign)
        {
            if (At(encoded, offset, magic))
            {
                return ImageException.NotSupported(name);
            }
        }

        var start = encoded[..Math.Min(1024, encoded.Length)];
        return start.IndexOf("<svg"u8) >= 0
            ? ImageException.NotSupported("an SVG")
            : new ImageException(
                ImageFault.NotAnImage,
                (encoded.IsEmpty ? "There is no picture: it has no bytes. " : "This is not a picture. ") + ImageException.Accepted);
    }

    private static bool At(ReadOnlySpan<byte> encoded, int offset, ReadOnlySpan<byte> magic) =>
        encoded.Length >= offset && encoded[offset..].StartsWith(magic);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
