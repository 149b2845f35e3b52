using System.Numerics;

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

    private static readonly (int X, int Y)[] _cross = [(0, -1), (-1, 0), (1, 0), (0, 1)];
    private static readonly (int X, int Y)[] _square = [.. _cross, (-1, -1), (1, -1), (-1, 1), (1, 1)];

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
        var above = ReadOnlySpan<byte>.Empty;
        for (var y = box.Y; y < box.Bottom; y++)
        {
            // What is beyond the box counts as paper, on all four sides.
            var row = pixels.AsSpan((y * width) + box.X, box.Width);
            area += Sum(row);
            edges += row[0] + SumOfDifferences(row[1..], row) + row[^1];
            edges += above.IsEmpty ? Sum(row) : SumOfDifferences(row, above);
            above = row;
        }

        edges += Sum(above);

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
            var target = result.AsSpan((y * width) + 1, width - 2);
            pixels.AsSpan((y * width) + 1, width - 2).CopyTo(target);
            foreach (var (dx, dy) in isSquare ? _square : _cross)
            {
                Combine(target, pixels.AsSpan(((y + dy) * width) + 1 + dx, target.Length), isGrowth);
            }
        }

        return result;
    }

    private static void Combine(Span<byte> values, ReadOnlySpan<byte> others, bool isGrowth)
    {
        var i = 0;
        for (; i + Vector<byte>.Count <= values.Length; i += Vector<byte>.Count)
        {
            var (mine, other) = (new Vector<byte>(values[i..]), new Vector<byte>(others[i..]));
            (isGrowth ? Vector.Max(mine, other) : Vector.Min(mine, other)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = isGrowth ? Math.Max(values[i], others[i]) : Math.Min(values[i], others[i]);
        }
    }

    private static long Sum(ReadOnlySpan<byte> values)
    {
        var (i, sum) = (0, 0L);
        for (; i + Vector<byte>.Count <= values.Length; i += Vector<byte>.Count)
        {
            sum += Sum(new Vector<byte>(values[i..]));
        }

        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    // As many as there are of the first.
    private static long SumOfDifferences(ReadOnlySpan<byte> values, ReadOnlySpan<byte> others)
    {
        var (i, sum) = (0, 0L);
        for (; i + Vector<byte>.Count <= values.Length; i += Vector<byte>.Count)
        {
            var (mine, other) = (new Vector<byte>(values[i..]), new Vector<byte>(others[i..]));
            sum += Sum(Vector.Max(mine, other) - Vector.Min(mine, other));
        }

        for (; i < values.Length; i++)
        {
            sum += Math.Abs(values[i] - others[i]);
        }

        return sum;
    }

    private static long Sum(Vector<byte> values)
    {
        Vector.Widen(values, out var low, out var high);
        return Vector.Sum(low + high);
    }
}
