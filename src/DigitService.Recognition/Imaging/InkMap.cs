using System.Numerics;

namespace DigitService.Recognition.Imaging;

/// <summary>How much darker, or lighter, than the paper around it each pixel of a picture is.</summary>
/// <param name="Strength">0 for paper to 255, for each pixel.</param>
/// <param name="InkLevel">The strength that the ink has in the mean.</param>
/// <param name="FullLevel">The strength of full ink.</param>
/// <param name="Threshold">The strength that paper, and what is printed on it, rarely reaches.</param>
/// <param name="Softest">The strength up to which a pixel beside ink is paper.</param>
/// <param name="Surface">What it was measured on; null on clean paper.</param>
internal sealed record InkMap(byte[] Strength, int InkLevel, int FullLevel, int Threshold, int Softest, Surface? Surface)
{
    // Of 255. A pencil's faintest stroke has about 30.
    internal const int FaintestInk = 14;

    // Shares of the ink's strength. Edges are softer; they are taken in afterwards, around what is ink for certain.
    private const double CleanThreshold = 0.3;
    private const double UnevenThreshold = 0.5;
    private const int HighestFloor = 128;
    private const int NearPaper = 2;
    private const double CleanShare = 0.35;
    private const double EvenShare = 0.9;

    /// <summary>Whether the paper has one level, so that whatever is off it was put there.</summary>
    internal bool IsOnCleanPaper => Softest == 0;

    /// <summary>Null if nothing stands out from the paper.</summary>
    internal static InkMap? Of(GrayImage picture)
    {
        Span<int> histogram = stackalloc int[256];
        Count(picture.Pixels, histogram);
        if (CleanPaper(picture, histogram) is { } paper)
        {
            return OnCleanPaper(picture, paper, histogram);
        }

        // Ink is made the lighter one of the two.
        var levels = Background.IsInkLight(picture) ? picture.Pixels : Background.Negative(picture.Pixels);
        return OnUnevenPaper(new Surface(levels, Background.Paper(levels, picture.Width, picture.Height)));
    }

    /// <summary>
    /// The same for narrow strokes alone, which keeps closer to uneven light; null on clean paper, or if nothing stands out.
    /// </summary>
    internal InkMap? OfNarrowStrokes(int width, int height) => Surface is null
        ? null
        : OnUnevenPaper(Surface with { Paper = Background.PaperOfNarrowStrokes(Surface.Levels, width, height) });

    /// <summary>
    /// The one level that the paper of a drawing program or a scan has; null if there is no such level. A part of a
    /// photograph that is evenly lit is not all of the border, nor is it quite even.
    /// </summary>
    private static int? CleanPaper(GrayImage picture, ReadOnlySpan<int> histogram)
    {
        Span<int> near = stackalloc int[256];
        for (var i = 0; i < 256; i++)
        {
            for (var j = Math.Max(0, i - NearPaper); j <= Math.Min(255, i + NearPaper); j++)
            {
                near[i] += histogram[j];
            }
        }

        var paper = Peak(histogram, -1);
        if (near[paper] < CleanShare * picture.Pixels.Length)
        {
            return null;
        }

        // Thick ink may cover as much as paper does: then paper is what lies along the border.
        var other = Peak(histogram, paper);
        paper = near[other] * 2 > near[paper] && BorderShare(picture, other) > BorderShare(picture, paper) ? other : paper;
        return histogram[paper] >= EvenShare * near[paper] || BorderShare(picture, paper) >= EvenShare ? paper : null;
    }

    private static int Peak(ReadOnlySpan<int> histogram, int awayFrom)
    {
        const int Apart = 32;
        var best = awayFrom < 0 ? 0 : (awayFrom + 128) % 256;
        for (var i = 0; i < 256; i++)
        {
            var isAway = awayFrom < 0 || Math.Abs(i - awayFrom) >= Apart;
            if (isAway && histogram[i] > histogram[best])
            {
                best = i;
            }
        }

        return best;
    }

    private static double BorderShare(GrayImage picture, int level) =>
        picture.Border().Average(pixel => Math.Abs(pixel - level) <= NearPaper ? 1.0 : 0);

    private static InkMap? OnCleanPaper(GrayImage picture, int paper, ReadOnlySpan<int> histogram)
    {
        var balance = 0L;
        for (var level = 0; level < histogram.Length; level++)
        {
            // A level or two beside the paper's are paper too, and there may be more of them than of ink.
            balance += Math.Abs(level - paper) <= NearPaper ? 0 : (long)(level - paper) * histogram[level];
        }

        var isLight = balance > 0;
        var room = isLight ? 255 - paper : paper;
        if (room == 0)
        {
            return null;
        }

        Span<int> strengths = stackalloc int[256];
        for (var level = 0; level < histogram.Length; level++)
        {
            strengths[Math.Max(0, isLight ? level - paper : paper - level)] += histogram[level];
        }

        return Make(StrengthOf(picture.Pixels, (byte)paper, isLight), strengths, FaintestInk, CleanThreshold, 0, null);
    }

