namespace DigitService.Recognition.Data.Synthesis;

/// <summary>
/// The pictures that join a batch's images in training: digits drawn by program, in forms that a dataset has few of, and
/// pictures of no digit. What they are depends on the seed, the epoch and the images that they join alone. One thread at
/// a time may call it.
/// </summary>
internal sealed class Extras
{
    // Streams of their own beside the augmenter's for the images, which are the images' numbers.
    private const int FirstStream = 1 << 28;
    private const int StreamsPerImage = 2;

    private readonly double _drawnDigits;
    private readonly double _nonDigits;
    private readonly long _seed;
    private readonly NonDigitPictures _pictures;

    /// <param name="drawnDigits">Digits drawn by program for every image, 0 to 1.</param>
    /// <param name="nonDigits">Pictures of no digit for every image, 0 to 1.</param>
    /// <param name="digits">Images that are changed into something else.</param>
    /// <param name="numbers">Which of them may be used.</param>
    /// <param name="seed">The run's seed.</param>
    internal Extras(double drawnDigits, double nonDigits, DigitImages digits, int[] numbers, long seed)
    {
        _drawnDigits = drawnDigits;
        _nonDigits = nonDigits;
        _seed = seed;
        _pictures = new NonDigitPictures(digits, numbers);
    }

    /// <summary>How many pictures join a batch of so many images.</summary>
    internal int Count(int images) => Digits(images) + NonDigits(images);

    /// <summary>Writes a picture that joins a batch.</summary>
    /// <param name="batch">The numbers of the batch's images.</param>
    /// <param name="index">Which of the pictures, from 0.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="target">784 pixels.</param>
    /// <returns>Its label: a digit, or <see cref="DigitImages.NoDigit"/>.</returns>
    internal byte Make(ReadOnlySpan<int> batch, int index, int epoch, Span<byte> target)
    {
        var random = new SplitMix64((long)new SplitMix64(~_seed, epoch).Next(), Stream(batch, index));
        if (index >= Digits(batch.Length))
        {
            _pictures.Make(ref random, target);
            return DigitImages.NoDigit;
        }

        var digit = random.Below(DigitImages.Classes);
        var forms = DigitFigures.Of(digit);
        Hand.Draw(forms[random.Below(forms.Count)], 1, ref random, target);
        return (byte)digit;
    }

    /// <summary>A number that no other picture of the epoch has.</summary>
    internal static int Stream(ReadOnlySpan<int> batch, int index) =>
        FirstStream + (batch[index % batch.Length] * StreamsPerImage) + (index / batch.Length);

    private int Digits(int images) => (int)(images * _drawnDigits);

    private int NonDigits(int images) => (int)(images * _nonDigits);
}
