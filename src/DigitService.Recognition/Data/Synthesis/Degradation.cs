namespace DigitService.Recognition.Data.Synthesis;

/// <summary>
/// Changes a picture as pens, paper and cameras do: strokes thicker or thinner, soft, pale or grainy, with gaps, with
/// specks beside them, partly covered. Each change comes to some pictures only, so that most have one or two.
/// </summary>
internal static class Degradation
{
    private const int Side = DigitImages.Side;

    /// <summary>Changes a picture in its place.</summary>
    /// <param name="strength">How often something is changed, 0 (never) to 1.</param>
    /// <param name="random">Decides what, and how far.</param>
    /// <param name="picture">784 pixels.</param>
    internal static void Apply(double strength, ref SplitMix64 random, Span<byte> picture)
    {
        if (Happens(0.12, ref random))
        {
            Cut(ref random, picture);
        }

        if (Happens(0.4, ref random))
        {
            Spread(random.Symmetric(), picture);
        }

        if (Happens(0.15, ref random))
        {
            Grain(ref random, picture);
        }

        if (Happens(0.3, ref random))
        {
            Blur(Hand.Unit(ref random), picture);
        }

        if (Happens(0.3, ref random))
        {
            Fade(0.5f + (1.3f * Hand.Unit(ref random)), picture);
        }

        if (Happens(0.08, ref random))
        {
            Cover(ref random, picture);
        }

        if (Happens(0.06, ref random))
        {
            Speck(ref random, picture);
        }

        if (Happens(0.12, ref random))
        {
            Noise(30 * Hand.Unit(ref random), ref random, picture);
        }

        bool Happens(double share, ref SplitMix64 chance) => Hand.Unit(ref chance) < share * strength;
    }

    // A gap of a pixel or two across the picture: a pen that lifted, a fold.
    private static void Cut(ref SplitMix64 random, Span<byte> picture)
    {
        var (x, y) = (14 + (7 * random.Symmetric()), 14 + (7 * random.Symmetric()));
        var (cos, sin) = Hand.Turn(random.Symmetric());
        var width = 0.6f + (0.7f * Hand.Unit(ref random));
        var reach = 3 + (5 * Hand.Unit(ref random));
        for (var i = 0; i < picture.Length; i++)
        {
            var (across, down) = ((i % Side) - x, (i / Side) - y);
            var along = (across * cos) + (down * sin);
            var beside = Math.Abs((down * cos) - (across * sin));
            if (Math.Abs(along) < reach)
            {
                picture[i] = (byte)(picture[i] * Math.Clamp(beside - width + 0.5f, 0, 1));
            }
        }
    }

    /// <summary>Makes strokes thicker, or thinner if negative, by up to a pixel on each side.</summary>
    private static void Spread(float amount, Span<byte> picture)
    {
        Span<byte> before = stackalloc byte[DigitImages.Pixels];
        picture.CopyTo(before);
        for (var y = 1; y < Side - 1; y++)
        {
            for (var x = 1; x < Side - 1; x++)
            {
                var i = (y * Side) + x;
                var (a, b, c, d) = (before[i - 1], before[i + 1], before[i - Side], before[i + Side]);
                var extreme = amount > 0
                    ? Math.Max(Math.Max(a, b), Math.Max(c, d))
                    : Math.Min(Math.Min(a, b), Math.Min(c, d));
                var other = amount > 0 ? Math.Max(before[i], extreme) : Math.Min(before[i], extreme);
                picture[i] = (byte)(before[i] + ((other - before[i]) * Math.Abs(amount)));
            }
        }
    }

    // Pencil on rough paper: ink that is missing here and there.
    private static void Grain(ref SplitMix64 random, Span<byte> picture)
    {
        var depth = 0.3f + (0.6f * Hand.Unit(ref random));
        foreach (ref var pixel in picture)
        {
            if (pixel > 0)
            {
                pixel = (byte)(pixel * (1 - (depth * Hand.Unit(ref random))));
            }
        }
    }

    private static void Blur(float amount, Span<byte> picture)
    {
        Span<byte> before = stackalloc byte[DigitImages.Pixels];
        picture.CopyTo(before);
        for (var y = 1; y < Side - 1; y++)
        {
            for (var x = 1; x < Side - 1; x++)
            {
                var i = (y * Side) + x;
                var sides = before[i - 1] + before[i + 1] + before[i - Side] + before[i + Side];
                var corners = before[i - Side - 1] + before[i - Side + 1] + before[i + Side - 1] + before[i + Side + 1];
                var soft = ((4 * before[i]) + (2 * sides) + corners) / 16f;
                picture[i] = (byte)(before[i] + ((soft - before[i]) * amount));
            }
        }
    }

    private static void Fade(float gain, Span<byte> picture)
    {
        foreach (ref var pixel in picture)
        {
            pixel = (byte)Math.Min(255, pixel * gain);
        }
    }

    private static void Cover(ref SplitMix64 random, Span<byte> picture)
    {
        var (width, height) = (2 + random.Below(4), 2 + random.Below(4));
        var (left, top) = (3 + random.Below(Side - 6 - width), 3 + random.Below(Side - 6 - height));
        for (var y = top; y < top + height; y++)
        {
            picture.Slice((y * Side) + left, width).Clear();
        }
    }

    private static void Speck(ref SplitMix64 random, Span<byte> picture)
    {
        var (width, height) = (1 + random.Below(3), 1 + random.Below(3));
        var (left, top) = (random.Below(Side - width), random.Below(Side - height));
        var value = (byte)(100 + random.Below(156));
        for (var y = top; y < top + height; y++)
        {
            picture.Slice((y * Side) + left, width).Fill(value);
        }
    }

    private static void Noise(float deviation, ref SplitMix64 random, Span<byte> picture)
    {
        foreach (ref var pixel in picture)
        {
            pixel = (byte)Math.Clamp(pixel + (deviation * random.Symmetric() * 1.7f), 0, 255);
        }
    }
}
