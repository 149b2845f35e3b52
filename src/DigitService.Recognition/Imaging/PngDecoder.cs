using System.Buffers;
using System.IO.Compression;

namespace DigitService.Recognition.Imaging;

/// <summary>
/// Decodes the PNG files that pages, programs and cameras write: 8 bits a sample, without palette, interlacing or a
/// transparent colour. What is gray, whatever its samples are, takes a fraction of the time of a library for all kinds,
/// which the other files are left to.
/// </summary>
internal static class PngDecoder
{
    // Rows are unfolded so many bytes at a time, which stay in the processor's cache.
    private const int StripBytes = 64 * 1024;

    private const int Gray = 0;
    private const int Colors = 2;
    private const int GrayAndAlpha = 4;
    private const int ColorsAndAlpha = 6;

    /// <summary>Whether the file is of a kind that is decoded here.</summary>
    /// <param name="encoded">A file that <see cref="ImageHeader.Read"/> has looked through.</param>
    /// <param name="header">What it says.</param>
    internal static bool CanDecode(ReadOnlySpan<byte> encoded, ImageHeader header)
    {
        const int Deflate = 0;
        const int FiveFilters = 0;
        const int NotInterlaced = 0;
        return header.Format == ImageFormat.Png
            && encoded[24..29] is [8, Gray or Colors or GrayAndAlpha or ColorsAndAlpha, Deflate, FiveFilters, NotInterlaced]
            && header.HasAlpha == encoded[25] is GrayAndAlpha or ColorsAndAlpha;
    }

    /// <summary>The gray levels of the pixels, transparency laid over paper.</summary>
    /// <exception cref="ImageException">The pixels cannot be decoded.</exception>
    internal static byte[] Decode(ReadOnlySpan<byte> encoded, ImageHeader header)
    {
        var compressed = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            using var file = new CompressedPixels(compressed, PngHeader.CopyPixels(encoded, compressed));
            using var rows = new ZLibStream(file, CompressionMode.Decompress);
            var samples = encoded[25] switch { Gray => 1, GrayAndAlpha => 2, Colors => 3, _ => 4 };
            var gray = Decode(rows, samples, header);
            ReadToEnd(rows);
            return file.IsOverrun ? throw new EndOfStreamException() : gray;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // ZLibException, for a stream that wants a dictionary, is an IOException.
            throw ImageException.Damaged("its pixels cannot be decoded.", error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    private static byte[] Decode(ZLibStream rows, int samples, ImageHeader header)
    {
        // The filter's number goes before each row.
        var (width, row) = (header.Width, 1 + (header.Width * samples));
        var picture = new Picture(width, header.Height, samples);
        var strip = ArrayPool<byte>.Shared.Rent(Math.Clamp(StripBytes / row, 1, header.Height) * row);
        try
        {
            for (var left = header.Height; left > 0;)
            {
                var count = Math.Min(strip.Length / row, left);
                rows.ReadExactly(strip, 0, count * row);
                for (var start = 0; start < count * row; start += row)
                {
                    picture.AddRow(strip[start], strip.AsSpan(start + 1, row - 1));
                }

                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(strip);
        }

        return picture.Flatten();
    }

    /// <summary>
    /// Compares zlib's checksum, which comes after the last row. As with libpng, more rows do no harm, whatever is wrong
    /// with them, but they must end. Few bytes may unfold to gigabytes of them: the end is looked for nearby only.
    /// </summary>
    private static void ReadToEnd(ZLibStream rows)
    {
        var isMore = rows.ReadByte() >= 0;
        try
        {
            for (var read = 0; isMore && read < StripBytes; read++)
            {
                isMore = rows.ReadByte() >= 0;
            }
        }
        catch (InvalidDataException)
        {
        }
    }

    /// <summary>A file that notices when more of it is wanted than there is: ZLibStream takes a missing checksum for its end.</summary>
    private sealed class CompressedPixels(byte[] bytes, int length) : MemoryStream(bytes, 0, length)
    {
        internal bool IsOverrun { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            IsOverrun |= read == 0;
            return read;
        }
    }

    /// <summary>
    /// A picture that is put together row by row. Filters know nothing of pixels: each sample is undone for itself, and
    /// green and blue not at all for as long as they are what red is, as on every page's canvas with black ink.
    /// </summary>
    private sealed class Picture(int width, int height, int samples)
    {
        private readonly byte[] _gray = new byte[width * height];
        private readonly byte[]? _alpha = samples is 2 or 4 ? new byte[width * height] : null;
        private byte[] _row = new byte[width * samples];
        private byte[] _above = new byte[width * samples];
        private bool _isGray = true;
        private int _position;

        internal void AddRow(int filter, ReadOnlySpan<byte> differences)
        {
            PngSamples.Split(differences, samples, _row);
            if (samples >= 3 && _isGray && !(Plane(_row, 1).SequenceEqual(Plane(_row, 0)) && Plane(_row, 2).SequenceEqual(Plane(_row, 0))))
            {
                _isGray = false;
                Plane(_above, 0).CopyTo(Plane(_above, 1));
                Plane(_above, 0).CopyTo(Plane(_above, 2));
            }

            for (var sample = 0; sample < samples; sample++)
            {
                if (!(_isGray && samples >= 3 && sample is 1 or 2))
                {
                    PngFilter.Undo(filter, Plane(_row, sample), Plane(_above, sample));
                }
            }

            var gray = _gray.AsSpan(_position, width);
            if (_isGray)
            {
                Plane(_row, 0).CopyTo(gray);
            }
            else
            {
                PngSamples.ToGray(_row, gray);
            }

            if (_alpha is not null)
            {
                Plane(_row, samples - 1).CopyTo(_alpha.AsSpan(_position));
            }

            _position += width;
            (_row, _above) = (_above, _row);
        }

        internal byte[] Flatten()
        {
            if (_alpha is not null)
            {
                Transparency.Flatten(_gray, _alpha);
            }

            return _gray;
        }

        private Span<byte> Plane(byte[] planes, int sample) => planes.AsSpan(sample * width, width);
    }
}
