namespace DigitService.Recognition.Imaging;

/// <summary>
/// What a file says of its picture, read without decoding it. A decoder that allocates what a header promises, or walks
/// as long as a file leads it, is attacked through just that: only files that pass here reach one.
/// </summary>
/// <param name="Format">By the file's first bytes.</param>
/// <param name="Width">Of the stored picture, before it is turned; of an animation, of its canvas.</param>
/// <param name="Height">Likewise.</param>
internal sealed record ImageHeader(ImageFormat Format, int Width, int Height)
{
    internal const int MaxEncodedBytes = 10 * 1024 * 1024;
    internal const int MaxPixels = 16_000_000;
    internal const int MaxSide = 32_767;

    /// <summary>The EXIF orientation: 1 is upright; the others, to 8, are the turns and flips of a square.</summary>
    internal int Orientation { get; init; } = 1;

    /// <summary>Whether pixels may be transparent.</summary>
    internal bool HasAlpha { get; init; }

    /// <summary>The sample that a gray PNG means transparent by, as it is once it has 8 or 16 bits; null if there is none.</summary>
    internal int? TransparentLevel { get; init; }

    /// <summary>The part of the canvas that the first image of a GIF, or of an animated WebP, covers.</summary>
    internal Box Frame { get; init; } = new(0, 0, Width, Height);

    /// <exception cref="ImageException">It is no picture of the five formats, is too large, or is damaged.</exception>
    internal static ImageHeader Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length > MaxEncodedBytes)
        {
            throw new ImageException(
                ImageFault.TooLarge, $"The picture has {encoded.Length:N0} bytes. At most {MaxEncodedBytes:N0} (10 MB) are accepted.");
        }

        return ImageFormats.Of(encoded) switch
        {
            ImageFormat.Png => PngHeader.Read(encoded),
            ImageFormat.Jpeg => JpegHeader.Read(encoded),
            ImageFormat.WebP => WebPHeader.Read(encoded),
            ImageFormat.Bmp => BmpHeader.Read(encoded),
            _ => GifHeader.Read(encoded),
        };
    }

    /// <summary>Refuses sizes that nothing should be allocated for.</summary>
    internal static (int Width, int Height) CheckSize(long width, long height)
    {
        if (width <= 0 || height <= 0)
        {
            throw ImageException.Damaged($"its header gives a size of {width}×{height} pixels.");
        }

        return width <= MaxSide && height <= MaxSide && width * height <= MaxPixels
            ? ((int)width, (int)height)
            : throw new ImageException(
                ImageFault.TooLarge,
                $"The picture has {width:N0}×{height:N0} pixels. At most {MaxPixels:N0} (16 megapixels) are accepted, "
                    + $"and {MaxSide:N0} a side.");
    }
}
