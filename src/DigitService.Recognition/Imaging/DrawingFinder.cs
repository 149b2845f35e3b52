using System.Numerics;

namespace DigitService.Recognition.Imaging;

/// <summary>Finds the main drawing in a picture: a digit on its paper.</summary>
internal static class DrawingFinder
{
    private const int EdgeRadius = 2;

    // Narrow strokes that fall off less are the ends and edges of wide ones.
    private const double LeastOfNarrow = 0.9;

    /// <summary>The drawing in a picture of some hundred pixels a side; null if nothing is drawn.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="factor">By how much it was reduced: a small drawing in a very large picture may have been a sharp one.</param>
    internal static Drawing? Find(GrayImage picture, int factor)
    {
        if (InkMap.Of(picture) is not { } map || Find(map, picture, factor) is not { } found)
        {
            return null;
        }

        if (found.FallingShare < Outlines.OfStrokes
            && map.OfNarrowStrokes(picture.Width, picture.Height) is { } narrow
            && Find(narrow, picture, factor) is { FallingShare: >= LeastOfNarrow } closer)
        {
            found = closer;
        }

        return found.Drawing;
    }

    private static FoundDrawing? Find(InkMap map, GrayImage picture, int factor)
    {
        var (width, height) = (picture.Width, picture.Height);
        var mask = Mask(map.Strength, map.Threshold);
        var unruled = (byte[])mask.Clone();
        var lines = RuledLines.Erase(unruled, width, height);
        var (labels, outlines, kept) = Choose(unruled);
        if (lines is ((0 or 1), (0 or 1)) and not (0, 0))
        {
            var withLines = Choose(mask);
            if ((kept.Count == 0 && map.IsOnCleanPaper) || IsCroppedTo(withLines.Labels, withLines.Kept))
            {
                (labels, outlines, kept) = withLines;
            }
        }

        if (kept.Count == 0 && map.IsOnCleanPaper)
        {
            kept = ComponentChoice.ChooseSmall(labels, factor);
        }

        return kept.Count == 0 ? null : new FoundDrawing(Extract(map, labels, kept, picture), outlines?.FallingShare(kept) ?? 1);

        (Components Labels, Outlines? Outlines, HashSet<int> Kept) Choose(byte[] inked)
        {
            var components = new Components(inked, width, height);
            var ends = map.Surface is null ? null : new Outlines(components, inked, map.Surface);
            return (components, ends, ComponentChoice.Choose(components, ends));
        }
    }

    /// <summary>
    /// Whether a drawing reaches all four borders, as one does that its picture was cropped to: then a line from border to
    /// border is a stroke of it, such as the bar of a 4 or all of a 1, unless there are several as on ruled paper.
    /// </summary>
    private static bool IsCroppedTo(Components labels, HashSet<int> kept)
    {
        Box? drawing = null;
        foreach (var component in labels.All().Where(component => kept.Contains(component.Label)))
        {
            drawing = drawing?.Union(component.Box) ?? component.Box;
        }

        return drawing == new Box(0, 0, labels.Width, labels.Height);
    }

    private static Drawing Extract(InkMap map, Components labels, HashSet<int> kept, GrayImage picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        var ink = new byte[width * height];
        var full = Stretched(map);
        foreach (var run in labels.Runs)
        {
            if (!kept.Contains(labels.Label(run)))
            {
                continue;
            }

            // The run and its surroundings, edges and all. Their strength counts from zero, so that edges stay soft.
            var (start, end) = (Math.Max(0, run.Start - EdgeRadius), Math.Min(width, run.End + EdgeRadius));
            for (var y = Math.Max(0, run.Y - EdgeRadius); y <= Math.Min(height - 1, run.Y + EdgeRadius); y++)
            {
                full.AsSpan((y * width) + start, end - start).CopyTo(ink.AsSpan((y * width) + start));
            }
        }

        return new Drawing(new GrayImage(width, height, ink), BoundingBox.Of(ink, width, height)!.Value);
    }

    private static byte[] Mask(byte[] strength, int threshold)
    {
        var mask = new byte[strength.Length];
        var (i, least, one) = (0, new Vector<byte>((byte)threshold), Vector<byte>.One);
        for (; i + Vector<byte>.Count <= mask.Length; i += Vector<byte>.Count)
        {
            (Vector.GreaterThanOrEqual(new Vector<byte>(strength, i), least) & one).CopyTo(mask, i);
        }

        for (; i < mask.Length; i++)
        {
            mask[i] = strength[i] >= least[0] ? (byte)1 : (byte)0;
        }

        return mask;
    }

    /// <summary>The strengths, stretched so that full ink is 255.</summary>
    private static byte[] Stretched(InkMap map)
    {
        if (map is { FullLevel: 255, Softest: 0 })
        {
            return map.Strength;
        }

        var scale = 255f / map.FullLevel;
        Span<byte> stretched = stackalloc byte[256];
        for (var strength = map.Softest + 1; strength < stretched.Length; strength++)
        {
            stretched[strength] = (byte)Math.Min(255, strength * scale);
        }

        var full = new byte[map.Strength.Length];
        for (var i = 0; i < full.Length; i++)
        {
            full[i] = stretched[map.Strength[i]];
        }

        return full;
    }

    // The share of its outline at which a drawing falls off to the paper.
    private sealed record FoundDrawing(Drawing Drawing, double FallingShare);
}
