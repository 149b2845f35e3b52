namespace DigitService.Recognition.Imaging;

/// <summary>Lays a picture with transparent pixels over paper.</summary>
internal static class Transparency
{
    private const int Opaque = 255;

    /// <summary>
    /// Lays <paramref name="gray"/> over the colour that <see cref="Paper"/> finds, in place.
    /// </summary>
    /// <param name="gray">A gray level for each pixel, not multiplied by alpha.</param>
    /// <param name="alpha">0 transparent to 255 opaque, for each pixel.</param>
    internal static void Flatten(Span<byte> gray, ReadOnlySpan<byte> alpha)
    {
        if (alpha.IndexOfAnyExcept((byte)Opaque) < 0)
        {
            return;
        }

        int paper = Paper(gray, alpha);
        for (var i = 0; i < gray.Length; i++)
        {
            gray[i] = (byte)(((gray[i] * alpha[i]) + (paper * (Opaque - alpha[i])) + (Opaque / 2)) / Opaque);
        }
    }

    /// <summary>
    /// Black or white. Where little is opaque, that is the ink, drawn on a transparent canvas, and the paper is its
    /// opposite: neither black nor white ink vanishes. Where most is opaque, that is ink and paper together, and the
    /// transparent rest takes the paper's side.
    /// </summary>
    private static byte Paper(ReadOnlySpan<byte> gray, ReadOnlySpan<byte> alpha)
    {
        var (weight, sum) = (0L, 0L);
        for (var i = 0; i < gray.Length; i++)
        {
            weight += alpha[i];
            sum += gray[i] * alpha[i];
        }

        var isLight = sum * 2 >= weight * 255;
        var isInk = weight * 2 < 255L * gray.Length;
        return isLight == isInk ? (byte)0 : (byte)255;
    }
}
