using System.Buffers.Binary;
using System.IO.Compression;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Evaluation;

/// <summary>Writes PNG files of 8-bit gray (W3C, "Portable Network Graphics", third edition).</summary>
public static class GrayPng
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="pixels">Row by row, 0 for black and 255 for white.</param>
    /// <param name="width">Pixels in a row, 1 or more.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width)
    {
        var height = pixels.Length / width;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;

        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, width));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The file as an address that holds the picture itself.</summary>
    public static string DataUri(ReadOnlySpan<byte> pixels, int width) =>
        $"data:image/png;base64,{Convert.ToBase64String(Encode(pixels, width))}";

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int width)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            for (var start = 0; start < pixels.Length; start += width)
            {
                const byte NoFilter = 0;
                zlib.WriteByte(NoFilter);
                zlib.Write(pixels.Slice(start, width));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] checkedPart = [.. type, .. data];
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, ZipChecksum.Of(checkedPart));
        file.Write(number);
    }
}
