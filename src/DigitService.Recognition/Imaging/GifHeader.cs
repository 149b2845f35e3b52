namespace DigitService.Recognition.Imaging;

/// <summary>The blocks of a GIF (version 89a) up to the end of its first image.</summary>
internal static class GifHeader
{
    private const int Extension = 0x21;
    private const int Image = 0x2C;
    private const int GraphicControl = 0xF9;
    private const int TableFlag = 0x80;

    internal static ImageHeader Read(ReadOnlySpan<byte> encoded)
    {
        var reader = new HeaderReader(encoded);
        reader.Take(6);
        var (width, height) = ImageHeader.CheckSize(reader.LittleEndian16(), reader.LittleEndian16());
        int flags = reader.Byte();
        reader.Take(2);
        reader.Take(TableLength(flags));
        var hasTable = (flags & TableFlag) != 0;
        var hasTransparency = false;
        while (true)
        {
            switch (reader.Byte())
            {
                case Extension:
                    var isControl = reader.Byte() == GraphicControl;
                    var start = reader.Rest;
                    SkipBlocks(ref reader);
                    hasTransparency = isControl ? start[0] == 4 && (start[1] & 1) != 0 : hasTransparency;
                    break;
                case Image:
                    var frame = ReadImage(ref reader, width, height, hasTable);
                    var isWhole = frame.Width == width && frame.Height == height;
                    return new ImageHeader(ImageFormat.Gif, width, height) { HasAlpha = hasTransparency || !isWhole, Frame = frame };
                default:
                    throw ImageException.Damaged("the GIF holds no image where one should begin.");
            }
        }
    }

    /// <summary>Walks over the first image; gives its place on the screen.</summary>
    private static Box ReadImage(ref HeaderReader reader, int screenWidth, int screenHeight, bool hasTable)
    {
        var (x, y) = (reader.LittleEndian16(), reader.LittleEndian16());
        var (width, height) = ImageHeader.CheckSize(reader.LittleEndian16(), reader.LittleEndian16());
        if (x + width > screenWidth || y + height > screenHeight)
        {
            throw ImageException.Damaged("the first image of the GIF does not fit its screen.");
        }

        int flags = reader.Byte();
        if (!hasTable && (flags & TableFlag) == 0)
        {
            throw ImageException.Damaged("the GIF has no colours.");
        }

        reader.Take(TableLength(flags));
        if (reader.Byte() is < 1 or > 11)
        {
            throw ImageException.Damaged("the GIF's first image has a code size that makes no sense.");
        }

        SkipBlocks(ref reader);
        return new Box(x, y, width, height);
    }

    private static int TableLength(int flags) => (flags & TableFlag) != 0 ? 3 << ((flags & 7) + 1) : 0;

    private static void SkipBlocks(ref HeaderReader reader)
    {
        int length;
        do
        {
            length = reader.Byte();
            reader.Take(length);
        }
        while (length > 0);
    }
}
