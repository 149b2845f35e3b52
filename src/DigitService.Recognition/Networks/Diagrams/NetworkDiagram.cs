using System.Globalization;
using System.Xml.Linq;

namespace DigitService.Recognition.Networks;

/// <summary>
/// Draws a network's architecture as SVG: its values as blocks and bars that follow their shapes, the layers between
/// them, and what is added or multiplied from further back as arcs. The picture stands alone, without scripts or other
/// files, and follows the reader's choice of light or dark.
/// </summary>
public static class NetworkDiagram
{
    private const double TitleHeight = 34;

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    /// <summary>The diagram of a network of the catalogue, as the text of an SVG file.</summary>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    /// <exception cref="NotSupportedException">The network computes something outside its layers.</exception>
    public static string Of(string name)
    {
        var summary = NetworkCatalog.Summary(name);
        using var network = NetworkCatalog.Create(name, seed: 0);
        var plan = DiagramPlan.Of(NetworkTrace.Of(network));
        return Draw(summary, plan).ToString();
    }

    private static XElement Draw(NetworkSummary summary, DiagramPlan plan)
    {
        var width = new DiagramLayout(plan, 0).Width;
        var words = Wrap(summary.Description, width - (2 * DiagramLayout.Margin));
        var top = DiagramLayout.Margin + TitleHeight + ((words.Count + 1) * DiagramLayout.LineHeight) + 26;
        var layout = new DiagramLayout(plan, top);
        var totals = FormattableString.Invariant(
            $"{summary.Parameters:N0} parameters, {summary.MultiplyAdds:N0} multiply-adds per picture");
        var id = $"nd-{summary.Name}";
        var drawing = new DiagramDrawing(layout);
        drawing.Text(DiagramLayout.Margin, DiagramLayout.Margin + 16, summary.Name, "nd-title", "start");
        foreach (var (line, index) in words.Append(totals).Select((line, index) => (line, index)))
        {
            drawing.Text(
                DiagramLayout.Margin,
                DiagramLayout.Margin + TitleHeight + 5 + (index * DiagramLayout.LineHeight),
                line,
                index == words.Count ? "nd-muted" : "",
                "start");
        }

        drawing.Network(plan);
        var size = (Width: Number(layout.Width), Height: Number(layout.Height));
        return new XElement(
            _svg + "svg",
            new XAttribute("viewBox", $"0 0 {size.Width} {size.Height}"),
            new XAttribute("width", size.Width),
            new XAttribute("height", size.Height),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-desc"),
            new XElement(_svg + "title", new XAttribute("id", $"{id}-title"), $"Architecture of the network {summary.Name}"),
            new XElement(_svg + "desc", new XAttribute("id", $"{id}-desc"), Description(summary, plan, totals)),
            new XElement(_svg + "style", DiagramStyle.Css),
            new XElement(
                _svg + "rect",
                new XAttribute("class", "nd-paper"),
                new XAttribute("width", "100%"),
                new XAttribute("height", "100%")),
            drawing.Elements);
    }

    /// <summary>The whole diagram in words, for those who hear it.</summary>
    private static string Description(NetworkSummary summary, DiagramPlan plan, string totals)
    {
        var stages = plan.Stages.Select(stage =>
            $"{string.Join(", ", stage.Operations)}: {LayerDescription.Size(stage.Shape)}");
        var arcs = plan.Arcs.Select(arc =>
            $" From step {arc.From + 1} to step {arc.To + 1} leads a way beside them"
            + $"{(arc.Steps.Count == 0 ? "" : $" ({string.Join("; ", arc.Steps)})")}.");
        var steps = stages.Select((stage, index) => $"{index + 1}. {stage}");
        return $"{summary.Description} {totals}. {string.Join("; ", steps)}.{string.Concat(arcs)}";
    }

    private static List<string> Wrap(string text, double width)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && DiagramLayout.TextWidth($"{lines[^1]} {word}") > width)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] = $"{lines[^1]} {word}".Trim();
            }
        }

        return lines;
    }

    internal static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
