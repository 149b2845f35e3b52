using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Tests.Imaging;

/// <summary>A picture of any shape that a square pen without soft edges draws on.</summary>
internal sealed class Sketch
{
    private readonly byte[] _pixels;

    internal Sketch(int width, int height, byte paper = 255)
    {
        (Width, Height, _pixels) = (width, height, new byte[width * height]);
        Array.Fill(_pixels, paper);
    }

    internal int Width { get; }

    internal int Height { get; }

    internal GrayImage Image => new(Width, Height, _pixels);

    internal byte this[int i]
    {
        set => _pixels[i] = value;
    }

    /// <summary>Draws from point to point; what lies beyond the picture is lost.</summary>
    internal Sketch Line(int pen, byte ink, params (int X, int Y)[] points)
    {
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var steps = 2 * Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
            for (var step = 0; step <= steps; step++)
            {
                var share = step / (double)Math.Max(1, steps);
                Stamp((int)(from.X + (share * (to.X - from.X))), (int)(from.Y + (share * (to.Y - from.Y))), pen, ink);
            }
        }

        return this;
    }

    private void Stamp(int x, int y, int pen, byte ink)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + pen); row++)
        {
            var (left, right) = (Math.Max(0, x), Math.Min(Width, x + pen));
            _pixels.AsSpan((row * Width) + left, Math.Max(0, right - left)).Fill(ink);
        }
    }
}
