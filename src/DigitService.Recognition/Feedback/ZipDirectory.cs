using System.Buffers.Binary;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// Looks through the directory at the end of a ZIP before a library reads it, which takes memory for every entry that is
/// there (PKWARE, "APPNOTE", 4.3.12 and 4.3.16).
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int HeaderLength = 46;
    private const int LargestDirectory = 32 << 20;

    private static ReadOnlySpan<byte> End => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> Header => "PK\x01\x02"u8;

    /// <summary>Sees that an archive has no more entries than there may be.</summary>
    /// <param name="file">The archive, which can be sought.</param>
    /// <param name="maximum">Entries.</param>
    /// <exception cref="InvalidInputException">It has more, is none, or says of itself what is not so.</exception>
    internal static void Require(Stream file, int maximum)
    {
        var end = FindEnd(file);
        var (entries, length, start) = (
            BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10)),
            BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12)),
            BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16)));
        if (entries == ushort.MaxValue || start == uint.MaxValue || entries > maximum)
        {
            throw TooMany(maximum);
        }

        if (length > LargestDirectory || start + (long)length > file.Length)
        {
            throw new InvalidInputException(
                $"The ZIP is damaged, or its entries' names are too long: at most {LargestDirectory >> 20} MB of them are read.");
        }

        // A directory that goes on where it says that it ends is read to its end by others.
        file.Position = start;
        var directory = new BufferedStream(file, 64 << 10);
        var header = new byte[HeaderLength];
        for (var count = 0; directory.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) == HeaderLength && header.AsSpan().StartsWith(Header); count++)
        {
            if (count == maximum)
            {
                throw TooMany(maximum);
            }

            if (directory.Position - start > LargestDirectory)
            {
                throw new InvalidInputException($"The ZIP's entries' names are too long: at most {LargestDirectory >> 20} MB of them are read.");
            }

            var following = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
            directory.Seek(following, SeekOrigin.Current);
        }

        file.Position = 0;
    }

    private static byte[] FindEnd(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var place = tail.AsSpan().LastIndexOf(End);
        return place >= 0 && place <= tail.Length - EndLength
            ? tail[place..(place + EndLength)]
            : throw new InvalidInputException("This is not a ZIP, or its end is missing. Accepted is a ZIP of pictures in folders 0 to 9 and none.");
    }

    private static InvalidInputException TooMany(int maximum) =>
        new($"The ZIP has more than {maximum:N0} entries, or is one for more than 4 GB (ZIP64). Accepted are up to {maximum:N0}; split it.");
}
