using System.Buffers.Binary;

namespace DigitService.Recognition.Imaging;

/// <summary>The orientation that a camera writes into a photograph (Exif 2.3, tag 0x0112), and turning pictures by it.</summary>
internal static class ExifOrientation
{
    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;
    private const int EntryLength = 12;

    /// <summary>The orientation, 1 to 8, in the first directory of EXIF data; 1 if it is not there or makes no sense.</summary>
    internal static int Read(ReadOnlySpan<byte> exif)
    {
        // JPEG puts a name before the data; in PNG and WebP some programs do so too.
        exif = exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif;

        // Metadata beyond repair is no reason to refuse a picture.
        if (exif.Length < 8)
        {
            return 1;
        }

        var isLittle = exif[0] == 'I';
        var offset = Number32(exif[4..], isLittle);
        if (offset > (uint)exif.Length - 2)
        {
            return 1;
        }

        var directory = exif[(int)offset..];
        var entries = (int)Number16(directory, isLittle);
        for (directory = directory[2..]; entries > 0 && directory.Length >= EntryLength; entries--)
        {
            if (Number16(directory, isLittle) == OrientationTag)
            {
                var value = Number16(directory[8..], isLittle);
                return Number16(directory[2..], isLittle) == ShortType && value is >= 1 and <= 8 ? value : 1;
            }

            directory = directory[EntryLength..];
        }

        return 1;
    }

    /// <summary>The picture turned upright.</summary>
    internal static GrayImage Apply(GrayImage image, int orientation)
    {
        if (orientation == 1)
        {
            return image;
        }

        var (width, height) = (image.Width, image.Height);
        var isTransposed = orientation >= 5;
        var isMirrored = orientation is 2 or 3 or 7 or 8;
        var isFlipped = orientation is 3 or 4 or 6 or 7;

        // Orientations 5 to 8 have rows stored as columns. 6, the phone held upright, is a quarter turn clockwise.
        var turned = new byte[image.Pixels.Length];
        var (columns, rows) = isTransposed ? (height, width) : (width, height);
        var at = 0;
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var (storedX, storedY) = isTransposed ? (y, x) : (x, y);
                storedX = isMirrored ? width - 1 - storedX : storedX;
                storedY = isFlipped ? height - 1 - storedY : storedY;
                turned[at++] = image.Pixels[(storedY * width) + storedX];
            }
        }

        return new GrayImage(columns, rows, turned);
    }

    private static int Number16(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number32(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
