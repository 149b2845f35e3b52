using System.Numerics;

namespace DigitService.Recognition.Imaging;

/// <summary>The paper behind the ink of a photograph, where light and shadow make it uneven.</summary>
internal static class Background
{
    // Shares of the longer side: no stroke is as wide as the first, and few are wider than the others, while the loops of
    // digits and the squares of paper are.
    private const double WidestStroke = 0.25;
    private const double UsualStroke = 0.09;
    private const double NarrowStroke = 0.1;

    // Of an outline. The corner of a sheet falls off at half of its own; thick ink of which a part is taken for paper, at more.
    private const double LeastOfInk = 0.65;

    private const double ClearMajority = 1.2;
    private const double DarkPaper = 110;

    /// <summary>
    /// Whether the ink is lighter than the paper. Loops and gaps are narrow too, and of the paper's side: what tells ink is
    /// that they go with it, while it stays without them. So the narrow dark is taken away and the light that is left
    /// counted, and the other way round. Where strokes are too thick to go, they are more than what they enclose. Where
    /// there is about as much of both, as on empty paper, a dark border is a blackboard's.
    /// </summary>
    internal static bool IsInkLight(GrayImage picture)
    {
        var light = EnergyWithout(Negative(picture.Pixels), picture.Width, picture.Height);
        var dark = EnergyWithout(picture.Pixels, picture.Width, picture.Height);
        return light > ClearMajority * dark || (dark <= ClearMajority * light && picture.Border().Average(pixel => pixel) < DarkPaper);
    }

    /// <summary>The paper, where ink is the lighter: the picture without what is light and no wider than strokes.</summary>
    internal static byte[] Paper(byte[] pixels, int width, int height) =>
        Opening(pixels, width, height, Radius(width, height, WidestStroke));

    /// <summary>The same if no stroke is wide: then it keeps what is between two shadows, or at the corner of a sheet.</summary>
    internal static byte[] PaperOfNarrowStrokes(byte[] pixels, int width, int height) =>
        Opening(pixels, width, height, Radius(width, height, NarrowStroke));

    internal static byte[] Negative(byte[] pixels)
    {
        var negative = new byte[pixels.Length];
        for (var i = 0; i < negative.Length; i++)
        {
            negative[i] = (byte)(255 - pixels[i]);
        }

        return negative;
    }

    /// <summary>
    /// The opening (erosion, then dilation) by a square: what is light and narrower vanishes; what is wider keeps its
    /// edges, as shadows must. Squares that lie partly beyond the border count, so that of a corner in the light all
    /// stays, however narrow it is.
    /// </summary>
    private static byte[] Opening(byte[] pixels, int width, int height, int radius)
    {
        // Windows begin at their upper left: a margin of two radii holds those of erosion and of dilation.
        var (margin, window) = (2 * radius, (2 * radius) + 1);
        var (stride, rows) = (width + (2 * margin), height + (2 * margin));
        var padded = new byte[stride * rows];
        Array.Fill(padded, byte.MaxValue);
        for (var y = 0; y < height; y++)
        {
            pixels.AsSpan(y * width, width).CopyTo(padded.AsSpan(((y + margin) * stride) + margin));
        }

        Slide(padded, 1, window, isErosion: true);
        Slide(padded, stride, window, isErosion: true);
        Slide(padded, 1, window, isErosion: false);
        Slide(padded, stride, window, isErosion: false);

        var opened = new byte[pixels.Length];
        for (var y = 0; y < height; y++)
        {
            padded.AsSpan(y * stride, width).CopyTo(opened.AsSpan(y * width));
        }

        return opened;
    }

    /// <summary>
    /// Replaces each value by the least, or the greatest, of the window that begins with it: windows of twice the length
    /// from two of half the length, as in a sparse table. What runs over the end of a row is not used afterwards.
    /// </summary>
    private static void Slide(Span<byte> values, int step, int window, bool isErosion)
    {
        var length = 1;
        while (length < window)
        {
            var shift = Math.Min(length, window - length);
            Combine(values, shift * step, isErosion);
            length += shift;
        }
    }

    private static void Combine(Span<byte> values, int shift, bool isErosion)
    {
        var (i, count) = (0, values.Length - shift);
        for (; i + Vector<byte>.Count <= count; i += Vector<byte>.Count)
        {
            var (near, far) = (new Vector<byte>(values[i..]), new Vector<byte>(values[(i + shift)..]));
            (isErosion ? Vector.Min(near, far) : Vector.Max(near, far)).CopyTo(values[i..]);
        }

        for (; i < count; i++)
        {
            values[i] = isErosion ? Math.Min(values[i], values[i + shift]) : Math.Max(values[i], values[i + shift]);
        }
    }

    private static int Radius(int width, int height, double share) => Math.Max(1, (int)(share * Math.Max(width, height) / 2));

    /// <summary>How much is dark, and no wider than a stroke, once what is light and no wider than most strokes is gone.</summary>
    private static long EnergyWithout(byte[] light, int width, int height)
    {
        var rest = Negative(Opening(light, width, height, Radius(width, height, UsualStroke)));
        return Energy(new Surface(rest, Paper(rest, width, height)), width, height);
    }

    // Squares count noise for little; what is fainter than ink, or does not end as strokes do, counts for nothing.
    private static long Energy(Surface surface, int width, int height)
    {
        var mask = new byte[width * height];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = surface.Levels[i] - surface.Paper[i] > InkMap.FaintestInk ? (byte)1 : (byte)0;
        }

        var labels = new Components(mask, width, height);
        var outlines = new Outlines(labels, mask, surface);
        var ending = labels.All().Select(component => component.Label)
            .Where(label => outlines.FallingShare([label]) >= LeastOfInk)
            .ToHashSet();
        var energy = 0L;
        foreach (var run in labels.Runs.Where(run => ending.Contains(labels.Label(run))))
        {
            for (var x = run.Start; x < run.End; x++)
            {
                var i = (run.Y * width) + x;
                var difference = surface.Levels[i] - surface.Paper[i] - InkMap.FaintestInk;
                energy += difference * difference;
            }
        }

        return energy;
    }
}
