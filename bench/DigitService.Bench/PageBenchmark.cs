using System.Globalization;
using DigitService.Browser.Tests;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Tests.Imaging;

namespace DigitService.Bench;

/// <summary>
/// Draws pen strokes with the mouse on the page, in Chromium, once with each of the page's pens, and reads the answers from
/// it. Beside them stand the answers to the same strokes that were drawn here and posted as PNG, and the time that the page
/// takes from pen up to the painted answer. The model is the one that ships.
/// </summary>
internal static class PageBenchmark
{
    private const int Digits = 300;

    /// <summary>The share of the canvas that a digit takes, the pen's width aside.</summary>
    private const double Fill = 0.62;

    private static readonly int[] _pens = [10, 16, 22, 30];

    internal static async Task Run(string strokes)
    {
        var digits = Select(InkDigit.Read(strokes));
        using var service = HttpServer.StartService(Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "models"));
        await service.Predict(Picture(digits[0], _pens[0]), "");
        await using var chromium = await Chromium.LaunchAsync();
        Console.WriteLine($"{digits.Count} digits     read right on the page   as PNG   pen up to answer: median   p99 (ms)");
        foreach (var pen in _pens)
        {
            var (drawn, times) = await Draw(chromium, service.Address("/"), digits, pen);
            var posted = await Post(service, digits, pen);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"pen of {pen,2} px   {drawn,22:P2}   {posted,6:P2}   {Quantile(times, 0.5),24:F0}   {Quantile(times, 0.99),8:F0}"));
        }
    }

    // Files of strokes are sorted by who drew them; every so manyth digit is of many hands.
    private static IReadOnlyList<InkDigit> Select(IReadOnlyList<InkDigit> all) =>
        [.. Enumerable.Range(0, Math.Min(Digits, all.Count)).Select(i => all[(int)((long)i * all.Count / Math.Min(Digits, all.Count))])];

    private static async Task<(double Right, double[] Times)> Draw(Chromium chromium, Uri address, IReadOnlyList<InkDigit> digits, int pen)
    {
        await using var page = await DrawingPage.OpenAsync(chromium.Browser, address, new PageOptions());
        await page.ChooseWidthAsync(pen);
        await PenUpTimer.StartAsync(page.Page);
        var right = 0;
        foreach (var digit in digits)
        {
            right += await page.DrawAsync(digit, Fill) == digit.Label ? 1 : 0;
            await page.ClearAsync();
        }

        foreach (var problem in page.Problems)
        {
            Console.WriteLine(problem);
        }

        return ((double)right / digits.Count, await PenUpTimer.ReadAsync(page.Page));
    }

    private static async Task<double> Post(HttpServer service, IReadOnlyList<InkDigit> digits, int pen)
    {
        var right = 0;
        foreach (var digit in digits)
        {
            var probabilities = await service.Predict(Picture(digit, pen), "");
            right += Array.IndexOf(probabilities, probabilities.Max()) == digit.Label ? 1 : 0;
        }

        return (double)right / digits.Count;
    }

    /// <summary>White on black; in its size and place as on the page.</summary>
    private static byte[] Picture(InkDigit digit, int pen)
    {
        var ink = InkRenderer.Coverage(digit, InkRenderer.CanvasSide, pen, Fill + ((double)pen / InkRenderer.CanvasSide), (0, 0));
        return GrayPng.Encode(Array.ConvertAll(ink, covered => (byte)Math.Round(255 * covered)), InkRenderer.CanvasSide);
    }

    private static double Quantile(double[] times, double share) =>
        times.Order().ElementAt(Math.Min(times.Length - 1, (int)(share * times.Length)));
}
