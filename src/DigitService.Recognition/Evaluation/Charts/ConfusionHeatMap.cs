using DigitService.Recognition.Data;

namespace DigitService.Recognition.Evaluation.Charts;

/// <summary>The confusion matrix as a table whose cells are the darker the more errors they have.</summary>
internal static class ConfusionHeatMap
{
    private const int Levels = 6;

    internal static Html Render(EvaluationReport report)
    {
        var digits = Enumerable.Range(0, DigitImages.Classes).ToArray();
        var worst = report.PerDigit.SelectMany(digit => digit.MostConfusedWith).Select(confusion => confusion.Count).DefaultIfEmpty(1).Max();
        return Html.Of($"""
            <table class="heat">
            <caption>A row for each true digit, a column for each answer. Right answers lie on the diagonal.</caption>
            <thead><tr><th scope="col"><span class="hidden">True digit</span></th>
            {Html.ForEach(digits, digit => Html.Of($"""<th scope="col">{digit}</th>"""))}</tr></thead>
            <tbody>
            {Html.ForEach(digits, Row)}
            </tbody>
            </table>

            """);

        Html Row(int actual) => Html.Of($"""
            <tr><th scope="row">{actual}</th>{Html.ForEach(digits, answer => Cell(actual, answer))}</tr>

            """);

        Html Cell(int actual, int answer)
        {
            var count = report.ConfusionMatrix[actual][answer];
            return Html.Of($"""<td class="{(actual == answer ? "right" : $"level{Level(count, worst)}")}">{count}</td>""");
        }
    }

    // The square root tells single errors from none, and still the frequent ones from those.
    private static int Level(int count, int worst) =>
        count == 0 ? 0 : Math.Clamp((int)Math.Ceiling(Levels * Math.Sqrt((double)count / worst)), 1, Levels);
}
