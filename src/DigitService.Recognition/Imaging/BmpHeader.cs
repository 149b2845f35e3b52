namespace DigitService.Recognition.Imaging;

/// <summary>The headers of a BMP: the file's, then OS/2's (12 bytes) or Windows's (40 bytes and more).</summary>
internal static class BmpHeader
{
    private const int FileHeaderLength = 14;
    private const int CoreHeaderLength = 12;
    private const int AlphaHeaderLength = 56;

    internal static ImageHeader Read(ReadOnlySpan<byte> encoded)
    {
        var reader = new HeaderReader(encoded);
        reader.Take(10);
        long pixelsAt = reader.LittleEndian32();
        long headerLength = reader.LittleEndian32();
        if (headerLength is not (CoreHeaderLength or >= 40 and <= 256))
        {
            throw ImageException.Damaged($"a BMP's header has 12 bytes, or 40 and more; this one has {headerLength:N0}.");
        }

        var isCore = headerLength == CoreHeaderLength;
        long width = isCore ? reader.LittleEndian16() : (int)reader.LittleEndian32();

        // A negative height means that the rows are stored from the top.
        var height = isCore ? reader.LittleEndian16() : Math.Abs((long)(int)reader.LittleEndian32());
        ImageHeader.CheckSize(width, height);
        reader.Take(2);
        var bits = reader.LittleEndian16();
        var colors = 0L;
        var hasAlpha = false;
        if (!isCore)
        {
            hasAlpha = CheckCoding(encoded, bits, reader.LittleEndian32()) && headerLength >= AlphaHeaderLength;
            reader.Take(12);
            colors = reader.LittleEndian32();
        }

        if (bits is not (1 or 4 or 8 or 24 or 32) && (bits != 16 || isCore))
        {
            throw ImageException.NotSupported($"a BMP of {bits} bits a pixel");
        }

        CheckPixels(encoded.Length, pixelsAt, FileHeaderLength + headerLength + PaletteLength(bits, colors, isCore), width, height, bits);
        return new ImageHeader(ImageFormat.Bmp, (int)width, (int)height) { HasAlpha = hasAlpha };
    }

    // Uncompressed pixels, with the masks that nearly every program writes. Run-length coding is rare, and decoders of it
    // have a record of writing past their pictures. True if there is a mask for alpha, in a header that is long enough.
    private static bool CheckCoding(ReadOnlySpan<byte> encoded, int bits, uint coding)
    {
        const int Uncompressed = 0;
        const int Masks = 3;
        if (coding == Uncompressed)
        {
            return false;
        }

        if (coding != Masks || bits is not (16 or 32))
        {
            throw ImageException.NotSupported("a compressed BMP");
        }

        var reader = new HeaderReader(encoded);
        reader.Take(FileHeaderLength + 40);
        var masks = (reader.LittleEndian32(), reader.LittleEndian32(), reader.LittleEndian32());
        var isKnown = bits == 32
            ? masks is (0xFF0000, 0xFF00, 0xFF)
            : masks is (0xF800, 0x7E0, 0x1F) or (0x7C00, 0x3E0, 0x1F);
        if (!isKnown)
        {
            throw ImageException.NotSupported("a BMP with rare colour masks");
        }

        return bits == 32 && reader.Left >= 4 && reader.LittleEndian32() == 0xFF000000;
    }

    private static long PaletteLength(int bits, long colors, bool isCore)
    {
        if (bits > 8)
        {
            return 0;
        }

        return colors <= 256
            ? (colors == 0 ? 1 << bits : colors) * (isCore ? 3 : 4)
            : throw ImageException.Damaged($"a BMP's palette has at most 256 colours; this one has {colors:N0}.");
    }

    private static void CheckPixels(long length, long pixelsAt, long headersEnd, long width, long height, int bits)
    {
        var row = ((width * bits) + 31) / 32 * 4;
        if (pixelsAt < headersEnd || pixelsAt + (row * height) > length)
        {
            throw ImageException.Damaged("the BMP has no room for its pixels: it is cut off, or its header is wrong.");
        }
    }
}
