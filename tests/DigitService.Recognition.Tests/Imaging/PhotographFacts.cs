using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>Photographs keep what is drawn: compared with the same strokes on clean paper.</summary>
public sealed class PhotographFacts
{
    private const int Side = InkRenderer.CanvasSide;

    [Theory]
    [InlineData(0, false, 0.97)]
    [InlineData(0, true, 0.95)]
    [InlineData(1, false, 0.95)]
    [InlineData(2, false, 0.95)]
    public void APhotographShowsTheDrawingOnItsPaper(int paper, bool isChalk, double share) =>
        Assert.InRange(ShareThatIsShown((Paper)paper, isChalk, pens: (4, 14), fills: (0.35, 0.7)), share, 1);

    // What such strokes enclose is narrower than they are, and is not to be taken for the ink.
    [Theory]
    [InlineData(14, 24, false, 0.97)]
    [InlineData(14, 24, true, 0.95)]
    [InlineData(20, 36, false, 0.97)]
    [InlineData(20, 36, true, 0.95)]
    public void APhotographShowsWhatAThickPenDrewDarkOrLight(int thinnest, int thickest, bool isChalk, double share) =>
        Assert.InRange(ShareThatIsShown(Paper.Blank, isChalk, (thinnest, thickest), fills: (0.4, 0.75)), share, 1);

    // The corners of a sheet and what reaches in are as large as a digit, and are no strokes.
    [Theory]
    [InlineData(1, 0.78)]
    [InlineData(2, 0.95)]
    public void APhotographShowsTheDrawingAndNotWhatIsAroundIt(int scene, double share) =>
        Assert.InRange(ShareThatIsShown(Paper.Blank, isChalk: false, pens: (4, 12), fills: (0.25, 0.45), (Scene)scene), share, 1);

    private static double ShareThatIsShown(
        Paper paper, bool isChalk, (double Low, double High) pens, (double Low, double High) fills, Scene scene = Scene.Paper)
    {
        var digits = InkDigit.Sample.Where((_, i) => i % 4 == 0).ToArray();
        var alike = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var random = new SeededRandom(i);
            var (pen, fill) = (random.Between(pens.Low, pens.High), random.Between(fills.Low, fills.High));
            var offset = (random.Between(-0.1, 0.1), random.Between(-0.1, 0.1));
            var coverage = InkRenderer.Coverage(digits[i], Side, pen, fill, offset);
            var clean = Preprocessor.Process(new GrayImage(Side, Side, PreprocessorFacts.ToPixels(coverage)))!;
            var photograph = Preprocessor.Process(Photograph.Take(coverage, i, paper, isChalk, scene));
            alike += photograph is not null && PreprocessorFacts.Likeness(clean, photograph) > 0.85 ? 1 : 0;
        }

        return alike / (double)digits.Length;
    }
}
