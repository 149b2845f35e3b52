using System.Xml.Linq;
using DigitService.Recognition.Networks;

namespace DigitService.Recognition.Tests.Networks;

public class NetworkDiagramFacts
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryNetworkHasADiagramThatIsWellFormedAndStandsAlone(string name)
    {
        var text = NetworkDiagram.Of(name);

        var svg = XDocument.Parse(text).Root!;
        Assert.Equal(_svg + "svg", svg.Name);
        Assert.Contains(name, svg.Element(_svg + "title")!.Value, StringComparison.Ordinal);
        Assert.Contains("1×28×28", svg.Element(_svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", svg.Element(_svg + "style")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "image" or "use");
        Assert.DoesNotContain("href", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void EverythingLiesWithinTheDrawing(string name)
    {
        var svg = XDocument.Parse(NetworkDiagram.Of(name)).Root!;
        var (width, height) = ((double)svg.Attribute("width")!, (double)svg.Attribute("height")!);

        var points = svg.Elements(_svg + "polygon")
            .SelectMany(polygon => ((string)polygon.Attribute("points")!).Split(' '))
            .Select(point => Array.ConvertAll(point.Split(','), double.Parse))
            .Concat(svg.Elements(_svg + "text").Select(text => new[] { (double)text.Attribute("x")!, (double)text.Attribute("y")! }));

        Assert.All(points, point =>
        {
            Assert.InRange(point[0], 0, width);
            Assert.InRange(point[1], 0, height);
        });
    }

    [Fact]
    public void TheShapesAndParametersOfCnnAreWrittenOnIt()
    {
        var words = Words("cnn");

        Assert.All(
            ["1×28×28", "10×24×24", "10×12×12", "20×10×10", "2000", "500", "10", "conv 5×5", "1,000,500 parameters"],
            expected => Assert.Contains(expected, words));
    }

    [Fact]
    public void TheAnswersAreTheTenDigitsAndNoneWhereTheNetworkTells()
    {
        string[] digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];
        Assert.Equal(digits, Answers("cnn"));
        Assert.Equal([.. digits, "none"], Answers("vgg"));

        static IEnumerable<string> Answers(string name) => XDocument.Parse(NetworkDiagram.Of(name)).Root!.Elements(_svg + "text")
            .Where(text => (string?)text.Attribute("class") == "nd-text nd-digit").Select(text => text.Value);
    }

    [Fact]
    public void TheWaysBesideTheMainOneAreInTheDescriptionAndOnTheDiagram()
    {
        var svg = XDocument.Parse(NetworkDiagram.Of("resnet-se")).Root!;

        Assert.Equal(6, svg.Element(_svg + "desc")!.Value.Split("leads a way beside").Length - 1);
        Assert.Contains("conv 1×1, sigmoid → 24×1×1", Words("resnet-se"));
        Assert.Contains("conv 1×1, stride 2, batch norm → 48×7×7", Words("resnet-se"));
        Assert.DoesNotContain("beside", XDocument.Parse(NetworkDiagram.Of("convnet")).Root!.Element(_svg + "desc")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheParametersOnADiagramAddUpToTheNetworks(string name)
    {
        var counts = Words(name)
            .Where(words => words.EndsWith(" parameters", StringComparison.Ordinal))
            .Select(words => long.Parse(words.Split(' ')[0], System.Globalization.NumberStyles.Number));

        Assert.Equal(NetworkCatalog.Summary(name).Parameters, counts.Sum());
    }

    private static string[] Words(string name) =>
        [.. XDocument.Parse(NetworkDiagram.Of(name)).Root!.Elements(_svg + "text").Select(text => text.Value)];
}
