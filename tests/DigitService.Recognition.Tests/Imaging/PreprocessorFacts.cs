using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

public sealed class PreprocessorFacts
{
    private const int Side = 28;

    [Fact]
    public void MnistsOwnImagesPassNearlyUnchanged()
    {
        var images = Mnist.Whole.Test;
        var unchanged = 0;
        for (var i = 0; i < 2000; i++)
        {
            var processed = Preprocessor.Process(new GrayImage(Side, Side, images.Image(i).ToArray()))!;
            unchanged += Difference(processed, images.Image(i).ToArray()) < 1 ? 1 : 0;
        }

        Assert.InRange(unchanged, 1850, 2000);
    }

    [Fact]
    public void ANegativeIsReadAsThePicture()
    {
        for (var i = 0; i < 200; i++)
        {
            var image = Mnist.Whole.Test.Image(i).ToArray();
            var negative = Array.ConvertAll(image, pixel => (byte)(255 - pixel));

            Assert.Equal(Process(image, Side), Process(negative, Side));
        }
    }

    [Fact]
    public void WhereAndHowLargeADigitIsDrawnMakesNoDifference()
    {
        foreach (var digit in InkDigit.Sample.Take(50))
        {
            var large = Draw(digit, pen: 20, fill: 0.8, offset: (0, 0));
            var small = Draw(digit, pen: 10, fill: 0.4, offset: (0.25, -0.2));

            Assert.InRange(Likeness(large, small), 0.85, 1);
        }
    }

