using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>PNG files of 8 bits a sample whose rows have any of the filters, written as the standard (9.2) puts it.</summary>
internal static class FilteredPng
{
    /// <param name="samples">The samples, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="color">The colour type: 0 gray, 2 colours, 4 and 6 with transparency.</param>
    /// <param name="filterOf">The filter of each row.</param>
    /// <param name="parts">How many IDAT chunks the pixels are divided into.</param>
    internal static byte[] Encode(byte[] samples, int width, int color, Func<int, int> filterOf, int parts = 1)
    {
        var pixel = color switch { 0 => 1, 4 => 2, 2 => 3, _ => 4 };
        var row = width * pixel;
        var filtered = new List<byte>();
        for (var start = 0; start < samples.Length; start += row)
        {
            var filter = filterOf(start / row);
            filtered.Add((byte)filter);
            for (var i = 0; i < row; i++)
            {
                var a = i < pixel ? 0 : samples[start + i - pixel];
                var b = start == 0 ? 0 : samples[start + i - row];
                var c = i < pixel || start == 0 ? 0 : samples[start + i - row - pixel];
                filtered.Add((byte)(samples[start + i] - Guess(filter, a, b, c)));
            }
        }

        return Wrap(Compress([.. filtered]), width, samples.Length / row, color, parts);
    }

    /// <summary>A file of compressed rows.</summary>
    internal static byte[] Wrap(byte[] compressed, int width, int height, int color, int parts = 1)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)color);
        var chunks = compressed.Chunk((compressed.Length + parts - 1) / parts).SelectMany(part => PngBomb.Chunk("IDAT"u8, part));
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
            .. PngBomb.Chunk("IHDR"u8, header), .. chunks, .. PngBomb.Chunk("IEND"u8, []),
        ];
    }

    internal static byte[] Compress(byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            zlib.Write(rows);
        }

        return compressed.ToArray();
    }

    private static int Guess(int filter, int a, int b, int c)
    {
        var (p, pa, pb, pc) = (a + b - c, Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - (2 * c)));
        return filter switch
        {
            1 => a,
            2 => b,
            3 => (a + b) / 2,
            4 => pa <= pb && pa <= pc ? a : pb <= pc ? b : c,
            _ => 0,
        };
    }
}
