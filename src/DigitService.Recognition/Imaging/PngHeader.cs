using System.Buffers.Binary;

namespace DigitService.Recognition.Imaging;

/// <summary>The chunks of a PNG (ISO/IEC 15948).</summary>
internal static class PngHeader
{
    private const int SignatureLength = 8;
    private const int Gray = 0;
    private const int AlphaFlag = 4;

    internal static ImageHeader Read(ReadOnlySpan<byte> encoded)
    {
        var reader = new HeaderReader(encoded);
        reader.Take(SignatureLength);
        if (reader.BigEndian32() != 13 || !reader.Take(4).SequenceEqual("IHDR"u8))
        {
            throw ImageException.Damaged("a PNG begins with an IHDR chunk, and this one does not.");
        }

        var (width, height) = ImageHeader.CheckSize(reader.BigEndian32(), reader.BigEndian32());
        var (bits, color) = (reader.Byte(), reader.Byte());
        var hasAlpha = (color & AlphaFlag) != 0;
        int? transparentLevel = null;
        reader.Take(3 + 4);

        var orientation = 1;
        var hasPixels = false;
        while (true)
        {
            long length = reader.BigEndian32();
            var type = reader.Take(4);
            var data = reader.Take(length);
            reader.Take(4);
            if (type.SequenceEqual("IEND"u8))
            {
                return hasPixels
                    ? new ImageHeader(ImageFormat.Png, width, height)
                    {
                        Orientation = orientation,
                        HasAlpha = hasAlpha,
                        TransparentLevel = transparentLevel,
                    }
                    : throw ImageException.Damaged("the PNG has no IDAT chunk.");
            }

            hasPixels |= type.SequenceEqual("IDAT"u8);
            if (type.SequenceEqual("tRNS"u8) && !hasPixels)
            {
                hasAlpha = true;
                transparentLevel ??= color == Gray && data.Length == 2 ? TransparentLevel(data, bits) : null;
            }
            else if (type.SequenceEqual("eXIf"u8))
            {
                orientation = ExifOrientation.Read(data);
            }
        }
    }

    /// <summary>
    /// The file without what does not belong to the picture, ready for a decoder. A text chunk of kilobytes unfolds to
    /// megabytes and libpng keeps a thousand of them: enough to fill a machine's memory from a file of some megabytes.
    /// </summary>
    internal static ReadOnlySpan<byte> WithoutMetadata(ReadOnlySpan<byte> encoded)
    {
        byte[]? kept = null;
        var keptLength = 0;
        var position = SignatureLength;
        while (position < encoded.Length)
        {
            var type = encoded.Slice(position + 4, 4);
            var length = BinaryPrimitives.ReadInt32BigEndian(encoded[position..]) + 12;
            var chunk = encoded.Slice(position, length);
            if (!IsNeeded(type) && kept is null)
            {
                kept = new byte[encoded.Length];
                encoded[..position].CopyTo(kept);
                keptLength = position;
            }
            else if (IsNeeded(type) && kept is not null)
            {
                chunk.CopyTo(kept.AsSpan(keptLength));
                keptLength += length;
            }

            position += length;
            if (type.SequenceEqual("IEND"u8))
            {
                break;
            }
        }

        return kept is null ? encoded[..position] : kept.AsSpan(0, keptLength);
    }

    // Fewer bits than 8 are stretched when they are decoded. Only as many as a sample has count.
    private static int TransparentLevel(ReadOnlySpan<byte> data, int bits)
    {
        var highest = bits is 1 or 2 or 4 or 8 ? (1 << bits) - 1 : ushort.MaxValue;
        var level = BinaryPrimitives.ReadUInt16BigEndian(data) & highest;
        return highest < byte.MaxValue ? level * byte.MaxValue / highest : level;
    }

    // Critical chunks have a capital first letter.
    private static bool IsNeeded(ReadOnlySpan<byte> type) => (type[0] & 0x20) == 0 || type.SequenceEqual("tRNS"u8);
}
