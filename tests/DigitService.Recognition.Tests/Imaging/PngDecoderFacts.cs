using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

public sealed class PngDecoderFacts
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 2)]
    [InlineData(2, 3)]
    [InlineData(6, 4)]
    public void EveryFilterGivesThePixelsBack(int color, int pixel)
    {
        var random = new SeededRandom(color);
        foreach (var (width, height) in new[] { (1, 1), (7, 5), (33, 40), (280, 280) })
        {
            // Noise, and paper with strokes on it, opaque: there is nothing to be laid over.
            foreach (var isNoise in new[] { true, false })
            {
                var samples = new byte[width * height * pixel];
                for (var i = 0; i < samples.Length; i++)
                {
                    var isAlpha = pixel % 2 == 0 && i % pixel == pixel - 1;
                    samples[i] = isAlpha ? (byte)255 : (byte)(isNoise || i / pixel % width % 9 < 3 ? random.Below(256) : 200);
                }

                var encoded = FilteredPng.Encode(samples, width, color, _ => random.Below(5), parts: 3);
                Assert.Equal(Gray(samples, pixel), Decode(encoded, width, height));
            }
        }
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(6, 4)]
    public void TransparencyIsLaidOverPaper(int color, int pixel)
    {
        // Black ink on what is transparent from the fourth row on: the paper is white.
        var samples = new byte[20 * 10 * pixel];
        for (var i = 0; i < 20 * 10; i++)
        {
            samples[(i * pixel) + pixel - 1] = i < 60 ? (byte)255 : i % 20 == 5 ? (byte)128 : (byte)0;
        }

        var decoded = Decode(FilteredPng.Encode(samples, 20, color, row => row % 5), 20, 10);
        Assert.All(decoded[..60], level => Assert.Equal(0, level));
        Assert.Equal(127, decoded[65]);
        Assert.Equal(255, decoded[66]);
    }

    [Fact]
    public void AWrongChecksumIsDamage()
    {
        var compressed = FilteredPng.Compress(new byte[29 * 28]);
        compressed[^1] ^= 1;
        AssertDamaged(FilteredPng.Wrap(compressed, 28, 28, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AMissingChecksumIsDamage(int missing) =>
        AssertDamaged(FilteredPng.Wrap(FilteredPng.Compress(new byte[29 * 28])[..^missing], 28, 28, 0));

    [Fact]
    public void ADictionaryIsDamage() =>
        AssertDamaged(FilteredPng.Wrap([0x78, 0x20, 0, 0, 0, 0, .. FilteredPng.Compress(new byte[29 * 28])[2..]], 28, 28, 0));

    [Fact]
    public void RowsBeyondTheLastDoNoHarm() =>
        Assert.Equal(new byte[784], Decode(FilteredPng.Wrap(FilteredPng.Compress(new byte[29 * 29]), 28, 28, 0), 28, 28));

    [Fact]
    public void TooFewRowsAreDamage() => AssertDamaged(FilteredPng.Wrap(FilteredPng.Compress(new byte[29 * 27]), 28, 28, 0));

    [Fact]
    public void AFilterThatThereIsNotIsDamage()
    {
        var rows = new byte[29 * 28];
        rows[29] = 5;
        AssertDamaged(FilteredPng.Wrap(FilteredPng.Compress(rows), 28, 28, 0));
    }

    [Fact]
    public void OfWhatAPictureUnfoldsToOnlyItsOwnBytesAreRead()
    {
        // Megabytes of zeros after the picture's own.
        var rows = FilteredPng.Wrap(FilteredPng.Compress(new byte[64 << 20]), 28, 28, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(new byte[784], Decode(rows, 28, 28));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    private static byte[] Decode(byte[] encoded, int width, int height)
    {
        Assert.True(PngDecoder.CanDecode(encoded, ImageHeader.Read(encoded)));
        var image = ImageDecoder.Default.Decode(encoded);
        Assert.Equal((width, height), (image.Width, image.Height));
        return image.Pixels;
    }

    private static byte[] Gray(byte[] samples, int pixel) => [.. samples.Chunk(pixel).Select(sample => pixel < 3
        ? sample[0]
        : (byte)(((19595 * sample[0]) + (38470 * sample[1]) + (7471 * sample[2]) + 32768) >> 16))];

    private static void AssertDamaged(byte[] encoded)
    {
        Assert.True(PngDecoder.CanDecode(encoded, ImageHeader.Read(encoded)));
        Assert.Equal(ImageFault.Damaged, ImageFixture.Refusal(encoded).Fault);
    }
}
