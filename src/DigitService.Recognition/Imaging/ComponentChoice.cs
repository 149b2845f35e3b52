namespace DigitService.Recognition.Imaging;

/// <summary>Tells the strokes of the drawing from specks, borders and whatever else is on the paper.</summary>
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

    // Shares of the main component's side and area.
    private const double NearGap = 0.25;
    private const double FarGap = 0.5;
    private const double SmallestNear = 0.03;
    private const double SmallestFar = 0.2;

    /// <summary>The labels of the components that belong to the drawing; none if there is no drawing.</summary>
    internal static HashSet<int> Choose(Components labels)
    {
        var side = Math.Max(labels.Width, labels.Height);
        var all = labels.All();
        var large = all.FindAll(component => component.Box.Side >= Math.Max(3, SmallestDrawing * side));
        var drawn = large.FindAll(component => !LooksLikeBorder(component, side));
        return Largest(drawn.Count > 0 ? drawn : large, labels) is { } main ? [main.Label, .. Strokes(all, main, side)] : [];
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
        if (Largest(sharp, labels) is not { } main)
        {
            return [];
        }

        HashSet<int> kept = [main.Label, .. Strokes(all, main, side)];
        var area = all.Where(component => kept.Contains(component.Label)).Sum(component => component.Area);
        return area * 2 >= all.Sum(component => component.Area) ? kept : [];
    }

    private static Component? Largest(List<Component> components, Components labels) =>
        components.Count == 0 ? null : components.MaxBy(component => Score(component, labels));

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
