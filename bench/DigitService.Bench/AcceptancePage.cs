using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;

namespace DigitService.Bench;

/// <summary>A page of the pictures that a model judged wrongly, as its network saw them: those it was most sure of first.</summary>
internal static class AcceptancePage
{
    private const int PicturesShown = 300;

    internal static string Render(IReadOnlyList<AcceptanceSet> sets, string title) => Html.Of($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{{title}}</title>
        <style>
        :root { color-scheme: light dark; }
        body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.4 system-ui, sans-serif; }
        ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr)); gap: 0.75rem; padding: 0; list-style: none; }
        li { overflow-wrap: anywhere; text-align: center; font-size: 0.875rem; }
        img, .empty { display: block; width: 100%; aspect-ratio: 1; image-rendering: pixelated; border: 1px solid gray; }
        </style>
        </head>
        <body>
        <h1>{{title}}</h1>
        <p>What is shown, the answer and its confidence. Digits are here if they were misread or refused, anything else if it was
        accepted.</p>
        {{Html.ForEach(sets, Section)}}</body>
        </html>

        """).Text;

    private static Html Section(AcceptanceSet set)
    {
        var misjudged = set.Pictures.Where(picture => picture.IsMisjudged)
            .OrderByDescending(picture => picture.Prediction?.Confidence ?? 0).ToArray();
        var more = misjudged.Length - Math.Min(misjudged.Length, PicturesShown);
        return Html.Of($"""
            <section>
            <h2>{set.Name}: {misjudged.Length:N0} of {set.Pictures.Count:N0}</h2>
            <ul>
            {Html.ForEach(misjudged.Take(PicturesShown), Tile)}</ul>
            {(more == 0 ? default : Html.Of($"<p>And {more:N0} more.</p>"))}
            </section>

            """);
    }

    private static Html Tile(JudgedPicture picture) => picture.Prediction is { } prediction
        ? Html.Of($"""
            <li><img src="{GrayPng.DataUri(prediction.Input, DigitImages.Side)}" alt="{picture.Shown}" title="{picture.File}"
            loading="lazy"/>
            {picture.Shown} → {prediction.Digit}{(picture.IsAccepted ? "" : ", refused")}<br/>{prediction.Confidence:P1}</li>

            """)
        : Html.Of($"""<li><span class="empty" title="{picture.File}"></span>{picture.Shown} → nothing found</li>""");
}
