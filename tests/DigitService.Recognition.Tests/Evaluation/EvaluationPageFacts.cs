using System.Globalization;
using System.Xml.Linq;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Evaluation;

public class EvaluationPageFacts
{
    private static readonly EvaluationReport _report = EvaluationReportFacts.OfFixture();

    private static readonly DigitImages _images = EvaluationReportFacts.Images(new byte[_report.Count]);

    private static readonly EpochMetrics[] _epochs =
        [new(1, 0.3, 0.91, 0.1, 0.97, 1e-3, 4, true), new(2, 0.1, 0.97, 0.05, 0.98, 1e-3, 4, true)];

    [Fact]
    public void ThePageNeedsNothingElse()
    {
        var page = Render();
        Assert.All(page.Descendants("img"), image => Assert.StartsWith("data:image/png;base64,", (string)image.Attribute("src")!, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "iframe");
        Assert.DoesNotContain("://", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatComesFromElsewhereStaysText()
    {
        const string Evil = "<script>alert(\"1\")</script>&amp;'";
        var page = Render(title: Evil, facts: [(Evil, "1 < 2")]);
        Assert.Equal(Evil, page.Descendants("title").Single().Value);
        Assert.Equal(Evil, page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("dt"), name => name.Value == Evil);
        Assert.Contains(page.Descendants("dd"), value => value.Value == "1 < 2");
        Assert.Empty(page.Descendants("script"));
    }

    [Fact]
    public void TheMatrixHasItsCountsAndTheDiagonalIsMarked()
    {
        var rows = Render().Descendants("table").First(table => (string?)table.Attribute("class") == "heat").Descendants("tr").Skip(1);
        var cells = rows.Select(row => row.Elements("td").ToArray()).ToArray();
        for (var actual = 0; actual < 10; actual++)
        {
            Assert.Equal(_report.ConfusionMatrix[actual], cells[actual].Select(cell => int.Parse(cell.Value, CultureInfo.InvariantCulture)));
            Assert.Equal("right", (string?)cells[actual][actual].Attribute("class"));
        }

        Assert.Equal("level0", (string?)cells[0][1].Attribute("class"));
        Assert.Equal("level6", (string?)cells[0][8].Attribute("class"));
    }

    [Fact]
    public void EveryPictureSaysWhatItIsAndWhatWasAnswered()
    {
        var first = Render().Descendants("ul").Single(list => (string?)list.Attribute("class") == "misread").Elements("li").First();
        var mistake = _report.Mistakes[0];
        Assert.Equal($"Image {mistake.Index}, a {mistake.Actual}", (string?)first.Descendants("img").Single().Attribute("alt"));
        Assert.Contains($"{mistake.Actual} → {mistake.Predicted}", first.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheFirstTwoHundredPicturesAreShownAndTheRestIsCounted()
    {
        var labels = new byte[1_250];
        var probabilities = Enumerable.Range(0, labels.Length * 10).Select(i => i % 10 == 4 ? 1f : 0).ToArray();
        var images = EvaluationReportFacts.Images(labels);
        var page = Render(EvaluationReport.Of(probabilities, images), images);
        Assert.Equal(200, page.Descendants("img").Count());
        Assert.Contains("And 1,050 more.", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ALongTrainingDoesNotMakeALongPage()
    {
        var curve = Enumerable.Range(1, 100_000).Select(step => new LossPoint(step, 1 / Math.Sqrt(step), 1e-3)).ToArray();
        var withCurve = Render(curve: curve).ToString().Length;
        var without = Render().ToString().Length;
        Assert.InRange(withCurve - without, 10_000, 40_000);
    }

    [Fact]
    public void WhatIsUnknownIsLeftOut()
    {
        var text = EvaluationPage.Render(_report, _images, "cnn", [], [], []);
        Assert.DoesNotContain("Training", text, StringComparison.Ordinal);
        Assert.DoesNotContain(">Run<", text, StringComparison.Ordinal);
        Assert.Contains("Training accuracy", Render(_report with { TrainingAccuracy = 1 }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void APerfectReportHasNoMisreadDigits()
    {
        var images = EvaluationReportFacts.Images([3]);
        var page = Render(EvaluationReport.Of([0, 0, 0, 1, 0, 0, 0, 0, 0, 0], images), images);
        Assert.Empty(page.Descendants("img"));
        Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunWithoutValidationOrWithInfiniteLossesIsDrawnAllTheSame()
    {
        EpochMetrics[] epochs = [new(1, double.PositiveInfinity, 0.1, null, null, 1e-3, 4, false), new(2, 0, 1, null, null, 1e-3, 4, true)];
        var page = Render(epochs: epochs, curve: [new(1, double.NaN, 1e-3), new(2, 1e30, 1e-3), new(3, 0, 0)]);
        var drawn = string.Concat(page.Descendants("polyline").Select(line => (string?)line.Attribute("points")));
        Assert.DoesNotContain("N", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants("span"), key => key.Value == "validation");
    }

    [Fact]
    public void OtherImagesThanTheReportsAreRefused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => EvaluationPage.Render(_report, EvaluationReportFacts.Images([1]), "cnn", [], [], []));
        Assert.Contains("120 images", error.Message, StringComparison.Ordinal);
    }

    // The page is parsed as XML, which no tag left open survives.
    private static XDocument Render(
        EvaluationReport? report = null,
        DigitImages? images = null,
        string title = "cnn",
        EpochMetrics[]? epochs = null,
        LossPoint[]? curve = null,
        (string Name, string Value)[]? facts = null) => XDocument.Parse(EvaluationPage.Render(
            report ?? _report, images ?? _images, title, epochs ?? _epochs, curve ?? [new(1, 2.3, 1e-3), new(2, 0.5, 1e-3)], facts ?? []));
}
