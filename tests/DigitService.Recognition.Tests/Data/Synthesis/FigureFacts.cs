using System.Numerics;
using DigitService.Recognition.Data;
using DigitService.Recognition.Data.Synthesis;

namespace DigitService.Recognition.Tests.Data.Synthesis;

public class FigureFacts
{
    [Fact]
    public void ATextSaysStrokesAndPoints()
    {
        var figure = Figure.Parse("-0,5 10,-20/~1.5,2 3,4 5,6");
        Assert.Equal([false, true], figure.Strokes.Select(stroke => stroke.IsCurve));
        Assert.Equal([new Vector2(0, 5), new Vector2(10, -20)], figure.Strokes[0].Points);
        Assert.Equal(new Vector2(1.5f, 2), figure.Strokes[1].Points[0]);
    }

    [Fact]
    public void AStrokeWithoutItsSignIsRefused() =>
        Assert.Contains("'0'", Assert.Throws<FormatException>(() => Figure.Parse("0,0 1,1")).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryFigureHasStrokesOfTwoPointsOrMore() => Assert.All(
        [.. Enumerable.Range(0, 10).SelectMany(DigitFigures.Of), .. OtherFigures.Letters, .. OtherFigures.Signs],
        figure => Assert.All(figure.Strokes, stroke => Assert.True(stroke.Points.Count >= 2)));

    [Fact]
    public void ACurveGoesThroughItsPoints()
    {
        Vector2[] points = [new(0, 0), new(10, 5), new(20, -5), new(30, 0)];
        var curve = Hand.Curve(points, steps: 4);
        Assert.Equal(13, curve.Length);
        Assert.Equal<Vector2>(points, new[] { curve[0], curve[4], curve[8], curve[12] });
    }

    [Fact]
    public void DrawnDigitsAreLaidOutAsMnistIs()
    {
        var extras = new Extras(1, 0, Mnist.Whole.Train, [0], seed: 5);
        var picture = new byte[DigitImages.Pixels];
        for (var i = 0; i < 200; i++)
        {
            extras.Make([i], 0, 1, picture);
            var ink = Enumerable.Range(0, DigitImages.Pixels).Where(pixel => picture[pixel] > 0).ToArray();
            var (width, height) = (Extent(ink.Select(pixel => pixel % 28)), Extent(ink.Select(pixel => pixel / 28)));
            Assert.InRange(Math.Max(width, height), 19, 20);
            Assert.InRange(ink.Sum(pixel => (double)picture[pixel] * (pixel / 28)) / ink.Sum(pixel => picture[pixel]), 11, 16.5);
        }

        static int Extent(IEnumerable<int> places) => places.Max() - places.Min() + 1;
    }
}
