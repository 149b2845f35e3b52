using System.Buffers.Binary;
using System.IO.Compression;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>Makes chunks that hold far more than they look.</summary>
internal static class PngBomb
{
    /// <summary>A compressed text chunk.</summary>
    /// <param name="unfolded">How many bytes its text has.</param>
    internal static byte[] Text(int unfolded)
    {
        var text = new MemoryStream();
        text.Write("Comment\0\0"u8);
        using (var zlib = new ZLibStream(text, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[unfolded]);
        }

        return Chunk("zTXt"u8, text.ToArray());
    }

    internal static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] content = [.. type, .. data];
        var chunk = new byte[content.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        content.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 4), ZipChecksum.Of(content));
        return chunk;
    }
}
