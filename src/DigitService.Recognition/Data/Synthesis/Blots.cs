namespace DigitService.Recognition.Data.Synthesis;

/// <summary>
/// Clothes, things, shadows, stains: full shapes with something like light and cloth on them, half of them the same on
/// both sides, as most things that people make are.
/// </summary>
internal sealed class Blots
{
    private const int Side = DigitImages.Side;
    private const int Middle = Side / 2;

    private readonly ElasticField _clouds = new(strength: 1, smoothness: 3);
    private readonly ElasticField _cloth = new(strength: 1, smoothness: 1);

    /// <summary>Draws one.</summary>
    /// <param name="random">Decides what.</param>
    /// <param name="target">784 pixels.</param>
    internal void Draw(ref SplitMix64 random, Span<byte> target)
    {
        Span<float> clouds = stackalloc float[Side * ElasticField.Stride];
        (random.Symmetric() < 0 ? _clouds : _cloth).Draw(ref random, clouds);
        var contrast = random.Below(3) * 120f;
        var isSymmetric = random.Symmetric() < 0;
        target.Clear();
        var count = random.Below(6);
        if (count == 1)
        {
            Fill(target, Middle, Middle, 8 + (3 * random.Symmetric()), 8 + (3 * random.Symmetric()), random.Below(4));
        }
        else if (count == 2)
        {
            Legs(ref random, target);
        }

        for (var i = 2; i < count; i++)
        {
            var (x, y) = (Middle + (6 * random.Symmetric()), Middle + (6 * random.Symmetric()));
            var (width, height) = (5 + (2.5f * random.Symmetric()), 6.5f + (4 * random.Symmetric()));
            var form = random.Below(4);
            Fill(target, x, y, width, height, form);
            if (isSymmetric)
            {
                Fill(target, (2 * Middle) - x, y, width, height, form);
            }
        }

        for (var i = 0; i < target.Length; i++)
        {
            var light = clouds[(i / Side * ElasticField.Stride) + (i % Side)];
            var value = count == 0 ? 128 + (200 * light) : target[i] == 0 ? 0 : target[i] - (contrast * Math.Abs(light));
            target[i] = (byte)Math.Clamp(value, 0, 255);
        }
    }

    private static void Legs(ref SplitMix64 random, Span<byte> target)
    {
        var (apart, width) = (3 + random.Symmetric(), 2.2f + (0.8f * random.Symmetric()));
        Fill(target, Middle - apart, Middle, width, 9, form: 3);
        Fill(target, Middle + apart, Middle, width, 9, form: 3);
        Fill(target, Middle, 8, apart + width, 3.5f + (2 * random.Symmetric()), random.Below(4));
    }

    // An ellipse, a rhomb, a skirt or a rectangle.
    private static void Fill(Span<byte> target, float x, float y, float width, float height, int form)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var (across, down) = (Math.Abs(((i % Side) - x) / width), Math.Abs(((i / Side) - y) / height));
            var distance = form switch
            {
                0 => MathF.Sqrt((across * across) + (down * down)),
                1 => across + down,
                2 => Math.Max(across * 2 / Math.Max(0.5f, 1.5f + (((i / Side) - y) / height)), down),
                _ => Math.Max(across, down),
            };
            var inside = Math.Clamp((1 - distance) * Math.Min(width, height), 0, 1);
            target[i] = Math.Max(target[i], (byte)(255 * inside));
        }
    }
}
