namespace DigitService.Recognition.Networks;

/// <summary>An arc with its place: its top edge runs at <paramref name="Y"/>.</summary>
internal sealed record PlacedArc(DiagramArc Arc, double Y)
{
    internal double CardHeight => Arc.Steps.Count == 0 ? 0 : (Arc.Steps.Count * DiagramLayout.LineHeight) + 10;

    internal double Top => Y - (CardHeight / 2);
}

/// <summary>
/// Where everything is drawn: stages from left to right in as many rows as they need, broken where no arc passes or one
/// only begins, with their words below and the arcs above them.
/// </summary>
internal sealed class DiagramLayout
{
    internal const double LineHeight = 15;
    internal const double Margin = 28;
    internal const double MergeRadius = 8;

    private const double WidestRow = 1080;
    private const double NarrowestColumn = 74;
    private const double ColumnGap = 20;
    private const double RowGap = 34;
    private const double ArcGap = 17;

    private readonly DiagramPlan _plan;

    internal DiagramLayout(DiagramPlan plan, double top)
    {
        _plan = plan;
        Shapes = [.. plan.Stages.Select((stage, index) => new DiagramShape(stage, index == plan.Stages.Count - 1))];
        Rows = Break();
        Width = (2 * Margin) + Rows.Max(row => row.Sum(ColumnWidth));
        Height = top;
        foreach (var row in Rows)
        {
            Place(row);
        }
    }

    internal IReadOnlyList<DiagramShape> Shapes { get; }

    /// <summary>The positions of the stages in each row.</summary>
    internal IReadOnlyList<int[]> Rows { get; }

    internal List<PlacedArc> Arcs { get; } = [];

    internal double Width { get; }

    internal double Height { get; private set; }

    /// <summary>Where a row's words begin, by the row's first stage.</summary>
    internal Dictionary<int, double> WordsTop { get; } = [];

    /// <summary>About as wide as text of the small size is drawn.</summary>
    internal static double TextWidth(string text) => 6.5 * text.Length;

    /// <summary>The stage's words in lines, the shape first.</summary>
    internal static IReadOnlyList<string> Words(DiagramStage stage) =>
    [
        LayerDescription.Size(stage.Shape),
        .. stage.Operations,
        .. DiagramPlan.Count(stage.Parameters),
    ];

    private double ColumnWidth(int index) => ColumnGap
        + Math.Max(
            Math.Max(Words(_plan.Stages[index]).Max(TextWidth), NarrowestColumn),
            Shapes[index].Width + (_plan.Stages[index].Kind is StageKind.Sum or StageKind.Product ? 4 * MergeRadius : 0));

    private List<int[]> Break()
    {
        List<int[]> groups = [];
        for (int start = 0, index = 0; index < Shapes.Count; index++)
        {
            if (MayEndRow(index))
            {
                groups.Add([.. Enumerable.Range(start, index + 1 - start)]);
                start = index + 1;
            }
        }

        List<int[]> rows = [groups[0]];
        foreach (var group in groups.Skip(1))
        {
            if (rows[^1].Concat(group).Sum(ColumnWidth) <= WidestRow)
            {
                rows[^1] = [.. rows[^1], .. group];
            }
            else
            {
                rows.Add(group);
            }
        }

        return rows;
    }

    private bool MayEndRow(int index)
    {
        // Fully connected layers are understood by the fan from what they read.
        var next = index + 1 < _plan.Stages.Count ? _plan.Stages[index + 1].Kind : StageKind.Picture;

        // An arc may begin at a row's end: then it is drawn from where the next row begins.
        var isPassed = _plan.Arcs.Exists(arc =>
            (arc.From < index && index < arc.To) || (arc.From == index && index + 1 == arc.To));
        return !isPassed && next is not (StageKind.Dense or StageKind.Reshape);
    }

    private void Place(int[] row)
    {
        var x = Margin;
        var arcs = _plan.Arcs.Where(arc => row.Contains(arc.To)).OrderBy(arc => arc.To - arc.From).ToArray();
        foreach (var index in row)
        {
            Shapes[index].Centre = new DiagramPoint(x + (ColumnWidth(index) / 2), 0);
            x += ColumnWidth(index);
        }

        List<PlacedArc> placed = [];
        foreach (var arc in arcs)
        {
            var below = row.Where(index => arc.From <= index && index <= arc.To).Min(index => Shapes[index].Top);
            below = placed.Where(other => other.Arc.From >= arc.From && other.Arc.To <= arc.To)
                .Select(other => other.Top).Append(below).Min();
            var height = new PlacedArc(arc, 0).CardHeight;
            placed.Add(new PlacedArc(arc, below - ArcGap - (height / 2)));
        }

        var highest = placed.Select(arc => arc.Top).Concat(row.Select(index => Shapes[index].Top)).Min();
        var axis = Height - highest;
        foreach (var index in row)
        {
            Shapes[index].Centre = Shapes[index].Centre with { Y = axis };
        }

        Arcs.AddRange(placed.Select(arc => arc with { Y = arc.Y + axis }));
        WordsTop[row[0]] = row.Max(index => Shapes[index].Bottom) + 22;
        Height = WordsTop[row[0]] + (LineHeight * row.Max(index => Words(_plan.Stages[index]).Count)) + RowGap - LineHeight;
    }
}
