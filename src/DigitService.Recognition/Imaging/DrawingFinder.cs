namespace DigitService.Recognition.Imaging;

/// <summary>Finds the main drawing in a picture: a digit on its paper.</summary>
internal static class DrawingFinder
{
    private const int EdgeRadius = 2;

    /// <summary>The drawing in a picture of some hundred pixels a side; null if nothing is drawn.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="factor">By how much it was reduced: a small drawing in a very large picture may have been a sharp one.</param>
    internal static Drawing? Find(GrayImage picture, int factor)
    {
        if (InkMap.Of(picture) is not { } map)
        {
            return null;
        }

        var (width, height) = (picture.Width, picture.Height);
        var mask = new byte[width * height];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = map.Strength[i] >= map.Threshold ? (byte)1 : (byte)0;
        }

        var unruled = (byte[])mask.Clone();
        var lines = RuledLines.Erase(unruled, width, height);
        var labels = new Components(unruled, width, height);
        var kept = ComponentChoice.Choose(labels);
        if (lines is ((0 or 1), (0 or 1)) and not (0, 0))
        {
            var whole = new Components(mask, width, height);
            var withLines = ComponentChoice.Choose(whole);
            if ((kept.Count == 0 && map.IsOnCleanPaper) || IsCroppedTo(whole, withLines))
            {
                (labels, kept) = (whole, withLines);
            }
        }

        if (kept.Count == 0 && map.IsOnCleanPaper)
        {
            kept = ComponentChoice.ChooseSmall(labels, factor);
        }

        return kept.Count == 0 ? null : Extract(map, labels, kept, picture);
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
        var scale = 255f / map.FullLevel;
        foreach (var run in labels.Runs)
        {
            if (!kept.Contains(labels.Label(run)))
            {
                continue;
            }

            // The run and its surroundings, edges and all. Their strength counts from zero, so that edges stay soft.
            for (var y = Math.Max(0, run.Y - EdgeRadius); y <= Math.Min(height - 1, run.Y + EdgeRadius); y++)
            {
                for (var x = Math.Max(0, run.Start - EdgeRadius); x < Math.Min(width, run.End + EdgeRadius); x++)
                {
                    var at = (y * width) + x;
                    ink[at] = map.Strength[at] <= map.Softest ? (byte)0 : (byte)Math.Min(255, map.Strength[at] * scale);
                }
            }
        }

        return new Drawing(new GrayImage(width, height, ink), BoundingBox.Of(ink, width, height)!.Value);
    }
}
