using System.Buffers.Binary;
using System.Text;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Imaging;

/// <summary>The chunks of a PNG (ISO/IEC 15948).</summary>
internal static class PngHeader
{
    private const int SignatureLength = 8;
    private const int HeaderLength = 13;
    private const int Gray = 0;
    private const int AlphaFlag = 4;

    internal static ImageHeader Read(ReadOnlySpan<byte> encoded)
    {
        var reader = new HeaderReader(encoded);
        reader.Take(SignatureLength);
        if (reader.BigEndian32() != HeaderLength || !reader.Take(4).SequenceEqual("IHDR"u8))
        {
            throw ImageException.Damaged("a PNG begins with an IHDR chunk, and this one does not.");
        }

        var (width, height) = ImageHeader.CheckSize(reader.BigEndian32(), reader.BigEndian32());
        var (bits, color) = (reader.Byte(), reader.Byte());
        var header = new ImageHeader(ImageFormat.Png, width, height) { HasAlpha = (color & AlphaFlag) != 0 };
        reader.Take(3);
        RequireChecksum(encoded[(SignatureLength + 4)..reader.Position], reader.BigEndian32());

        var (hasPixels, isAmongPixels) = (false, false);
        while (true)
        {
            long length = reader.BigEndian32();
            var chunk = reader.Take(4 + length);
            var type = chunk[..4];
            var data = chunk[4..];
            if (!IsName(type))
            {
                throw ImageException.Damaged("a chunk of the PNG has a name that is not of four letters.");
            }

            // libpng leaves out what is not critical where it is damaged; none of that is worth refusing a picture either.
            var checksum = reader.BigEndian32();
            if (IsCritical(type))
            {
                RequireChecksum(chunk, checksum);
            }

            var isPixels = type.SequenceEqual("IDAT"u8);
            if (type.SequenceEqual("IEND"u8))
            {
                return hasPixels ? header : throw ImageException.Damaged("the PNG has no IDAT chunk.");
            }

            if (IsCritical(type) && !isPixels && !type.SequenceEqual("PLTE"u8))
            {
                throw ImageException.Damaged($"the PNG has a chunk {Encoding.ASCII.GetString(type)} where none may be.");
            }

            if (isPixels && hasPixels && !isAmongPixels)
            {
                throw ImageException.Damaged("the IDAT chunks of the PNG do not follow one another.");
            }

            (hasPixels, isAmongPixels) = (hasPixels || isPixels, isPixels);
            if (type.SequenceEqual("tRNS"u8) && !hasPixels)
            {
                var level = color == Gray && data.Length == 2 ? TransparentLevel(data, bits) : (int?)null;
                header = header with { HasAlpha = true, TransparentLevel = header.TransparentLevel ?? level };
            }
            else if (type.SequenceEqual("eXIf"u8))
            {
                header = header with { Orientation = ExifOrientation.Read(data) };
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

    /// <summary>Puts the compressed pixels of a file that <see cref="Read"/> has looked through in a row.</summary>
    /// <returns>How many bytes they have.</returns>
    internal static int CopyPixels(ReadOnlySpan<byte> encoded, Span<byte> target)
    {
        var length = 0;
        for (var position = SignatureLength; ;)
        {
            var type = encoded.Slice(position + 4, 4);
            var data = encoded.Slice(position + 8, BinaryPrimitives.ReadInt32BigEndian(encoded[position..]));
            if (type.SequenceEqual("IEND"u8))
            {
                return length;
            }

            if (type.SequenceEqual("IDAT"u8))
            {
                data.CopyTo(target[length..]);
                length += data.Length;
            }

            position += data.Length + 12;
        }
    }

    // Fewer bits than 8 are stretched when they are decoded. Only as many as a sample has count.
    private static int TransparentLevel(ReadOnlySpan<byte> data, int bits)
    {
        var highest = bits is 1 or 2 or 4 or 8 ? (1 << bits) - 1 : ushort.MaxValue;
        var level = BinaryPrimitives.ReadUInt16BigEndian(data) & highest;
        return highest < byte.MaxValue ? level * byte.MaxValue / highest : level;
    }

    private static bool IsNeeded(ReadOnlySpan<byte> type) => IsCritical(type) || type.SequenceEqual("tRNS"u8);

    // Their names have a capital first letter: no picture can be shown without understanding them.
    private static bool IsCritical(ReadOnlySpan<byte> type) => (type[0] & 0x20) == 0;

    private static bool IsName(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="chunk">A chunk's name and data.</param>
    /// <param name="checksum">What the file says of them.</param>
    private static void RequireChecksum(ReadOnlySpan<byte> chunk, uint checksum)
    {
        if (ZipChecksum.Of(chunk) != checksum)
        {
            throw ImageException.Damaged($"the checksum of its {Encoding.ASCII.GetString(chunk[..4])} chunk is wrong.");
        }
    }
}
