using System.Xml.Linq;
using static DigitService.Recognition.Networks.NetworkDiagram;

namespace DigitService.Recognition.Networks;

/// <summary>The SVG elements of a diagram, those further back first.</summary>
internal sealed class DiagramDrawing(DiagramLayout layout)
{
    private const double NeuronRadius = 4;
    private const double NeuronPitch = 12;

    // How far before a row's first stage an arc leaves that begins at the row above.
    private const double ColumnStart = 24;

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    internal List<XElement> Elements { get; } = [];

    internal void Network(DiagramPlan plan)
    {
        for (var index = 1; index < plan.Stages.Count; index++)
        {
            Connection(layout.Shapes[index - 1], layout.Shapes[index]);
        }

        foreach (var arc in layout.Arcs)
        {
            Arc(arc);
        }

        foreach (var row in layout.Rows)
        {
            foreach (var index in row)
            {
                Shape(layout.Shapes[index]);
                Words(layout.Shapes[index], layout.WordsTop[row[0]]);
            }
        }

        // A window lies upon the block that it looks at.
        for (var index = 1; index < plan.Stages.Count; index++)
        {
            Window(layout.Shapes[index - 1], layout.Shapes[index]);
        }
    }

    internal void Text(double x, double y, string text, string style, string anchor) => Add(
        "text",
        $"nd-text {style}".TrimEnd(),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("text-anchor", anchor),
        text);

    private void Connection(DiagramShape from, DiagramShape to)
    {
        if (to.Centre.Y > from.Centre.Y)
        {
            NextRow(from, to);
        }
        else if (to.Stage.Kind == StageKind.Dense)
        {
            Polygon(
                "nd-fan", new(from.Right, from.Top), new(to.Left, to.Top), new(to.Left, to.Bottom), new(from.Right, from.Bottom));
        }
        else if (!HasWindow(from, to))
        {
            Arrow(from.Right + 3, to.Left - 3, to.Centre.Y);
        }

        if (to.Stage.Kind is StageKind.Sum or StageKind.Product)
        {
            var (x, y) = Merge(to);
            Circle("nd-card", new(x, y), DiagramLayout.MergeRadius);
            var arm = to.Stage.Kind == StageKind.Sum ? (4.5, 0.0) : (3.2, 3.2);
            Path(
                "nd-arc",
                $"M{Number(x - arm.Item1)} {Number(y - arm.Item2)}L{Number(x + arm.Item1)} {Number(y + arm.Item2)}"
                + $"M{Number(x - arm.Item2)} {Number(y + arm.Item1)}L{Number(x + arm.Item2)} {Number(y - arm.Item1)}");
        }
    }

    /// <summary>From a row's end down and back to the beginning of the next.</summary>
    private void NextRow(DiagramShape from, DiagramShape to)
    {
        var (right, left) = (layout.Width - (DiagramLayout.Margin / 2), DiagramLayout.Margin / 2);
        var arcs = layout.Arcs.Where(arc => layout.Shapes[arc.Arc.To].Centre.Y == to.Centre.Y).Select(arc => arc.Top);
        var row = layout.Shapes.Where(shape => shape.Centre.Y == to.Centre.Y).Select(shape => shape.Top);
        var between = arcs.Concat(row).Min() - 16;
        Path(
            "nd-line",
            $"M{Number(from.Right + 3)} {Number(from.Centre.Y)}H{Number(right)}V{Number(between)}H{Number(left)}"
            + $"V{Number(to.Centre.Y)}H{Number(to.Left - 8)}");
        Head("nd-head", new(to.Left - 2, to.Centre.Y), 1, 0);
    }

    private void Arrow(double from, double to, double y)
    {
        Path("nd-line", $"M{Number(from)} {Number(y)}H{Number(to - 5)}");
        Head("nd-head", new(to, y), 1, 0);
    }

    private void Window(DiagramShape from, DiagramShape to)
    {
        if (!HasWindow(from, to))
        {
            return;
        }

        var window = from.Window(to.Stage.Window!);
        var end = new DiagramPoint(to.Left, to.Centre.Y);
        Polygon("nd-window", window);
        foreach (var corner in window[1..3])
        {
            Path("nd-ray", $"M{Number(corner.X)} {Number(corner.Y)}L{Number(end.X)} {Number(end.Y)}");
        }
    }

    private static bool HasWindow(DiagramShape from, DiagramShape to) =>
        to.Stage.Window is not null && from.Stage.Shape.Length == 3 && to.Centre.Y <= from.Centre.Y;

