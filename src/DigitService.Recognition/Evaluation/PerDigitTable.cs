namespace DigitService.Recognition.Evaluation;

/// <summary>The part of a page that shows how well each digit is read.</summary>
internal static class PerDigitTable
{
    internal static Html Render(EvaluationReport report)
    {
        var worst = report.PerDigit.Max(MisreadShare);
        return Html.Of($"""
            <section>
            <h2>Digit by digit</h2>
            <p class="note">Recall is the share of a digit's images that are read right, its accuracy; precision the share of the
            answers with that digit that are right; F1 their harmonic mean.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Metrics of each digit">
            <table>
            <thead><tr><th scope="col">Digit</th><th scope="col">Images</th>
            <th scope="col">Recall</th><th scope="col">Precision</th><th scope="col">F1</th>
            <th scope="col" colspan="2" class="left">Misread</th><th scope="col" class="left">Most confused with</th></tr></thead>
            <tbody>
            {Html.ForEach(report.PerDigit, digit =>
                Row(digit, report.ConfusionMatrix[digit.Digit][digit.Digit], worst))}</tbody>
            <tfoot><tr><th scope="row">All</th><td>{report.Count:N0}</td>
            <td>{report.MacroRecall:P2}</td><td>{report.MacroPrecision:P2}</td><td>{report.MacroF1:P2}</td>
            <td>{report.Mistakes.Count:N0}</td><td colspan="2"></td></tr></tfoot>
            </table>
            </div>
            </section>

            """);
    }

    // Where nearly everything is right, bars of what is wrong tell the digits apart.
    private static Html Row(DigitMetrics digit, int correct, double worst)
    {
        var length = worst == 0 ? 0 : 100 * MisreadShare(digit) / worst;
        return Html.Of($"""
            <tr><th scope="row">{digit.Digit}</th><td>{digit.Support:N0}</td>
            <td>{digit.Recall:P2}</td><td>{digit.Precision:P2}</td><td>{digit.F1:P2}</td>
            <td>{digit.Support - correct:N0}</td>
            <td><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="{length:0.#}" height="10"/></svg></td>
            <td class="left">{Confusions(digit)}</td></tr>

            """);
    }

    private static double MisreadShare(DigitMetrics digit) => digit.Support == 0 ? 0 : 1 - digit.Recall;

    private static string Confusions(DigitMetrics digit) => digit.MostConfusedWith.Count == 0
        ? "none"
        : string.Join(", ", digit.MostConfusedWith.Select(confusion =>
            FormattableString.Invariant($"{confusion.Digit} ({confusion.Count:N0}×)")));
}
