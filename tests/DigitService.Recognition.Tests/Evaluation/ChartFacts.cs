using System.Buffers.Binary;
using System.IO.Compression;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Evaluation.Charts;

namespace DigitService.Recognition.Tests.Evaluation;

public class ChartFacts
{
    [Fact]
    public void AThinnedCurveKeepsItsPeaksAndItsOrder()
    {
        var points = Enumerable.Range(0, 100_000).Select(i => new CurvePoint(i, Math.Sin(i))).ToArray();
        points[31_234] = new(31_234, 50);
        points[31_235] = new(31_235, -50);
        var thinned = Curve.Thin(points, 300);
        Assert.InRange(thinned.Count, 300, 600);
        Assert.Contains(points[31_234], thinned);
        Assert.Contains(points[31_235], thinned);
        Assert.Equal(thinned.OrderBy(point => point.X), thinned);
        Assert.True(thinned[0].X < 400 && thinned[^1].X > 99_600);
    }

    [Fact]
    public void AShortCurveStaysAsItIs()
    {
        CurvePoint[] points = [new(1, 1), new(2, 3), new(3, 2)];
        Assert.Same(points, Curve.Thin(points, 2));
    }

    [Fact]
    public void SmoothingTakesTheMeanOfTheNeighboursThatThereAre()
    {
        CurvePoint[] points = [new(1, 9), new(2, 3), new(3, 6), new(4, 0), new(5, 3)];
        Assert.Equal([9, 6, 3, 3, 1.5], Curve.Smooth(points, 1).Select(point => point.Y));
        Assert.Equal(points, Curve.Smooth(points, 0));
        Assert.Empty(Curve.Smooth([], 3));
    }

    [Theory]
    [InlineData(0.951, 0.987, new[] { 0.95, 0.96, 0.97, 0.98, 0.99 })]
    [InlineData(0.001, 0.001, new[] { 0, 0.0005, 0.001 })]
    [InlineData(0, 0, new[] { 0, 0.5, 1 })]
    [InlineData(0.5, 1, new[] { 0.4, 0.6, 0.8, 1 })]
    public void ALinearAxisGoesFromRoundNumberToRoundNumber(double low, double high, double[] ticks)
    {
        var axis = Axis.Linear([high, low]);
        Assert.Equal(ticks, axis.Ticks, (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal((0, 1), (axis.Position(ticks[0]), axis.Position(ticks[^1])));
    }

    [Theory]
    [InlineData(0.003, 2.4, new[] { 0.001, 0.01, 0.1, 1, 10 })]
    [InlineData(0.04, 0.17, new[] { 0.02, 0.05, 0.1, 0.2 })]
    [InlineData(1, 1, new double[] { 1, 2, 5, 10 })]
    public void ALogarithmicAxisHasPowersOfTenAndWhatIsBetweenThemWhereTheyAreFew(double low, double high, double[] ticks)
    {
        var axis = Axis.Logarithmic([low, high]);
        Assert.Equal(ticks, axis.Ticks, (one, other) => Math.Abs((one / other) - 1) < 1e-12);
        Assert.Equal(0.5, axis.Position(Math.Sqrt(ticks[0] * ticks[^1])), 1e-12);
    }

    [Theory]
    [InlineData(1, 4, new double[] { 1, 2, 3, 4 })]
    [InlineData(1, 938, new double[] { 1, 200, 400, 600, 800 })]
    [InlineData(7, 7, new double[] { 7 })]
    public void ACountingAxisBeginsAndEndsWithTheCurve(int first, int last, double[] ticks)
    {
        var axis = Axis.Counting([first, last]);
        Assert.Equal(ticks, axis.Ticks);
        Assert.Equal(first == last ? 0.5 : 1, axis.Position(last));
    }

    [Fact]
    public void APngHoldsThePixelsAndItsChecksums()
    {
        byte[] pixels = [0, 50, 100, 150, 200, 255];
        var png = GrayPng.Encode(pixels, 3);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);

        // The last chunk is empty, and its checksum is known to everyone who has opened a PNG in an editor.
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], png[^12..]);
        Assert.Equal((3, 2), (Number(16), Number(20)));
        Assert.Equal([8, 0, 0, 0, 0], png[24..29]);

        Assert.Equal("IDAT"u8.ToArray(), png[37..41]);
        using var zlib = new ZLibStream(new MemoryStream(png, 41, Number(33)), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        Assert.Equal([0, 0, 50, 100, 0, 150, 200, 255], rows.ToArray());

        int Number(int offset) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(offset));
    }
}