    [Fact]
    public void TheInkFitsTwentyPixelsAndItsMassIsInTheMiddle()
    {
        foreach (var digit in InkDigit.Sample.Take(100))
        {
            var processed = Draw(digit, pen: 16, fill: 0.7, offset: (0.05, 0.05));
            var box = BoundingBox.Of(processed, Side, Side)!.Value;

            Assert.InRange(box.Side, 19, 20);
            Assert.InRange(processed.Max(), (byte)250, (byte)255);
            var (x, y) = CenterOfMass(processed);
            Assert.InRange(x, 13.4, 14.6);
            Assert.InRange(y, 13.4, 14.6);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    public void PensOfAnyWidthEndWithStrokesLikeMnists(int pen)
    {
        foreach (var digit in InkDigit.Sample.Take(100))
        {
            var processed = Draw(digit, pen, fill: 0.8, offset: (0, 0));
            var image = new GrayImage(Side, Side, processed);

            Assert.InRange(StrokeWidth.Estimate(new Drawing(image, new Box(0, 0, Side, Side))), 1.4, 4.4);
        }
    }

    [Fact]
    public void AStrokeThatDoesNotQuiteMeetTheOthersIsKept()
    {
        // A 5 whose top stroke hangs beside it.
        var five = new InkDigit(5, "", [[[150, 130], [140, 250], [300, 260], [310, 380], [150, 420]], [[190, 100], [330, 95]]]);
        var withTop = Draw(five, pen: 16, fill: 0.7, offset: (0, 0));
        var without = Draw(five with { Strokes = [five.Strokes[0]] }, pen: 16, fill: 0.7, offset: (0, 0));

        Assert.InRange(Difference(withTop, without), 20, 255);
        Assert.True(BoundingBox.Of(withTop, Side, Side)!.Value.Side >= 19);
    }

    [Fact]
    public void SpecksAndThePicturesFrameAreDropped()
    {
        var coverage = InkRenderer.Coverage(InkDigit.Sample[0], 280, 16, 0.5, (0, 0));
        var clean = Process(ToPixels(coverage), 280);
        for (var i = 0; i < 280; i++)
        {
            foreach (var at in new[] { i, (279 * 280) + i, i * 280, (i * 280) + 279, 280 + i, (i * 280) + 1 })
            {
                coverage[at] = 1;
            }
        }

        foreach (var speck in new[] { (20 * 280) + 30, (255 * 280) + 250, (140 * 280) + 12 })
        {
            coverage[speck] = coverage[speck + 1] = coverage[speck + 280] = 1;
        }

        Assert.InRange(Difference(clean, Process(ToPixels(coverage), 280)), 0, 2);
    }

    [Theory]
    [InlineData(0, 280)]
    [InlineData(128, 280)]
    [InlineData(255, 280)]
    [InlineData(255, 1)]
    [InlineData(77, 28)]
    public void AUniformPictureIsBlank(byte level, int side)
    {
        var pixels = new byte[side * side];
        Array.Fill(pixels, level);

        Assert.Null(Preprocessor.Process(new GrayImage(side, side, pixels)));
        Assert.Null(Preprocessor.Process(new GrayImage(side, side, pixels), PreprocessMode.Plain));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    public void NoiseAndLightAloneAreBlank(int deviation)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new SeededRandom(seed);
            var pixels = new byte[280 * 280];
            for (var i = 0; i < pixels.Length; i++)
            {
                var level = 200 - (i / 280 / 5.0) + (deviation * random.Normal());
                pixels[i] = (byte)Math.Clamp(level, 0, 255);
            }

            Assert.Null(Preprocessor.Process(new GrayImage(280, 280, pixels)));
        }
    }

    [Fact]
    public void PlainTakesThePictureAsItIs()
    {
        var image = Mnist.Whole.Test.Image(0).ToArray();
        var enlarged = new byte[280 * 280];
        for (var i = 0; i < enlarged.Length; i++)
        {
            enlarged[i] = image[(i / 2800 * Side) + (i % 280 / 10)];
        }

        Assert.Equal(image, Preprocessor.Process(new GrayImage(Side, Side, image), PreprocessMode.Plain));
        Assert.Equal(image, Preprocessor.Process(new GrayImage(280, 280, enlarged), PreprocessMode.Plain));
    }

    [Theory]
    [InlineData(32_768, 1)]
    [InlineData(1, 32_768)]
    public void ASideLongerThanThatOfAnyDecodedPictureIsRefused(int width, int height)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => Preprocessor.Process(new GrayImage(width, height, new byte[32_768])));
        Assert.Contains("At most 32,767 a side are accepted", refusal.Message, StringComparison.Ordinal);
        Assert.Null(Preprocessor.Process(new GrayImage(1, 32_767, new byte[32_767])));
    }

    [Fact]
    public void PixelsOfAnotherNumberAreRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Preprocessor.Process(new GrayImage(Side, Side, new byte[Side])));

    private static byte[] Draw(InkDigit digit, double pen, double fill, (double X, double Y) offset) =>
        Process(ToPixels(InkRenderer.Coverage(digit, 280, pen, fill, offset)), 280);

    internal static byte[] ToPixels(float[] coverage) =>
        Array.ConvertAll(coverage, covered => (byte)Math.Round(255 * (1 - covered)));

    private static byte[] Process(byte[] pixels, int side) => Preprocessor.Process(new GrayImage(side, side, pixels))!;

    private static double Difference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    /// <summary>The correlation of two images, one moved by a pixel if need be: centres of mass are rounded.</summary>
    internal static double Likeness(byte[] a, byte[] b) =>
        new[] { -Side - 1, -Side, -Side + 1, -1, 0, 1, Side - 1, Side, Side + 1 }.Max(shift => Correlation(a, Moved(b, shift)));

    private static byte[] Moved(byte[] image, int shift) =>
        [.. Enumerable.Range(0, image.Length).Select(i => i + shift >= 0 && i + shift < image.Length ? image[i + shift] : (byte)0)];

    private static double Correlation(byte[] a, byte[] b)
    {
        var (meanA, meanB) = (a.Average(x => x), b.Average(x => x));
        var covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    private static (double X, double Y) CenterOfMass(byte[] pixels)
    {
        double mass = pixels.Sum(pixel => pixel);
        return (pixels.Select((pixel, i) => pixel * (i % Side)).Sum() / mass, pixels.Select((pixel, i) => pixel * (i / Side)).Sum() / mass);
    }
}
