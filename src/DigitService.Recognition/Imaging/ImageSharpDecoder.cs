using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace DigitService.Recognition.Imaging;

/// <summary>Decodes with SixLabors.ImageSharp what is not a usual PNG file.</summary>
public sealed class ImageSharpDecoder : IImageDecoder
{
    // The largest buffers are those of 16 megapixels: 64 bytes a pixel are the coefficients of a JPEG with room to spare.
    private const int AllocationLimitMegabytes = 1024;

    private static readonly DecoderOptions _options = new()
    {
        Configuration = new Configuration(
            new PngConfigurationModule(),
            new JpegConfigurationModule(),
            new WebpConfigurationModule(),
            new BmpConfigurationModule(),
            new GifConfigurationModule())
        {
            MemoryAllocator = MemoryAllocator.Create(
                new MemoryAllocatorOptions { AllocationLimitMegabytes = AllocationLimitMegabytes }),
        },
        MaxFrames = 1,
        SkipMetadata = true,
    };

    /// <inheritdoc/>
    public GrayImage Decode(ReadOnlySpan<byte> encoded) => ImageDecoder.Decode(encoded, Decode);

    private static byte[] Decode(ReadOnlySpan<byte> encoded, ImageHeader header)
    {
        var picture = header.Format == ImageFormat.Png ? PngHeader.WithoutMetadata(encoded) : encoded;
        try
        {
            using var image = Image.Load<Rgba32>(_options, picture);
            return image.Width == header.Width && image.Height == header.Height
                ? ToGray(image, header)
                : throw ImageException.Damaged("its pixels are of another size than its header says.");
        }
        catch (Exception error) when (error is not (ImageException or OutOfMemoryException))
        {
            // A damaged file ends its decoders in exceptions of many types, of indices and arithmetic too.
            throw ImageException.Damaged("its pixels cannot be decoded.", error);
        }
    }

    private static byte[] ToGray(Image<Rgba32> image, ImageHeader header)
    {
        var gray = new byte[image.Width * image.Height];
        var alpha = header.HasAlpha ? new byte[gray.Length] : null;
        image.ProcessPixelRows(pixels =>
        {
            var at = 0;
            for (var y = 0; y < pixels.Height; y++)
            {
                var row = pixels.GetRowSpan(y);
                for (var x = 0; x < row.Length; x++)
                {
                    var pixel = row[x];
                    gray[at] = Luma.Of(pixel.R, pixel.G, pixel.B);
                    if (alpha is not null)
                    {
                        // ImageSharp fills the rest of an animation's canvas with a colour that browsers do not show.
                        alpha[at] = header.Frame.Contains(x, y) ? pixel.A : (byte)0;
                    }

                    at++;
                }
            }
        });
        if (alpha is not null)
        {
            Transparency.Flatten(gray, alpha);
        }

        return gray;
    }
}
