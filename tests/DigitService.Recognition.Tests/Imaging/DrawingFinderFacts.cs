using DigitService.Recognition.Data;
using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>Pictures of other shapes and sizes than a canvas's: tight crops, scans, strips.</summary>
public sealed class DrawingFinderFacts
{
    private const int Side = 28;

    [Theory]
    [InlineData(16, 16)]
    [InlineData(32, 0)]
    public void AOneThatReachesFromBorderToBorderIsNoRuledLine(int top, int bottom)
    {
        var one = Process(new Sketch(40, 400).Line(8, 0, (top, 0), (bottom, 392)).Image);

        var box = BoundingBox.Of(one, Side, Side)!.Value;
        Assert.Equal(20, box.Height);
        Assert.InRange(box.Width, 1, 7);
    }

    [Fact]
    public void TheBarOfATightlyCroppedFourIsKept()
    {
        Assert.InRange(PreprocessorFacts.Likeness(Process(Four(0)), Process(Four(60))), 0.9, 1);

        static GrayImage Four(int margin) => new Sketch(200 + (2 * margin), 300 + (2 * margin))
            .Line(8, 0, (margin + 120, margin), (margin, margin + 200), (margin + 192, margin + 200))
            .Line(8, 0, (margin + 140, margin + 100), (margin + 140, margin + 292))
            .Image;
    }

    [Fact]
    public void RuledPaperWithNothingOnItIsBlank()
    {
        var page = new Sketch(280, 280);
        for (var y = 30; y < 280; y += 40)
        {
            page.Line(2, 120, (0, y), (279, y));
        }

        Assert.Null(Preprocessor.Process(page.Image));
    }

