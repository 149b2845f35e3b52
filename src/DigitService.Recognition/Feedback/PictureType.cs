using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Feedback;

/// <summary>The kinds of pictures, as HTTP and as file systems call them.</summary>
internal static class PictureType
{
    internal const string Png = "image/png";

    private static readonly Dictionary<string, string> _names = new()
    {
        [Png] = "picture.png",
        ["image/jpeg"] = "picture.jpg",
        ["image/webp"] = "picture.webp",
        ["image/bmp"] = "picture.bmp",
        ["image/gif"] = "picture.gif",
    };

    internal static bool IsKnown(string mediaType) => _names.ContainsKey(mediaType);

    /// <summary>The name of a sample's picture.</summary>
    internal static string FileName(string mediaType) => _names[mediaType];

    /// <exception cref="ImageException">They are the bytes of another format, or of none.</exception>
    internal static string Of(ReadOnlySpan<byte> encoded) => ImageFormats.Of(encoded) switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.WebP => "image/webp",
        ImageFormat.Bmp => "image/bmp",
        ImageFormat.Gif => "image/gif",
        _ => Png,
    };
}
