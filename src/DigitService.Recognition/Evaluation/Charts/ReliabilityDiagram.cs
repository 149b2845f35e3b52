namespace DigitService.Recognition.Evaluation.Charts;

/// <summary>Accuracy over confidence, beside the diagonal on which both are the same, as SVG.</summary>
internal static class ReliabilityDiagram
{
    private const int Width = 360;
    private const int Height = 300;
    private const int Left = 48;
    private const int Top = 10;
    private const int Side = 246;

    // The accuracy of fewer answers is mostly chance.
    private const int Few = 20;

    internal static Html Render(EvaluationReport report) => Html.Of($"""
        <figure>
        <figcaption><h3>Accuracy by confidence</h3><p class="legend"><span class="key first">accuracy</span>
        <span class="key few">fewer than {Few} answers</span> <span class="key second">as it should be</span></p></figcaption>
        <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="Accuracy by confidence. The table beside it has the numbers.">
        {Html.ForEach(Enumerable.Range(0, 6), Grid)}
        <text x="{Left + (Side / 2)}" y="{Height - 4}" text-anchor="middle">confidence</text>
        {Html.ForEach(report.Reliability.Where(bin => bin.Count > 0), Bar)}
        <g class="second"><path d="M{X(0)} {Y(0)}L{X(1)} {Y(1)}"/></g>
        </svg>
        </figure>

        """);

    private static double X(double share) => Left + (share * Side);

    private static double Y(double share) => Top + ((1 - share) * Side);

    private static Html Grid(int fifth)
    {
        var share = fifth / 5.0;
        return Html.Of($"""
            <path class="grid" d="M{Left} {Y(share):0.#}H{X(1):0.#}"/><text x="{Left - 6}" y="{Y(share) + 4:0.#}" text-anchor="end">{share:P0}</text>
            <text x="{X(share):0.#}" y="{Top + Side + 16}" text-anchor="middle">{share:P0}</text>

            """);
    }

    // A bin in which every answer is wrong still shows a line at the bottom.
    private static Html Bar(ReliabilityBin bin)
    {
        var height = Math.Max(1.5, bin.Accuracy * Side);
        return Html.Of($"""
            <rect class="{(bin.Count < Few ? "few" : "enough")}" x="{X(bin.From) + 1:0.#}"
                y="{Y(0) - height:0.#}" width="{X(bin.To) - X(bin.From) - 2:0.#}" height="{height:0.#}"/>

            """);
    }
}
