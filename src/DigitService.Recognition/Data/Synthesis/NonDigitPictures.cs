using System.Numerics;

namespace DigitService.Recognition.Data.Synthesis;

/// <summary>
/// Makes pictures that show no digit: letters and signs, scribbles, several digits at once, digits that are distorted
/// beyond reading, and what photographs of other things leave. They come from MNIST's training images and from drawing by
/// program. What a picture is depends on the random numbers that it is given alone.
/// </summary>
internal sealed class NonDigitPictures
{
    private const int Side = DigitImages.Side;
    private const int Middle = Side / 2;

    // Displacements of half a stroke's distance at every few pixels leave no digit what it was.
    private readonly ElasticField _wreck = new(strength: 4.5, smoothness: 2.5);
    private readonly Blots _blots = new();
    private readonly DigitImages _digits;
    private readonly int[] _numbers;
    private readonly int[] _turned;
    private readonly int[] _mirrored;

    /// <param name="digits">Where digits come from that are changed into something else.</param>
    /// <param name="numbers">Which of them may be used: those that are learned from.</param>
    internal NonDigitPictures(DigitImages digits, int[] numbers)
    {
        _digits = digits;
        _numbers = numbers;

        // A zero and an eight look like themselves when turned by a quarter, or nearly so, and a one like a hand's dash; in
        // a mirror all three do, and a two and a five come near each other.
        _turned = [.. numbers.Where(number => digits.Label(number) is 2 or 3 or 4 or 5 or 6 or 7 or 9)];
        _mirrored = [.. numbers.Where(number => digits.Label(number) is 3 or 4 or 6 or 7 or 9)];
    }

    /// <summary>Writes a picture.</summary>
    /// <param name="random">Decides which.</param>
    /// <param name="target">784 pixels, as MNIST lays them out.</param>
    internal void Make(ref SplitMix64 random, Span<byte> target)
    {
        switch (random.Below(26))
        {
            case < 7:
                Write(OtherFigures.Letters, ref random, target);
                break;
            case < 12:
                Write(OtherFigures.Signs, ref random, target);
                break;
            case < 14:
                Scribbles.Scribble(ref random, target);
                break;
            case < 16:
                Scribbles.Outline(ref random, target);
                break;
            case 16:
                Several(ref random, target);
                break;
            case 17:
                Scribbles.Pair(ref random, target);
                break;
            case 18:
                Overlaid(ref random, target);
                break;
            case 19:
                Turned(ref random, target);
                break;
            case 20:
                Broken(ref random, target);
                break;
            default:
                _blots.Draw(ref random, target);
                break;
        }
    }

    private static void Write(IReadOnlyList<Figure> figures, ref SplitMix64 random, Span<byte> target) =>
        Hand.Draw(figures[random.Below(figures.Count)], Scribbles.Freedom, ref random, target);

    // Two or three side by side, or one above the other, as large as the box allows.
    private void Several(ref SplitMix64 random, Span<byte> target)
    {
        var count = random.Below(4) == 0 ? 3 : 2;
        var isColumn = random.Below(6) == 0;
        var size = count == 2 ? 0.62f : 0.45f;
        Span<byte> one = stackalloc byte[DigitImages.Pixels];
        target.Clear();
        for (var i = 0; i < count; i++)
        {
            var along = (i - ((count - 1) / 2f)) * size * (15 + (3 * random.Symmetric()));
            var across = 1.5f * random.Symmetric();
            Place(
                Digit(ref random),
                one,
                size * (1 + (0.12f * random.Symmetric())),
                isColumn ? new Vector2(across, along) : new Vector2(along, across));
            Lay(one, target);
        }
    }

    private void Overlaid(ref SplitMix64 random, Span<byte> target)
    {
        Span<byte> other = stackalloc byte[DigitImages.Pixels];
        var shift = new Vector2(3 + random.Symmetric(), 4 * random.Symmetric());
        Place(Digit(ref random), target, 0.9f, shift);
        Place(Digit(ref random), other, 0.9f, -shift);
        Lay(other, target);
    }

    private void Turned(ref SplitMix64 random, Span<byte> target)
    {
        var isMirrored = random.Symmetric() < 0;
        var numbers = isMirrored ? _mirrored : _turned;
        if (numbers.Length == 0)
        {
            Wrecked(ref random, target);
            return;
        }

        var isLeft = random.Symmetric() < 0;
        var image = _digits.Image(numbers[random.Below(numbers.Length)]);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var source = isMirrored ? (y * Side) + Side - 1 - x : isLeft ? (x * Side) + Side - 1 - y : ((Side - 1 - x) * Side) + y;
                target[(y * Side) + x] = image[source];
            }
        }
    }

    private void Broken(ref SplitMix64 random, Span<byte> target)
    {
        if (random.Symmetric() < 0)
        {
            Wrecked(ref random, target);
        }
        else
        {
            Shuffled(ref random, target);
        }
    }

    private void Wrecked(ref SplitMix64 random, Span<byte> target)
    {
        Span<float> across = stackalloc float[Side * ElasticField.Stride];
        Span<float> down = stackalloc float[Side * ElasticField.Stride];
        _wreck.Draw(ref random, across);
        _wreck.Draw(ref random, down);
        Augmenter.Sample(Digit(ref random), target, AffineMap.Inverse(0, 0, 1, 1, 0, 0), across, down);
    }

    // The quarters of a digit change places.
    private void Shuffled(ref SplitMix64 random, Span<byte> target)
    {
        var shift = 1 + random.Below(3);
        var image = Digit(ref random);
        for (var i = 0; i < target.Length; i++)
        {
            var (x, y) = (i % Side, i / Side);
            var quarter = ((x / Middle) + (2 * (y / Middle)) + shift) % 4;
            target[i] = image[(((quarter / 2 * Middle) + (y % Middle)) * Side) + (quarter % 2 * Middle) + (x % Middle)];
        }
    }

    private ReadOnlySpan<byte> Digit(ref SplitMix64 random) => _digits.Image(_numbers[random.Below(_numbers.Length)]);

    private static void Lay(ReadOnlySpan<byte> picture, Span<byte> over)
    {
        for (var i = 0; i < over.Length; i++)
        {
            over[i] = Math.Max(over[i], picture[i]);
        }
    }

    private static void Place(ReadOnlySpan<byte> source, Span<byte> target, float size, Vector2 shift)
    {
        Span<float> still = stackalloc float[Side * ElasticField.Stride];
        still.Clear();
        Augmenter.Sample(source, target, AffineMap.Inverse(0, 0, size, size, shift.X, shift.Y), still, still);
    }
}