    [Fact]
    public void ADigitOnTheBorderIsNotGivenUpForASpeck()
    {
        var alone = Process(Two(0).Image);
        var touching = Process(Two(34).Line(14, 0, (20, 30), (21, 30)).Image);

        Assert.InRange(PreprocessorFacts.Likeness(alone, touching), 0.9, 1);

        static Sketch Two(int down) => new Sketch(280, 280).Line(
            16, 0, (90, 110 + down), (130, 80 + down), (160, 110 + down), (90, 230 + down), (160, 230 + down));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void TheBoxAroundADigitIsDropped(int askew)
    {
        var alone = Process(Seven().Image);
        var boxed = Process(Seven().Line(4, 0, (50, 50), (230, 50 + askew), (230 - askew, 230), (50 - askew, 230 - askew), (50, 50)).Image);

        Assert.InRange(PreprocessorFacts.Likeness(alone, boxed), 0.98, 1);

        static Sketch Seven() => new Sketch(280, 280).Line(12, 0, (95, 90), (175, 90), (120, 195));
    }

    [Fact]
    public void ARoundZeroWithAStrokeInItIsNoBox()
    {
        (int, int)[] ring = [.. Enumerable.Range(0, 33).Select(i => (
            140 + (int)(70 * Math.Cos(i * Math.PI / 16)), 140 + (int)(100 * Math.Sin(i * Math.PI / 16))))];
        var zero = Process(new Sketch(280, 280).Line(14, 0, ring).Line(14, 0, (120, 170), (160, 110)).Image);

        var box = BoundingBox.Of(zero, Side, Side)!.Value;
        Assert.Equal(20, box.Height);
        Assert.InRange(box.Width, 13, 17);
    }

    [Fact]
    public void ASquareZeroOfAThickPenWithADotInItIsNoBox()
    {
        (int, int)[] ring = [(90, 60), (190, 60), (190, 220), (90, 220), (90, 60)];
        var zero = Process(new Sketch(280, 280).Line(26, 0, ring).Line(20, 0, (140, 115), (140, 165)).Image);

        var box = BoundingBox.Of(zero, Side, Side)!.Value;
        Assert.Equal(20, box.Height);
        Assert.InRange(box.Width, 12, 15);
    }

    [Fact]
    public void AFivesTopStrokeOnTheUpperBorderIsKept()
    {
        Assert.InRange(PreprocessorFacts.Likeness(Process(Five(0)), Process(Five(40))), 0.9, 1);

        static GrayImage Five(int margin) => new Sketch(140 + (2 * margin), 200 + (2 * margin))
            .Line(14, 0, (margin + 40, margin), (margin + 126, margin))
            .Line(
                14,
                0,
                (margin + 30, margin + 24),
                (margin + 16, margin + 90),
                (margin + 100, margin + 90),
                (margin + 126, margin + 140),
                (margin + 60, margin + 186),
                (margin + 16, margin + 165))
            .Image;
    }

    [Theory]
    [InlineData(4000, 4000, 1, 3000)]
    [InlineData(4000, 3000, 1, 1500)]
    [InlineData(4000, 3000, 12, 150)]
    public void AThinOrSmallDigitOnAVeryLargePictureIsSeen(int width, int height, int pen, int size)
    {
        var large = Process(Seven(new Sketch(width, height), pen, size, width / 3));
        var usual = Process(Seven(new Sketch(280, 280), 12, 190, 40));

        Assert.InRange(PreprocessorFacts.Likeness(large, usual), 0.8, 1);

        static GrayImage Seven(Sketch sketch, int pen, int size, int left)
        {
            var top = (sketch.Height - size) / 2;
            left = Math.Min(left, sketch.Width - size);
            return sketch.Line(pen, 0, (left, top), (left + (size * 6 / 10), top), (left + (size / 5), top + size - pen)).Image;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(3000)]
    [InlineData(30_000)]
    [InlineData(100_000)]
    public void SpecksAloneOnAVeryLargePictureAreBlank(int specks)
    {
        var (random, page) = (new SeededRandom(specks), new Sketch(4000, 3000));
        for (var i = 0; i < specks; i++)
        {
            page[random.Below(4000 * 3000)] = (byte)random.Below(256);
        }

        Assert.Null(Preprocessor.Process(page.Image));
    }

    [Fact]
    public void AFaintPencilIsSeenOnPaperThatIsNotQuiteOneLevel()
    {
        var random = new SeededRandom(1);
        var paper = new Sketch(140, 140, 250);
        for (var i = 0; i < 140 * 140; i++)
        {
            paper[i] = (byte)(random.Below(3) == 0 ? 252 : 250);
        }

        (int, int)[] seven = [(45, 40), (90, 40), (60, 105)];
        var clean = Process(new Sketch(140, 140).Line(3, 0, seven).Image);

        Assert.InRange(PreprocessorFacts.Likeness(Process(paper.Line(3, 228, seven).Image), clean), 0.85, 1);
    }

    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(1, 40, 20)]
    [InlineData(5000, 3, 1000)]
    [InlineData(2, 3000, 1000)]
    [InlineData(161, 320, 100)]
    public void AStrokeIsFoundInPicturesOfAnyShape(int width, int height, int length)
    {
        var isWide = width > height;
        var end = isWide ? ((width / 2) + length - 1, 0) : (0, (height / 2) + length - 1);
        var start = isWide ? (width / 2, 0) : (0, height / 2);
        var picture = new Sketch(width, height).Line(1, 0, start, end).Image;

        // A pixel or two of a picture of six are no drawing; a stroke keeps its direction.
        var found = Preprocessor.Process(picture);
        Assert.Equal(length < 3, found is null);
        if (found is not null)
        {
            var box = BoundingBox.Of(found, Side, Side)!.Value;
            Assert.Equal(20, isWide ? box.Width : box.Height);
            Assert.InRange(isWide ? box.Height : box.Width, 1, 6);
        }

        var plain = Preprocessor.Process(picture, PreprocessMode.Plain)!;
        Assert.Equal(DigitImages.Pixels, plain.Length);
        Assert.InRange(plain.Min(), 0, 254);
    }

    [Fact]
    public void AnAllTransparentPictureIsBlank()
    {
        var gray = new byte[40 * 40];
        Transparency.Flatten(gray, new byte[gray.Length]);

        Assert.Null(Preprocessor.Process(new GrayImage(40, 40, gray)));
        Assert.Null(Preprocessor.Process(new GrayImage(1, 1, [7])));
    }

    private static byte[] Process(GrayImage image)
    {
        var processed = Preprocessor.Process(image);
        Assert.NotNull(processed);
        return processed;
    }
}
