namespace DigitService.Recognition.Imaging;

internal static class BoundingBox
{
    /// <summary>The smallest box around all pixels that are not 0; null if there are none.</summary>
    internal static Box? Of(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var (left, right, top, bottom) = (width, -1, height, -1);
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width, width);
            var first = row.IndexOfAnyExcept((byte)0);
            if (first >= 0)
            {
                left = Math.Min(left, first);
                right = Math.Max(right, row.LastIndexOfAnyExcept((byte)0));
                top = Math.Min(top, y);
                bottom = y;
            }
        }

        return bottom < 0 ? null : new Box(left, top, right - left + 1, bottom - top + 1);
    }
}
