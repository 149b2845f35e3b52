namespace DigitService.Recognition.Imaging;

/// <summary>
/// Brings very thin and very thick strokes nearer to those that MNIST's writers made with one kind of pen on one size of
/// paper. Strokes in between are left as they are, MNIST's own among them.
/// </summary>
internal static class StrokeWidth
{
    // In pixels of MNIST's box of 20×20.
    internal const double Thinnest = 2.4;
    internal const double Thickest = 3.2;

    internal static Drawing Normalize(Drawing drawing)
    {
        var pixel = (double)drawing.Box.Side / MnistLayout.BoxSide;
        var width = Estimate(drawing) / pixel;
        var change = width < Thinnest ? Thinnest - width : width > Thickest ? Thickest - width : 0;
        var steps = (int)Math.Round(change * pixel / 2);
        return steps == 0 ? drawing : Change(drawing, steps);
    }

    /// <summary>
    /// The mean width of the strokes, in pixels: a stroke's area is its length times its width, and its outline is about
    /// twice its length.
    /// </summary>
    internal static double Estimate(Drawing drawing)
    {
        var (box, width, pixels) = (drawing.Box, drawing.Ink.Width, drawing.Ink.Pixels);
        var (area, edges) = (0L, 0L);
        for (var y = box.Y; y < box.Bottom; y++)
        {
            var (left, row) = (0, y * width);
            for (var x = box.X; x < box.Right; x++)
            {
                var pixel = pixels[row + x];
                var above = y > box.Y ? pixels[row - width + x] : 0;
                area += pixel;
                edges += Math.Abs(pixel - left) + Math.Abs(pixel - above);
                left = pixel;
            }

            edges += left;
        }

        for (var x = box.X; x < box.Right; x++)
        {
            edges += pixels[((box.Bottom - 1) * width) + x];
        }

        // Steps along rows and columns are longer than an outline that lies askew, by 4/π in the mean of all directions.
        return edges == 0 ? 0 : 2 * area / (edges * Math.PI / 4);
    }

    /// <summary>Adds so many pixels on every side of a stroke, or takes them away if negative.</summary>
    private static Drawing Change(Drawing drawing, int steps)
    {
        var grown = Math.Max(0, steps) + 1;
        var (box, count) = (drawing.Box, Math.Abs(steps));
        var (width, height) = (box.Width + (2 * grown), box.Height + (2 * grown));
        var pixels = new byte[width * height];
        for (var y = 0; y < box.Height; y++)
        {
            drawing.Ink.Pixels.AsSpan(((box.Y + y) * drawing.Ink.Width) + box.X, box.Width)
                .CopyTo(pixels.AsSpan(((y + grown) * width) + grown));
        }

        // Crosses and squares by turns make an octagon, which is nearly a circle.
        for (var step = 0; step < count; step++)
        {
            pixels = Step(pixels, width, height, isGrowth: steps > 0, isSquare: step % 2 == 1);
        }

        var ink = new GrayImage(width, height, pixels);
        var changed = BoundingBox.Of(pixels, width, height);
        return changed is { } kept ? new Drawing(ink, kept) : drawing;
    }

    private static byte[] Step(byte[] pixels, int width, int height, bool isGrowth, bool isSquare)
    {
        var result = new byte[pixels.Length];
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                var cross = Extreme(
                    Extreme(pixels[at - 1], pixels[at + 1], isGrowth), Extreme(pixels[at - width], pixels[at + width], isGrowth), isGrowth);
                var value = Extreme(pixels[at], cross, isGrowth);
                if (isSquare)
                {
                    var above = Extreme(pixels[at - width - 1], pixels[at - width + 1], isGrowth);
                    var below = Extreme(pixels[at + width - 1], pixels[at + width + 1], isGrowth);
                    value = Extreme(value, Extreme(above, below, isGrowth), isGrowth);
                }

                result[at] = value;
            }
        }

        return result;
    }

    private static byte Extreme(byte a, byte b, bool isGrowth) => isGrowth ? Math.Max(a, b) : Math.Min(a, b);
}
