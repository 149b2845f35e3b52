namespace DigitService.Recognition.Imaging;

/// <summary>How much darker, or lighter, than the paper around it each pixel of a picture is.</summary>
/// <param name="Strength">0 for paper to 255, for each pixel.</param>
/// <param name="InkLevel">The strength that the ink has in the mean.</param>
/// <param name="FullLevel">The strength of full ink.</param>
/// <param name="Threshold">The strength that paper, and what is printed on it, rarely reaches.</param>
/// <param name="Softest">The strength up to which a pixel beside ink is paper.</param>
internal sealed record InkMap(byte[] Strength, int InkLevel, int FullLevel, int Threshold, int Softest)
{
    // Of 255. A pencil's faintest stroke has about 30.
    private const int FaintestInk = 14;

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
        foreach (var pixel in picture.Pixels)
        {
            histogram[pixel]++;
        }

        return CleanPaper(picture, histogram) is { } paper ? OnCleanPaper(picture, paper) : OnUnevenPaper(picture);
    }

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

    private static InkMap? OnCleanPaper(GrayImage picture, int paper)
    {
        var balance = 0L;
        foreach (var pixel in picture.Pixels)
        {
            // A level or two beside the paper's are paper too, and there may be more of them than of ink.
            balance += Math.Abs(pixel - paper) <= NearPaper ? 0 : pixel - paper;
        }

        var isLight = balance > 0;
        var room = isLight ? 255 - paper : paper;
        if (room == 0)
        {
            return null;
        }

        var strength = new byte[picture.Pixels.Length];
        for (var i = 0; i < strength.Length; i++)
        {
            var difference = isLight ? picture.Pixels[i] - paper : paper - picture.Pixels[i];
            strength[i] = (byte)Math.Max(0, difference);
        }

        return Make(strength, FaintestInk, CleanThreshold, 0);
    }

    private static InkMap? OnUnevenPaper(GrayImage picture)
    {
        // Ink is made the lighter one of the two.
        var light = Background.IsInkLight(picture) ? picture.Pixels : Background.Negative(picture.Pixels);
        var paper = Background.Paper(light, picture.Width, picture.Height);
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
        return Make(strength, floor, UnevenThreshold, spread);
    }

    private static InkMap? Make(byte[] strength, int floor, double threshold, int softest)
    {
        Span<int> histogram = stackalloc int[256];
        foreach (var value in strength)
        {
            histogram[value]++;
        }

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

        return new InkMap(strength, level, Quantile(histogram, count, 0.5), Math.Max(floor, (int)(threshold * level)), softest);
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
