using System.IO.Compression;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>Unfolds the entries of an archive within what they may cost together. What an entry says of its size is not believed.</summary>
/// <param name="limits">What they may cost.</param>
internal sealed class ArchiveReader(FeedbackImportLimits limits)
{
    private const int Piece = 64 << 10;

    private long _bytesLeft = limits.MaximumBytes;
    private long _pixelsLeft = limits.MaximumPixels;

    /// <summary>Whether nothing more can be taken.</summary>
    internal bool IsExhausted { get; private set; }

    /// <summary>Sees that what the entries take in the file is there for each: in some bombs they all lie over one another.</summary>
    /// <exception cref="InvalidInputException">It is not.</exception>
    internal static void RequireApart(ZipArchive zip, long fileLength)
    {
        if (zip.Entries.Sum(entry => Math.Max(0, entry.CompressedLength)) > fileLength)
        {
            throw new InvalidInputException("The ZIP's entries lie over one another, as in files that are made to unfold without end. Nothing was taken in.");
        }
    }

    /// <summary>The bytes of an entry.</summary>
    /// <exception cref="ImageException">It is too large, or damaged. The message says which.</exception>
    internal byte[] ReadBytes(ZipArchiveEntry entry)
    {
        if (entry.Length > limits.MaximumPicture)
        {
            throw TooLarge();
        }

        try
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            var piece = new byte[Piece];
            while (content.Read(piece) is > 0 and var count)
            {
                _bytesLeft -= count;
                if (bytes.Length + count > limits.MaximumPicture)
                {
                    throw TooLarge();
                }

                Spend(_bytesLeft, "unfolds to more bytes");
                bytes.Write(piece, 0, count);
            }

            return ZipChecksum.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) == entry.Crc32
                ? bytes.ToArray()
                : throw ImageException.Damaged("its checksum is not the one in the ZIP.");
        }
        catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException or ArgumentException)
        {
            throw ImageException.Damaged($"it cannot be unfolded ({error.Message})", error);
        }
    }

    /// <summary>The pixels of a picture.</summary>
    /// <exception cref="ImageException">It is none that is read, or too large.</exception>
    internal GrayImage Decode(ReadOnlySpan<byte> picture)
    {
        _pixelsLeft -= PictureSize.CountPixels(picture);
        Spend(_pixelsLeft, "has more pixels");
        return ImageDecoder.Default.Decode(picture);
    }

    private void Spend(long left, string what)
    {
        if (left < 0)
        {
            IsExhausted = true;
            throw new ImageException(ImageFault.TooLarge, $"The ZIP {what} than are accepted at once, from here on. Split it.");
        }
    }

    private ImageException TooLarge() => new(
        ImageFault.TooLarge, FormattableString.Invariant($"It unfolds to more than {limits.MaximumPicture:N0} bytes, which is the most that a picture may have."));
}
