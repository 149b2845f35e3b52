using DigitService.Recognition.Tests.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class DrawingFacts(BrowserFixture browser)
{
    [Fact]
    public async Task ADigitIsReadAsItWasDrawn()
    {
        await using var page = await browser.OpenAsync();
        foreach (var digit in InkDigit.Sample.DistinctBy(digit => digit.Label))
        {
            Assert.Equal(digit.Label, await page.DrawAsync(digit));
            await page.ClearAsync();
        }

        page.AssertQuiet();
    }

    [Fact]
    public async Task TheAnswerHasWordsANumberTenBarsAndThePictureThatWasRead()
    {
        await using var page = await browser.OpenAsync();
        Assert.Equal(8, await page.DrawAsync(Ink(8)));
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "certain");
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("Certain");
        await Expect(page.Page.Locator("[data-part=number]")).ToHaveTextAsync(">99.9%");
        await Expect(page.Page.Locator(".bar")).ToHaveCountAsync(10);
        await Expect(page.Page.Locator(".bar.first .bar-digit")).ToHaveTextAsync("8");
        var seen = page.Page.Locator("[data-part=seen]");
        Assert.Equal(28, await seen.EvaluateAsync<int>("image => image.naturalWidth"));
        await Expect(seen).ToHaveCSSAsync("image-rendering", "pixelated");
        page.AssertQuiet();
    }

    [Fact]
    public async Task TheAnswerComesWhileThePenIsStillDown()
    {
        await using var page = await browser.OpenAsync();
        var stroke = (await page.PlaceAsync(Ink(1)))[0];
        await page.Page.Mouse.MoveAsync(stroke[0].X, stroke[0].Y);
        await page.Page.Mouse.DownAsync();
        foreach (var (x, y) in stroke.Skip(1))
        {
            await page.Page.Mouse.MoveAsync(x, y);
        }

        await Expect(page.Answer).ToHaveAttributeAsync("data-digit", "1");
        await Expect(page.Answer).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Page.Locator("#live")).ToBeEmptyAsync();
        await page.Page.Mouse.UpAsync();
        Assert.Equal(1, await page.ReadAnswerAsync());
        await Expect(page.Page.Locator("#live")).ToContainTextAsync("1, ");
    }

    [Fact]
    public async Task AnAnswerThatIsOutOfDateIsDropped()
    {
        var (released, asked) = (new TaskCompletionSource(), 0);
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Prepare = context => context.RouteAsync("**/predict?*", async route =>
            {
                if (Interlocked.Increment(ref asked) == 1)
                {
                    await released.Task;
                }

                await route.ContinueAsync();
            }),
        });
        var strokes = await page.PlaceAsync(Ink(1));
        await StrokePlayer.PlayWithMouseAsync(page.Page, strokes);
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "waiting");
        await page.ClearAsync();
        Assert.Equal(8, await page.DrawAsync(Ink(8)));
        released.SetResult();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Equal(8, await page.ReadAnswerAsync());
    }

    [Fact]
    public async Task WhatTheNetworkSeesIsTheSameInBothThemes()
    {
        var seen = new List<string?>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var page = await browser.OpenAsync(new PageOptions { ColorScheme = scheme });
            Assert.Equal(3, await page.DrawAsync(Ink(3)));
            seen.Add(await page.Page.Locator("[data-part=seen]").GetAttributeAsync("src"));
        }

        Assert.StartsWith("data:image/png", seen[0], StringComparison.Ordinal);
        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task AStrokeMayLeaveTheSheetAndComeBack()
    {
        await using var page = await browser.OpenAsync();
        var box = (await page.Canvas.BoundingBoxAsync())!;
        float At(double share) => (float)(box.X + (box.Width * share));
        var y = (float)(box.Y + (box.Height / 2));
        await StrokePlayer.PlayWithMouseAsync(page.Page, [[(At(0.8), y), (At(1.1), y), (At(1.1), y + 60), (At(0.8), y + 60)]]);
        await page.ReadAnswerAsync();
        Assert.True(await page.CountInkAsync() > 5000);
        await page.Page.Keyboard.PressAsync("Control+z");
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
    }

    [Fact]
    public async Task ATapLeavesADotAsWideAsThePen()
    {
        await using var page = await browser.OpenAsync();
        await page.ChooseWidthAsync(30);
        await page.Canvas.ClickAsync();
        await page.ReadAnswerAsync();
        var side = await page.Canvas.EvaluateAsync<int>("canvas => canvas.width");
        var radius = 15.0 * side / 280;
        Assert.InRange(await page.CountInkAsync(), 0.95 * Math.PI * radius * radius, 1.05 * Math.PI * radius * radius);
    }

    [Fact]
    public async Task TheAnswerIsShownWithinATenthOfASecond()
    {
        await using var page = await browser.OpenAsync();
        await PenUpTimer.StartAsync(page.Page);
        for (var i = 0; i < 11; i++)
        {
            await page.DrawAsync(Ink(1));
            await page.ClearAsync();
        }

        Assert.InRange((await PenUpTimer.ReadAsync(page.Page)).Order().ElementAt(5), 1, 100);
    }

    private static InkDigit Ink(int label) => InkDigit.Sample.First(digit => digit.Label == label);
}
