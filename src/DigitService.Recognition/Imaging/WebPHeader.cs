using System.Buffers.Binary;

namespace DigitService.Recognition.Imaging;

/// <summary>Where the first frame of an animation lies on its canvas, and the frame as a WebP of its own.</summary>
internal sealed record WebPFrame(int X, int Y, int Width, int Height, byte[] Encoded);

/// <summary>The chunks of a WebP (RFC 9649).</summary>
internal static class WebPHeader
{
    private const int AnimationFlag = 0x02;
    private const int AlphaFlag = 0x10;
    private const int FrameHeaderLength = 16;

    internal static ImageHeader Read(ReadOnlySpan<byte> encoded)
    {
        var reader = Body(encoded);
        var orientation = 1;
        var canvas = ReadCanvas(encoded);
        var isAnimated = IsAnimated(encoded);
        ImageHeader? picture = null;
        while (reader.Left >= 8)
        {
            var (type, data) = NextChunk(ref reader);
            if (type.SequenceEqual("EXIF"u8))
            {
                orientation = ExifOrientation.Read(data);
            }
            else if (!isAnimated)
            {
                picture ??= ReadBitstream(type, data);
            }
            else if (type.SequenceEqual("ANMF"u8))
            {
                picture ??= ReadFrame(data, canvas!);
            }
        }

        picture = picture ?? throw ImageException.Damaged("the WebP holds no picture.");
        return canvas is null || isAnimated || (canvas.Width == picture.Width && canvas.Height == picture.Height)
            ? (canvas ?? picture) with
            {
                Orientation = orientation,
                HasAlpha = isAnimated || (canvas ?? picture).HasAlpha,
                Frame = picture.Frame,
            }
            : throw ImageException.Damaged("the WebP gives its picture two sizes.");
    }

    /// <summary>The first frame of a file that <see cref="Read"/> has accepted; null if it is no animation.</summary>
    internal static WebPFrame? FirstFrame(ReadOnlySpan<byte> encoded)
    {
        var reader = Body(encoded);
        while (IsAnimated(encoded) && reader.Left >= 8)
        {
            var (type, data) = NextChunk(ref reader);
            if (type.SequenceEqual("ANMF"u8))
            {
                var (x, y, width, height) = ReadPlace(data);
                return new WebPFrame(x, y, width, height, Still(width, height, data[FrameHeaderLength..]));
            }
        }

        return null;
    }

    private static HeaderReader Body(ReadOnlySpan<byte> encoded)
    {
        var length = 8L + BinaryPrimitives.ReadUInt32LittleEndian(encoded[4..]);
        if (length < 12)
        {
            throw ImageException.Damaged("the WebP states a length that makes no sense.");
        }

        var body = new HeaderReader(new HeaderReader(encoded).Take(length));
        body.Take(12);
        return body;
    }

    private static bool IsAnimated(ReadOnlySpan<byte> encoded) => IsExtended(encoded) && (encoded[20] & AnimationFlag) != 0;

    private static bool IsExtended(ReadOnlySpan<byte> encoded) => encoded.Length >= 30 && encoded[12..16].SequenceEqual("VP8X"u8);

    /// <summary>The canvas of the extended format, whose first chunk it is; null for the simple one.</summary>
    private static ImageHeader? ReadCanvas(ReadOnlySpan<byte> encoded)
    {
        if (!IsExtended(encoded))
        {
            return null;
        }

        var reader = new HeaderReader(encoded[20..]);
        var hasAlpha = (reader.LittleEndian32() & AlphaFlag) != 0;
        return Size(reader.LittleEndian24() + 1, reader.LittleEndian24() + 1) with { HasAlpha = hasAlpha };
    }

    private static ImageHeader ReadFrame(ReadOnlySpan<byte> data, ImageHeader canvas)
    {
        var (x, y, width, height) = ReadPlace(data);
        if (x + width > canvas.Width || y + height > canvas.Height)
        {
            throw ImageException.Damaged("a frame of the WebP does not fit its canvas.");
        }

        var reader = new HeaderReader(data[FrameHeaderLength..]);
        while (reader.Left >= 8)
        {
            var (type, bitstream) = NextChunk(ref reader);
            if (ReadBitstream(type, bitstream) is { } picture)
            {
                return picture.Width == width && picture.Height == height
                    ? picture with { Frame = new Box(x, y, width, height) }
                    : throw ImageException.Damaged("the WebP gives its first frame two sizes.");
            }
        }

        throw ImageException.Damaged("the first frame of the WebP holds no picture.");
    }

    private static (int X, int Y, int Width, int Height) ReadPlace(ReadOnlySpan<byte> data)
    {
        var reader = new HeaderReader(new HeaderReader(data).Take(FrameHeaderLength));
        var (x, y) = (2 * reader.LittleEndian24(), 2 * reader.LittleEndian24());
        return (x, y, reader.LittleEndian24() + 1, reader.LittleEndian24() + 1);
    }

    private static ImageHeader? ReadBitstream(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var reader = new HeaderReader(data);
        if (type.SequenceEqual("VP8 "u8))
        {
            reader.Take(3);
            return reader.Take(3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
                ? Size(reader.LittleEndian16() & 0x3FFF, reader.LittleEndian16() & 0x3FFF)
                : throw ImageException.Damaged("the WebP does not begin with a key frame.");
        }

        if (!type.SequenceEqual("VP8L"u8))
        {
            return null;
        }

        if (reader.Byte() != 0x2F)
        {
            throw ImageException.Damaged("the WebP's lossless picture has no signature.");
        }

        var bits = reader.LittleEndian32();
        return Size((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1) with { HasAlpha = (bits & (1 << 28)) != 0 };
    }

    private static ImageHeader Size(long width, long height)
    {
        ImageHeader.CheckSize(width, height);
        return new ImageHeader(ImageFormat.WebP, (int)width, (int)height);
    }

    private static byte[] Still(int width, int height, ReadOnlySpan<byte> chunks)
    {
        var still = new byte[30 + chunks.Length];
        "RIFF\0\0\0\0WEBPVP8X\n\0\0\0"u8.CopyTo(still);
        BinaryPrimitives.WriteInt32LittleEndian(still.AsSpan(4), still.Length - 8);
        still[20] = AlphaFlag;
        BinaryPrimitives.WriteInt32LittleEndian(still.AsSpan(24), width - 1);
        BinaryPrimitives.WriteInt16LittleEndian(still.AsSpan(27), (short)(height - 1));
        chunks.CopyTo(still.AsSpan(30));
        return still;
    }

    // Chunks are padded to an even length; some programs leave the last one's padding out.
    private static Chunk NextChunk(ref HeaderReader reader)
    {
        var type = reader.Take(4);
        long length = reader.LittleEndian32();
        var data = reader.Take(length);
        reader.Take(Math.Min(length & 1, reader.Left));
        return new Chunk(type, data);
    }

    private readonly ref struct Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _type = type;
        private readonly ReadOnlySpan<byte> _data = data;

        internal void Deconstruct(out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
        {
            type = _type;
            data = _data;
        }
    }
}
