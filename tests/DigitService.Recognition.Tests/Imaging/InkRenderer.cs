using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>Draws pen strokes as a page's canvas does: a round, anti-aliased pen.</summary>
internal static class InkRenderer
{
    internal const int CanvasSide = 280;

    /// <summary>
    /// A canvas with a pen of 10 to 30 pixels, the digit filling 45 to 85% of it, up to 8% off the middle.
    /// </summary>
    internal static GrayImage Draw(InkDigit digit, long seed, bool whiteOnBlack)
    {
        var random = new SeededRandom(seed);
        var pen = random.Between(10, 30);
        var fill = random.Between(0.45, 0.85);
        var offset = (X: random.Between(-0.08, 0.08), Y: random.Between(-0.08, 0.08));
        var ink = Coverage(digit, CanvasSide, pen, fill, offset);
        var pixels = Array.ConvertAll(ink, covered => (byte)Math.Round(255 * (whiteOnBlack ? covered : 1 - covered)));
        return new GrayImage(CanvasSide, CanvasSide, pixels);
    }

    /// <summary>How much of each pixel the pen covers, 0 to 1.</summary>
    /// <param name="digit">What is drawn.</param>
    /// <param name="side">The canvas's width and height.</param>
    /// <param name="pen">The pen's diameter in pixels.</param>
    /// <param name="fill">The share of the side that the drawing, pen and all, takes on its longer side.</param>
    /// <param name="offset">How far its middle lies from the canvas's, as shares of the side.</param>
    internal static float[] Coverage(InkDigit digit, int side, double pen, double fill, (double X, double Y) offset)
    {
        var points = digit.Strokes.SelectMany(stroke => stroke).ToArray();
        var (left, right) = (points.Min(point => point[0]), points.Max(point => point[0]));
        var (top, bottom) = (points.Min(point => point[1]), points.Max(point => point[1]));
        var scale = Math.Max(1, (fill * side) - pen) / Math.Max(1, Math.Max(right - left, bottom - top));
        var (middleX, middleY) = ((0.5 + offset.X) * side, (0.5 + offset.Y) * side);
        (double X, double Y) Place(int[] point) => (
            middleX + ((point[0] - ((left + right) / 2.0)) * scale), middleY + ((point[1] - ((top + bottom) / 2.0)) * scale));

        var canvas = new float[side * side];
        foreach (var stroke in digit.Strokes)
        {
            for (var i = 0; i < stroke.Length; i++)
            {
                DrawSegment(canvas, side, Place(stroke[Math.Max(0, i - 1)]), Place(stroke[i]), pen / 2);
            }
        }

        return canvas;
    }

    private static void DrawSegment(float[] canvas, int side, (double X, double Y) from, (double X, double Y) to, double radius)
    {
        var (deltaX, deltaY) = (to.X - from.X, to.Y - from.Y);
        var squared = (deltaX * deltaX) + (deltaY * deltaY);
        var (left, right) = Range(from.X, to.X, radius, side);
        var (top, bottom) = Range(from.Y, to.Y, radius, side);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var (pointX, pointY) = (x + 0.5 - from.X, y + 0.5 - from.Y);
                var along = squared == 0 ? 0 : Math.Clamp(((pointX * deltaX) + (pointY * deltaY)) / squared, 0, 1);
                var distance = Math.Sqrt(Math.Pow(pointX - (along * deltaX), 2) + Math.Pow(pointY - (along * deltaY), 2));
                var covered = (float)Math.Clamp(radius + 0.5 - distance, 0, 1);
                ref var pixel = ref canvas[(y * side) + x];
                pixel = Math.Max(pixel, covered);
            }
        }
    }

    private static (int First, int Last) Range(double a, double b, double radius, int side) => (
        Math.Max(0, (int)(Math.Min(a, b) - radius - 1)), Math.Min(side - 1, (int)(Math.Max(a, b) + radius + 1)));
}