    private static byte[] StrengthOf(byte[] pixels, byte paper, bool isLight)
    {
        var strength = new byte[pixels.Length];
        var (i, papers) = (0, new Vector<byte>(paper));
        for (; i + Vector<byte>.Count <= pixels.Length; i += Vector<byte>.Count)
        {
            var levels = new Vector<byte>(pixels, i);
            (isLight ? Vector.Max(levels, papers) - papers : papers - Vector.Min(levels, papers)).CopyTo(strength, i);
        }

        for (; i < pixels.Length; i++)
        {
            strength[i] = (byte)Math.Max(0, isLight ? pixels[i] - paper : paper - pixels[i]);
        }

        return strength;
    }

    private static InkMap? OnUnevenPaper(Surface surface)
    {
        var (light, paper) = surface;
        var strength = new byte[light.Length];
        Span<int> histogram = stackalloc int[256];
        for (var i = 0; i < strength.Length; i++)
        {
            // Light falls on ink and paper alike: what counts is which share of it the ink swallows.
            strength[i] = (byte)Math.Min(255, (light[i] - paper[i]) * 255 / Math.Max(32, 255 - paper[i]));
            histogram[strength[i]]++;
        }

        // Most of the picture is paper: its strengths tell the noise.
        var median = Quantile(histogram, strength.Length, 0.5);
        var spread = Math.Max(1, median - Quantile(histogram, strength.Length, 0.16));
        for (var i = 0; i < strength.Length; i++)
        {
            strength[i] = (byte)Math.Max(0, strength[i] - median);
        }

        var floor = Math.Clamp(4 * spread, FaintestInk, HighestFloor);
        histogram.Clear();
        Count(strength, histogram);
        return Make(strength, histogram, floor, UnevenThreshold, spread, surface);
    }

    private static InkMap? Make(byte[] strength, Span<int> histogram, int floor, double threshold, int softest, Surface? surface)
    {
        histogram[..floor].Clear();
        var level = Level(histogram, floor);
        if (level < floor)
        {
            return null;
        }

        histogram[..level].Clear();
        var count = 0;
        foreach (var number in histogram)
        {
            count += number;
        }

        return new InkMap(
            strength, level, Quantile(histogram, count, 0.5), Math.Max(floor, (int)(threshold * level)), softest, surface);
    }

    /// <summary>The mean strength of the ink: of the upper class by Otsu (1979) of what is above the floor.</summary>
    private static int Level(ReadOnlySpan<int> histogram, int floor)
    {
        var (count, sum) = (0L, 0L);
        for (var i = floor; i < 256; i++)
        {
            count += histogram[i];
            sum += (long)i * histogram[i];
        }

        var (best, level) = (-1.0, 0);
        var (below, belowSum) = (0L, 0L);
        for (var i = floor; i < 256 && below < count; i++)
        {
            var above = count - below;
            var difference = ((double)(sum - belowSum) / above) - (below == 0 ? floor : (double)belowSum / below);
            var between = difference * difference * above * Math.Max(1, below);
            if (between > best)
            {
                (best, level) = (between, (int)((sum - belowSum) / above));
            }

            below += histogram[i];
            belowSum += (long)i * histogram[i];
        }

        return level;
    }

    /// <summary>Adds to a histogram how often each of the 256 values is there.</summary>
    private static void Count(ReadOnlySpan<byte> values, Span<int> histogram)
    {
        // Counting the same value twice in a row waits for the first count to be written: four take turns.
        Span<int> counts = stackalloc int[4 * 256];
        var i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            var four = values.Slice(i, 4);
            counts[four[0]]++;
            counts[256 + four[1]]++;
            counts[512 + four[2]]++;
            counts[768 + four[3]]++;
        }

        for (; i < values.Length; i++)
        {
            counts[values[i]]++;
        }

        for (var value = 0; value < histogram.Length; value++)
        {
            histogram[value] += counts[value] + counts[256 + value] + counts[512 + value] + counts[768 + value];
        }
    }

    private static int Quantile(ReadOnlySpan<int> histogram, int count, double share)
    {
        var (value, sum) = (0, histogram[0]);
        while (sum < share * count && value < 255)
        {
            sum += histogram[++value];
        }

        return value;
    }
}
