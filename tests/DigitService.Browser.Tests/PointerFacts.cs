using DigitService.Recognition.Tests.Imaging;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class PointerFacts(BrowserFixture browser)
{
    private static readonly InkDigit _three = InkDigit.Sample.First(digit => digit.Label == 3);

    [Fact]
    public async Task AFingerDrawsAndThePageStaysWhereItIs()
    {
        await using var page = await browser.OpenAsync(PageOptions.Phone);
        var session = await page.Context.NewCDPSessionAsync(page.Page);
        await StrokePlayer.PlayWithFingerAsync(session, await page.PlaceAsync(_three));
        Assert.Equal(3, await page.ReadAnswerAsync());
        Assert.Equal(0, await page.Page.EvaluateAsync<double>("scrollY"));
        page.AssertQuiet();
    }

    [Fact]
    public async Task OnAPhoneTheAnswerStandsBelowTheSheetWithoutScrolling()
    {
        await using var page = await browser.OpenAsync(PageOptions.Phone);
        foreach (var part in new[] { ".glyph", "[data-part=word]", "[data-part=seen]", ".bar:last-child" })
        {
            await Expect(page.Page.Locator(part)).ToBeInViewportAsync(new() { Ratio = 1 });
        }

        Assert.Equal(390, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task ASecondFingerDrawsNothing()
    {
        await using var page = await browser.OpenAsync(PageOptions.Phone);
        var session = await page.Context.NewCDPSessionAsync(page.Page);
        var box = (await page.Canvas.BoundingBoxAsync())!;
        (float X, float Y) At(double x, double y) => ((float)(box.X + (box.Width * x)), (float)(box.Y + (box.Height * y)));
        await StrokePlayer.TouchAsync(session, "touchStart", At(0.2, 0.2));
        await StrokePlayer.TouchAsync(session, "touchMove", At(0.2, 0.8));
        var ink = await page.CountInkAsync();
        await StrokePlayer.TouchAsync(session, "touchStart", At(0.2, 0.8), At(0.8, 0.2));
        await StrokePlayer.TouchAsync(session, "touchMove", At(0.2, 0.8), At(0.8, 0.8));
        Assert.Equal(ink, await page.CountInkAsync());
        await StrokePlayer.TouchAsync(session, "touchEnd");
        await page.Page.Locator("[data-tool=undo]").ClickAsync();
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
    }

    [Fact]
    public async Task APenThatIsPressedHarderDrawsBroader()
    {
        await using var page = await browser.OpenAsync();
        var session = await page.Context.NewCDPSessionAsync(page.Page);
        var strokes = await page.PlaceAsync(_three);
        var ink = new List<int>();
        foreach (var pressure in new[] { 0.1, 0.5, 0.9 })
        {
            await StrokePlayer.PlayWithPenAsync(session, strokes, pressure);
            Assert.Equal(3, await page.ReadAnswerAsync());
            ink.Add(await page.CountInkAsync());
            await page.ClearAsync();
        }

        Assert.True(ink[0] * 1.3 < ink[1] && ink[1] * 1.2 < ink[2], string.Join(", ", ink));
        await page.DrawAsync(_three);
        Assert.InRange(await page.CountInkAsync(), 0.97 * ink[1], 1.03 * ink[1]);
    }

    [Fact]
    public async Task AHandThatRestsBesideThePenDrawsNothing()
    {
        await using var page = await browser.OpenAsync(PageOptions.Phone);
        var session = await page.Context.NewCDPSessionAsync(page.Page);
        var strokes = await page.PlaceAsync(_three);
        await StrokePlayer.PlayWithPenAsync(session, strokes, 0.5);
        await page.ReadAnswerAsync();
        var ink = await page.CountInkAsync();
        await StrokePlayer.PlayWithFingerAsync(session, [[.. strokes[0].Select(point => (point.X - 60, point.Y))]]);
        Assert.Equal(ink, await page.CountInkAsync());
    }

    [Fact]
    public async Task TheSecondMouseButtonDrawsNothing()
    {
        await using var page = await browser.OpenAsync();
        await page.Canvas.ClickAsync(new() { Button = Microsoft.Playwright.MouseButton.Right });
        Assert.Equal(0, await page.CountInkAsync());
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
    }
}
