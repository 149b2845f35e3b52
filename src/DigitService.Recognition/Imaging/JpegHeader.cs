namespace DigitService.Recognition.Imaging;

/// <summary>The segments of a JPEG (ITU-T T.81).</summary>
internal static class JpegHeader
{
    // Encoders make a progressive picture of about ten scans. Every scan walks over the whole picture again, however few
    // bytes it has, and a file of megabytes holds hundreds of thousands. The most that these bounds allow, 12 scans of 16
    // megapixels in 10 MB, took libjpeg-turbo 2.1 0.36 seconds when measured; a second is allowed.
    private const int MaxScans = 100;
    private const long MaxScannedPixels = 12L * ImageHeader.MaxPixels;

    internal static ImageHeader Read(ReadOnlySpan<byte> encoded)
    {
        var reader = new HeaderReader(encoded);
        reader.Take(2);
        ImageHeader? frame = null;
        var orientation = 1;
        var scans = 0;
        while (true)
        {
            var marker = NextMarker(ref reader);
            if (marker == 0xD9)
            {
                return scans > 0
                    ? frame! with { Orientation = orientation }
                    : throw ImageException.Damaged("the JPEG ends before its picture begins.");
            }

            var length = reader.BigEndian16() - 2;
            if (length < 0)
            {
                throw ImageException.Damaged("a JPEG segment has a length that makes no sense.");
            }

            var segment = reader.Take(length);
            if (IsFrame(marker))
            {
                frame = frame is null ? ReadFrame(marker, segment) : throw ImageException.Damaged("the JPEG has two frames.");
            }
            else if (marker == 0xE1 && segment.StartsWith("Exif\0\0"u8))
            {
                orientation = ExifOrientation.Read(segment);
            }
            else if (marker == 0xDA)
            {
                CheckScan(frame, ++scans);
            }
        }
    }

    private static ImageHeader ReadFrame(int marker, ReadOnlySpan<byte> segment)
    {
        // Baseline, extended and progressive with Huffman coding; the rest is arithmetic, lossless or hierarchical.
        if (marker is not (0xC0 or 0xC1 or 0xC2))
        {
            throw ImageException.NotSupported("a JPEG of a rare kind (arithmetic, lossless or hierarchical coding)");
        }

        var reader = new HeaderReader(segment);
        if (reader.Byte() != 8)
        {
            throw ImageException.NotSupported("a JPEG with other than 8 bits a sample");
        }

        var (height, width) = (reader.BigEndian16(), reader.BigEndian16());
        ImageHeader.CheckSize(width, height);
        return new ImageHeader(ImageFormat.Jpeg, width, height);
    }

    private static void CheckScan(ImageHeader? frame, int scans)
    {
        if (frame is null)
        {
            throw ImageException.Damaged("a scan of the JPEG comes before its frame.");
        }

        if (scans > MaxScans || (long)scans * frame.Width * frame.Height > MaxScannedPixels)
        {
            throw new ImageException(
                ImageFault.TooLarge, $"The JPEG has {scans} scans or more of {frame.Width:N0}×{frame.Height:N0} pixels, too many to read.");
        }
    }

    // Also passes over the coded pixels after a scan's header: there, a byte of 0xFF is followed by 0 or a restart marker.
    private static int NextMarker(ref HeaderReader reader)
    {
        while (true)
        {
            var start = reader.Rest.IndexOf((byte)0xFF);
            reader.Take(start < 0 ? reader.Left + 1L : start + 1);
            var marker = reader.Byte();
            while (marker == 0xFF)
            {
                marker = reader.Byte();
            }

            if (marker is not (0x00 or 0x01 or (>= 0xD0 and <= 0xD8)))
            {
                return marker;
            }
        }
    }

    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