    private void Arc(PlacedArc placed)
    {
        var from = layout.Shapes[placed.Arc.From];
        var (x, y) = Merge(layout.Shapes[placed.Arc.To]);
        var start = new DiagramPoint(from.Centre.X, from.Top - 2);
        if (from.Centre.Y < y)
        {
            start = new DiagramPoint(layout.Shapes[placed.Arc.From + 1].Left - ColumnStart, y);
            Circle("nd-archead", start, 2.6);
        }

        const double Corner = 9;
        Path(
            "nd-arc",
            $"M{Number(start.X)} {Number(start.Y)}V{Number(placed.Y + Corner)}"
            + $"q0 -{Corner} {Corner} -{Corner}H{Number(x - Corner)}q{Corner} 0 {Corner} {Corner}"
            + $"V{Number(y - DiagramLayout.MergeRadius - 6)}");
        Head("nd-archead", new(x, y - DiagramLayout.MergeRadius - 1), 0, 1);
        if (placed.Arc.Steps.Count == 0)
        {
            return;
        }

        var width = placed.Arc.Steps.Max(DiagramLayout.TextWidth) + 18;
        var centre = (start.X + x) / 2;
        Add(
            "rect",
            "nd-card",
            new XAttribute("x", Number(centre - (width / 2))),
            new XAttribute("y", Number(placed.Top)),
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(placed.CardHeight)),
            new XAttribute("rx", 6));
        Lines(centre, placed.Top + 16, placed.Arc.Steps, "", placed.Arc.Parameters);
    }

    private void Shape(DiagramShape shape)
    {
        var style = $"nd-face nd-{shape.Stage.Kind.ToString().ToLowerInvariant()}";
        if (shape.IsBlock)
        {
            Polygon(style, shape.Roof);
            Polygon("nd-roof", shape.Roof);
            Polygon(style, shape.FarSide);
            Polygon("nd-side", shape.FarSide);
        }

        Polygon(style, shape.Front);
        if (shape.Stage.Kind == StageKind.Picture)
        {
            // A three, drawn by hand.
            var (x, y) = (Number(shape.Left + 29), Number(shape.Top + 25));
            Path("nd-ink", $"M{x} {y}c8 -10 30 -8 28 6c-1 9 -12 12 -16 12c8 0 18 4 18 15c0 15 -26 17 -33 5");
        }
        else if (shape.Answers.Count > 0)
        {
            foreach (var (index, answer) in shape.Answers.Index())
            {
                var top = shape.Top + (index * DiagramShape.DigitHeight);
                Text(shape.Centre.X, top + (DiagramShape.DigitHeight / 2) + 3.5, answer, "nd-digit", "middle");
                if (answer == DiagramShape.None)
                {
                    Path("nd-border", $"M{Number(shape.Left)} {Number(top)}H{Number(shape.Right)}");
                }
            }
        }
        else if (shape.Stage.Kind == StageKind.Dense)
        {
            Neurons(shape);
        }
    }

    /// <summary>As many neurons as there is room for; three dots in the middle stand for the others.</summary>
    private void Neurons(DiagramShape shape)
    {
        var count = Math.Max(3, (int)(shape.FrontHeight / NeuronPitch));
        var first = shape.Centre.Y - ((count - 1) * NeuronPitch / 2);
        for (var index = 0; index < count; index++)
        {
            var isMiddle = index == count / 2;
            foreach (var offset in isMiddle ? new[] { -4.0, 0, 4 } : [0])
            {
                Circle(
                    "nd-neuron",
                    new(shape.Centre.X, first + (index * NeuronPitch) + offset),
                    isMiddle ? 1.1 : NeuronRadius);
            }
        }
    }

    private void Words(DiagramShape shape, double top) =>
        Lines(shape.Centre.X, top, DiagramLayout.Words(shape.Stage), "nd-shape", shape.Stage.Parameters);

    /// <summary>Lines of text, of which the last one counts the parameters where there are any.</summary>
    private void Lines(double x, double top, IReadOnlyList<string> lines, string first, long parameters)
    {
        for (var line = 0; line < lines.Count; line++)
        {
            var style = line == 0 ? first : parameters > 0 && line == lines.Count - 1 ? "nd-muted" : "";
            Text(x, top + (line * DiagramLayout.LineHeight), lines[line], style, "middle");
        }
    }

    private static DiagramPoint Merge(DiagramShape shape) =>
        new(shape.Left - (2 * DiagramLayout.MergeRadius), shape.Centre.Y);

    private void Head(string style, DiagramPoint tip, double x, double y) => Polygon(
        style,
        tip,
        new(tip.X - (6 * x) - (3.5 * y), tip.Y - (6 * y) - (3.5 * x)),
        new(tip.X - (6 * x) + (3.5 * y), tip.Y - (6 * y) + (3.5 * x)));

    private void Polygon(string style, params DiagramPoint[] points) => Add(
        "polygon",
        style,
        new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))));

    private void Circle(string style, DiagramPoint centre, double radius) => Add(
        "circle",
        style,
        new XAttribute("cx", Number(centre.X)),
        new XAttribute("cy", Number(centre.Y)),
        new XAttribute("r", Number(radius)));

    private void Path(string style, string data) => Add("path", style, new XAttribute("d", data));

    private void Add(string name, string style, params object[] content) =>
        Elements.Add(new XElement(_svg + name, new XAttribute("class", style), content));
}
