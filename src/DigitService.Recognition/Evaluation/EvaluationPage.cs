using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation.Charts;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Evaluation;

/// <summary>A report as a page to read and to pass on: one HTML file that needs nothing else, in light and dark.</summary>
public static class EvaluationPage
{
    private const int PicturesShown = 200;
    private const int PairsShown = 10;

    private static readonly Lazy<string> _style = new(() => ReadStyle("EvaluationPage.css") + ReadStyle("Charts.css"));

    /// <summary>Makes the page.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="images">The images that it was measured on; the misread ones are shown.</param>
    /// <param name="title">The page's heading.</param>
    /// <param name="epochs">The training's epochs; empty if unknown.</param>
    /// <param name="curve">The training's batches, at most one point each; empty if unknown.</param>
    /// <param name="facts">What else explains the numbers, such as options: names and values, in their order.</param>
    /// <exception cref="ArgumentException">The images are not those of the report.</exception>
    public static string Render(
        EvaluationReport report,
        DigitImages images,
        string title,
        IReadOnlyList<EpochMetrics> epochs,
        IReadOnlyList<LossPoint> curve,
        IReadOnlyList<(string Name, string Value)> facts)
    {
        if (images.Count != report.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The report is of {report.Count:N0} images and needs the same ones; there are {images.Count:N0}."));
        }

        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{title}</title>
            <style>
            {new Html(_style.Value)}</style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            {Headline(report)}{Facts(facts)}{TrainingCurves.Render(epochs, curve)}
            {Matrix(report)}{PerDigitTable.Render(report)}
            {Calibration(report)}{Misread(report, images)}</main>
            </body>
            </html>

            """).Text;
    }

    private static Html Headline(EvaluationReport report)
    {
        (string Name, string? Value)[] figures =
        [
            (Text($"Misread of {report.Count:N0}"), Text($"{report.Mistakes.Count:N0}")),
            ("Loss", Text($"{report.Loss:F4}")),
            ("Macro F1", Text($"{report.MacroF1:P2}")),
            ("Calibration error", Text($"{report.ExpectedCalibrationError:P2}")),
            ("Temperature", report.Temperature == 1 ? null : Text($"{report.Temperature:0.###}")),
            ("Training accuracy", report.TrainingAccuracy is { } training ? Text($"{training:P2}") : null),
            ("Validation accuracy", report.ValidationAccuracy is { } validation ? Text($"{validation:P2}") : null),
            ("Their gap, in points", report.Gap is { } gap ? Text($"{100 * gap:0.00;−0.00}") : null),
        ];
        return Html.Of($"""
            <section aria-label="In short">
            <dl class="figures"><div class="lead"><dt>Accuracy</dt><dd>{report.Accuracy:P2}</dd></div>
            {Html.ForEach(figures.Where(figure => figure.Value is not null), figure =>
                Html.Of($"<div><dt>{figure.Name}</dt><dd>{figure.Value}</dd></div>\n"))}</dl>
            </section>

            """);
    }

    private static Html Facts(IReadOnlyList<(string Name, string Value)> facts) => facts.Count == 0 ? default : Html.Of($"""
        <section>
        <h2>Run</h2>
        <dl class="facts">
        {Html.ForEach(facts, fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>\n"))}</dl>
        </section>

        """);

    private static Html Matrix(EvaluationReport report) => Html.Of($"""
        <section>
        <h2>Confusion matrix</h2>
        <div class="beside">
        {ConfusionHeatMap.Render(report)}{MostConfused(report)}</div>
        </section>

        """);

    private static Html MostConfused(EvaluationReport report)
    {
        var pairs = report.ConfusionMatrix
            .SelectMany((row, digit) => row.Select((count, answer) => (Digit: digit, Answer: answer, Count: count)))
            .Where(pair => pair.Digit != pair.Answer && pair.Count > 0)
            .OrderByDescending(pair => pair.Count)
            .Take(PairsShown)
            .ToArray();
        return pairs.Length == 0 ? default : Html.Of($"""
            <div>
            <h3>Most frequent mistakes</h3>
            <ol class="pairs">
            {Html.ForEach(pairs, pair => Html.Of($"<li>{pair.Digit} read as {pair.Answer}: {pair.Count:N0}×</li>\n"))}</ol>
            </div>

            """);
    }

    private static Html Calibration(EvaluationReport report)
    {
        var bins = report.Reliability.Where(bin => bin.Count > 0);
        return Html.Of($"""
            <section>
            <h2>Calibration</h2>
            <p class="note">Of the answers given with 90% confidence, 90% should be right. The expected calibration error
            is the mean distance from that: {report.ExpectedCalibrationError:P2}.</p>
            <div class="pair">
            {ReliabilityDiagram.Render(report)}<div class="scroll" tabindex="0" role="region" aria-label="Reliability table">
            <table>
            <thead><tr><th scope="col">Confidence</th>
            <th scope="col">Answers</th><th scope="col">Mean</th><th scope="col">Accuracy</th></tr></thead>
            <tbody>
            {Html.ForEach(bins, bin => Html.Of($"""
                <tr><th scope="row">{bin.From:P0} – {bin.To:P0}</th><td>{bin.Count:N0}</td><td>{bin.Confidence:P1}</td><td>{bin.Accuracy:P1}</td></tr>

                """))}</tbody>
            </table>
            </div>
            </div>
            </section>

            """);
    }

    private static Html Misread(EvaluationReport report, DigitImages images)
    {
        var shown = report.Mistakes.Take(PicturesShown).ToArray();
        var more = report.Mistakes.Count - shown.Length;
        return shown.Length == 0 ? default : Html.Of($"""
            <section>
            <h2>Misread digits</h2>
            <p class="note">What it is → what the network answered, and with which confidence; the most confident mistake first.</p>
            <ul class="misread">
            {Html.ForEach(shown, mistake => Html.Of($"""
                <li><span class="tile"><img src="{GrayPng.DataUri(images.Image(mistake.Index), DigitImages.Side)}" width="28" height="28"
                loading="lazy" alt="Image {mistake.Index}, a {mistake.Actual}"/></span>
                <span class="hidden">Read as:</span>{mistake.Actual} → <span class="wrong">{mistake.Predicted}</span>
                <br/><span class="note">{mistake.Confidence:P1}</span></li>

                """))}</ul>
            {(more == 0 ? default : Html.Of($"""<p class="note">And {more:N0} more.</p>"""))}
            </section>

            """);
    }

    private static string Text(FormattableString text) => text.ToString(Html.Numbers);

    private static string ReadStyle(string name)
    {
        using var resource = typeof(EvaluationPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
