namespace DigitService.Recognition.Imaging;

/// <summary>
/// Erases the lines of ruled and squared paper: thin, and from one border of the picture to the other. A stroke that
/// crosses one stays whole, since the line is erased only where it is as thin as it is elsewhere.
/// </summary>
internal static class RuledLines
{
    // How thick a line may be, as a share of the picture's longer side, and how much of its way must be ink.
    private const double Thickest = 0.04;
    private const double Coverage = 0.8;

    // How far from the last column's row a line is looked for in the next one: it may lie askew.
    private const int Drift = 2;

    /// <summary>Erases the lines of a mask of zeros and ones.</summary>
    /// <returns>How many lines ran across the picture, and how many down.</returns>
    internal static (int Across, int Down) Erase(byte[] mask, int width, int height) => (
        EraseRows(mask, width, height, columnStep: 1, rowStep: width),
        EraseRows(mask, height, width, columnStep: width, rowStep: 1));

    // Named as for lines from left to right; with the steps exchanged they run from top to bottom.
    private static int EraseRows(byte[] mask, int width, int height, int columnStep, int rowStep)
    {
        var thickest = Math.Max(2, (int)(Thickest * Math.Max(width, height)));
        if (width < 8 * thickest)
        {
            return 0;
        }

        Span<int> path = new int[width];
        Span<int> thicknesses = new int[width];
        var lines = 0;
        for (var y = 0; y < height; y++)
        {
            // A line is traced from where it enters at the left: at its upper edge, within the first columns.
            if (mask[(y * rowStep) + columnStep] == 0 || (y > 0 && mask[((y - 1) * rowStep) + columnStep] != 0))
            {
                continue;
            }

            var covered = Trace(mask, (width, height), (columnStep, rowStep), y, thickest, path, thicknesses);
            if (covered >= Coverage * width)
            {
                Erase(mask, height, (columnStep, rowStep), path, thicknesses, covered);
                lines++;
            }
        }

        return lines;
    }

    /// <summary>
    /// Follows a line. Where it is no longer seen, or is lost in something thicker, it is taken to go on as before.
    /// </summary>
    /// <returns>How many columns it is seen in as a thin line.</returns>
    private static int Trace(
        byte[] mask, (int Width, int Height) size, (int Column, int Row) step, int start, int thickest, Span<int> path, Span<int> thicknesses)
    {
        var covered = 0;
        var center = (float)start;
        for (var x = 0; x < size.Width; x++)
        {
            path[x] = Math.Clamp((int)MathF.Round(center), 0, size.Height - 1);
            thicknesses[x] = 0;
            var y = Nearest(mask, size.Height, step, x, path[x], x == 0 ? thickest : Drift);
            if (y < 0)
            {
                continue;
            }

            var (top, bottom) = Extent(mask, size.Height, step, x, y);
            if (bottom - top <= thickest)
            {
                center = (top + bottom - 1) / 2f;
                path[x] = y;
                thicknesses[x] = bottom - top;
                covered++;
            }
        }

        return covered;
    }

    private static void Erase(
        byte[] mask, int height, (int Column, int Row) step, ReadOnlySpan<int> path, ReadOnlySpan<int> thicknesses, int covered)
    {
        var sum = 0;
        foreach (var thickness in thicknesses)
        {
            sum += thickness;
        }

        var thickest = Math.Max(2, (int)Math.Ceiling(1.5 * sum / covered));
        for (var x = 0; x < path.Length; x++)
        {
            if (thicknesses[x] == 0 || thicknesses[x] > thickest)
            {
                continue;
            }

            var (top, bottom) = Extent(mask, height, step, x, path[x]);
            for (var y = top; y < bottom; y++)
            {
                mask[(y * step.Row) + (x * step.Column)] = 0;
            }
        }
    }

    private static int Nearest(byte[] mask, int height, (int Column, int Row) step, int x, int y, int reach)
    {
        for (var distance = 0; distance <= reach; distance++)
        {
            if (y - distance >= 0 && mask[((y - distance) * step.Row) + (x * step.Column)] != 0)
            {
                return y - distance;
            }

            if (y + distance < height && mask[((y + distance) * step.Row) + (x * step.Column)] != 0)
            {
                return y + distance;
            }
        }

        return -1;
    }

    private static (int Top, int Bottom) Extent(byte[] mask, int height, (int Column, int Row) step, int x, int y)
    {
        var (top, bottom) = (y, y + 1);
        while (top > 0 && mask[((top - 1) * step.Row) + (x * step.Column)] != 0)
        {
            top--;
        }

        while (bottom < height && mask[(bottom * step.Row) + (x * step.Column)] != 0)
        {
            bottom++;
        }

        return (top, bottom);
    }
}
