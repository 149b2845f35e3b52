namespace DigitService.Recognition.Evaluation.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is, for the legend.</param>
/// <param name="Kind">The name of its look in the page's style sheet: <c>raw</c>, <c>first</c> or <c>second</c>.</param>
/// <param name="Points">From left to right.</param>
internal sealed record LineSeries(string Name, string Kind, IReadOnlyList<CurvePoint> Points);

/// <summary>Curves over steps or epochs, as SVG with a legend.</summary>
/// <param name="Title">What the curves show.</param>
/// <param name="Along">What the horizontal axis counts.</param>
/// <param name="Format">How a value is written: a format of .NET's.</param>
/// <param name="Series">The curves, the first at the back; what is no number is left out.</param>
/// <param name="IsLogarithmic">Whether every power of ten takes the same height.</param>
internal sealed record LineChart(
    string Title, string Along, string Format, IReadOnlyList<LineSeries> Series, bool IsLogarithmic = false)
{
    private const int Width = 360;
    private const int Height = 210;
    private const int Left = 48;
    private const int Right = 350;
    private const int Top = 10;
    private const int Bottom = 172;

    // Two points for each unit of the plot's width are more than a screen can show.
    private const int Buckets = Right - Left;

    // Below this a loss is rounding; on a logarithmic axis it would take most of the height.
    private const double LeastLogarithmic = 1e-4;

    internal Html Render()
    {
        var series = Series
            .Select(line => line with { Points = [.. line.Points.Where(point => double.IsFinite(point.Y))] })
            .Where(line => line.Points.Count > 0)
            .ToArray();
        if (series.Length == 0)
        {
            return default;
        }

        var points = series.SelectMany(line => line.Points).ToArray();
        var along = Axis.Counting(points.Select(point => point.X));
        var up = IsLogarithmic
            ? Axis.Logarithmic(points.Select(point => Math.Max(point.Y, LeastLogarithmic)))
            : Axis.Linear(points.Select(point => point.Y));
        return Html.Of($"""
            <figure>
            <figcaption><h3>{Title}</h3><p class="legend">{Html.ForEach(series, Legend)}{(IsLogarithmic ? "logarithmic scale" : "")}</p></figcaption>
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Description(series)}">
            {Html.ForEach(up.Ticks, tick => HorizontalLine(Y(tick), Text(tick)))}
            {Html.ForEach(along.Ticks, tick => Html.Of($"""<text x="{X(tick):0.#}" y="{Bottom + 16}" text-anchor="middle">{tick:N0}</text>"""))}
            <text x="{(Left + Right) / 2}" y="{Height - 4}" text-anchor="middle">{Along}</text>
            {Html.ForEach(series, Line)}
            </svg>
            </figure>

            """);

        double X(double value) => Left + (along.Position(value) * (Right - Left));
        double Y(double value) => Bottom - (up.Position(IsLogarithmic ? Math.Max(value, LeastLogarithmic) : value) * (Bottom - Top));

        Html Line(LineSeries line)
        {
            var shown = Curve.Thin(line.Points, Buckets);
            var coordinates = string.Join(' ', shown.Select(point => FormattableString.Invariant($"{X(point.X):0.#},{Y(point.Y):0.#}")));

            // Where points are few, each is a measurement of its own.
            var dots = shown.Count > 30 ? [] : shown;
            return Html.Of($"""
                <g class="{line.Kind}"><polyline points="{coordinates}"/>{Html.ForEach(dots, Dot)}</g>

                """);
        }

        Html Dot(CurvePoint point) => Html.Of($"""<circle cx="{X(point.X):0.#}" cy="{Y(point.Y):0.#}" r="3"/>""");
    }

    private static Html Legend(LineSeries line) => Html.Of($"""<span class="key {line.Kind}">{line.Name}</span> """);

    private static Html HorizontalLine(double y, string text) => Html.Of($"""
        <path class="grid" d="M{Left} {y:0.#}H{Right}"/><text x="{Left - 6}" y="{y + 4:0.#}" text-anchor="end">{text}</text>

        """);

    private string Text(double value) => value.ToString(Format, Html.Numbers);

    private string Description(LineSeries[] series) =>
        $"{Title}. " + string.Join(" ", series.Select(line =>
            $"{line.Name}: from {Text(line.Points[0].Y)} to {Text(line.Points[^1].Y)}."));
}
