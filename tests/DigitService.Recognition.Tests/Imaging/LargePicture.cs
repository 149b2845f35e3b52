using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>Files of pictures of megapixels, made by code: a black stroke on white paper.</summary>
internal static class LargePicture
{
    internal static IReadOnlyList<(int Width, int Height)> Sizes { get; } = [(1200, 1600), (3000, 2000), (30, 32_000), (2500, 2500)];

    /// <summary>A gray PNG, one of colours with 16 bits a sample, and a BMP with a palette of two colours.</summary>
    internal static IEnumerable<byte[]> Encoded(int width, int height) =>
        [Png(width, height, bits: 8, color: 0), Png(width, height, bits: 16, color: 6), Bmp(width, height)];

    internal static byte[] Png(int width, int height, int bits, int color)
    {
        var samples = color == 6 ? 4 : 1;
        var pixel = samples * bits / 8;
        var white = Enumerable.Repeat((byte)255, (width * pixel) + 1).ToArray();
        white[0] = 0;
        var marked = (byte[])white.Clone();
        marked.AsSpan(1 + (width / 3 * pixel), width / 4 * pixel).Clear();
        var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.Write(y > height / 4 && y < height / 2 ? marked : white);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)bits, (byte)color);
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
            .. PngBomb.Chunk("IHDR"u8, header), .. PngBomb.Chunk("IDAT"u8, pixels.ToArray()), .. PngBomb.Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Bmp(int width, int height)
    {
        const int PixelsAt = 14 + 40 + 8;
        var row = (width + 31) / 32 * 4;
        var file = new byte[PixelsAt + (row * height)];
        "BM"u8.CopyTo(file);
        (int At, int Value)[] fields = [(2, file.Length), (10, PixelsAt), (14, 40), (18, width), (22, height), (26, 1 | (1 << 16))];
        foreach (var (at, value) in fields)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        // The second colour is white.
        file.AsSpan(PixelsAt - 4).Fill(255);
        for (var y = height / 4; y < height / 2; y++)
        {
            file.AsSpan(PixelsAt + (y * row) + (row / 3), row / 4).Clear();
        }

        return file;
    }
}
