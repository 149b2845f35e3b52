namespace DigitService.Recognition.Imaging;

/// <summary>Tells the strokes of the drawing from specks, borders, frames and whatever else is on the paper.</summary>
internal static class ComponentChoice
{
    // Shares of the picture's longer side.
    private const double SmallestDrawing = 0.05;
    private const double SmallestSharp = 0.02;
    private const double LongBorderContact = 0.2;

    // In pixels of the picture before it was reduced: thrice MNIST's box.
    private const double SharpSide = 60;

    // Of a component's own width and height, and of its box: frames and edges of paper lie along the border, and shadows
    // and fingers are filled, as strokes are not.
    private const double EdgeContact = 0.75;
    private const double FilledShare = 0.6;

    // Of the largest component's area: less is not what a photograph shows, even if the largest does not end as strokes do.
    private const double SmallestStroke = 0.15;

    // Of a frame's side: its content, and a corner that a rounded stroke does not reach; of its box: how thin it is.
    private const double FramedShare = 0.25;
    private const double Corner = 0.12;
    private const double FrameArea = 0.25;

    // What reaches the border of a photograph is seldom what it shows.
    private const double BorderScore = 0.3;

    // Shares of the main component's side and area.
    private const double NearGap = 0.25;
    private const double FarGap = 0.5;
    private const double SmallestNear = 0.03;
    private const double SmallestFar = 0.2;

    /// <summary>The labels of the components that belong to the drawing; none if there is no drawing.</summary>
    /// <param name="labels">The components.</param>
    /// <param name="outlines">How they end, in a photograph; null on clean paper.</param>
    internal static HashSet<int> Choose(Components labels, Outlines? outlines)
    {
        var side = Math.Max(labels.Width, labels.Height);
        var all = labels.All();
        var large = all.FindAll(component => component.Box.Side >= Math.Max(3, SmallestDrawing * side));
        var frames = large.FindAll(component => IsFrame(component, large, labels));
        all.RemoveAll(frames.Contains);
        large.RemoveAll(frames.Contains);
        var drawn = large.FindAll(component => !LooksLikeBorder(component, side));
        var smallest = SmallestStroke * drawn.Select(component => component.Area).DefaultIfEmpty().Max();
        if (drawn.Exists(component => component.Area >= smallest && IsStroke(component)))
        {
            drawn.RemoveAll(component => !IsStroke(component));
            all.RemoveAll(component => !IsStroke(component));
        }

        if (Largest(drawn.Count > 0 ? drawn : large, labels, outlines is null ? 1 : BorderScore) is not { } main)
        {
            return [];
        }

        if (outlines is not null && main.BorderContact == 0)
        {
            all.RemoveAll(component => component.BorderContact > 0);
        }

        return [main.Label, .. Strokes(all, main, side)];

        bool IsStroke(Component component) => outlines is null || outlines.FallingShare([component.Label]) >= Outlines.OfStrokes;
    }

    /// <summary>
    /// The labels of a drawing that <see cref="Choose"/> finds too small, on paper with nothing else: it may be sharp in a
    /// very large picture, as dust and noise are not, which are many or tiny.
    /// </summary>
    /// <param name="labels">The components.</param>
    /// <param name="factor">By how much the picture was reduced.</param>
    internal static HashSet<int> ChooseSmall(Components labels, int factor)
    {
        var side = Math.Max(labels.Width, labels.Height);
        var all = labels.All();
        var sharp = all.FindAll(component => component.Box.Side >= Math.Max(SharpSide / factor, Math.Max(3, SmallestSharp * side)));
        if (Largest(sharp, labels, 1) is not { } main)
        {
            return [];
        }

        HashSet<int> kept = [main.Label, .. Strokes(all, main, side)];
        var area = all.Where(component => kept.Contains(component.Label)).Sum(component => component.Area);
        return area * 2 >= all.Sum(component => component.Area) ? kept : [];
    }

    private static Component? Largest(List<Component> components, Components labels, double atBorder) => components.Count == 0
        ? null
        : components.MaxBy(component => Score(component, labels) * (component.BorderContact > 0 ? atBorder : 1));

    // The box of a form, or one that was drawn around a digit.
    private static bool IsFrame(Component frame, List<Component> large, Components labels) =>
        frame.Area <= FrameArea * frame.Box.Width * frame.Box.Height
        && large.Exists(component => component.Box != frame.Box
            && component.Box.Side >= FramedShare * frame.Box.Side
            && component.Box.Union(frame.Box) == frame.Box)
        && labels.ReachesCorners(frame, Corner);

    private static bool LooksLikeBorder(Component component, int side) =>
        component.BorderContact >= LongBorderContact * side
        && (component.BorderContact >= EdgeContact * (component.Box.Width + component.Box.Height)
            || component.Area >= FilledShare * component.Box.Width * component.Box.Height);

    // People put what they show in the middle.
    private static double Score(Component component, Components labels)
    {
        var x = ((component.Box.X + component.Box.Right) / (double)labels.Width) - 1;
        var y = ((component.Box.Y + component.Box.Bottom) / (double)labels.Height) - 1;
        return component.Area * (1 - (0.3 * ((x * x) + (y * y))));
    }

    // Where the drawing itself lies on the border, so may a stroke of it along the border: the top of a 5.
    private static IEnumerable<int> Strokes(List<Component> all, Component main, int side) =>
        from component in all
        let gap = main.Box.Gap(component.Box)
        where component.Label != main.Label
            && (!LooksLikeBorder(component, side) || (main.BorderContact > 0 && component.Area <= main.Area))
            && ((component.Area >= SmallestNear * main.Area && gap <= NearGap * main.Box.Side)
                || (component.Area >= SmallestFar * main.Area && gap <= FarGap * main.Box.Side))
        select component.Label;
}
