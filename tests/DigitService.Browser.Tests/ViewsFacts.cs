using System.Globalization;
using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

/// <summary>What holds on every view alike.</summary>
[Collection(nameof(BrowserFixture))]
public class ViewsFacts(BrowserFixture browser)
{
    private const string Shipped = ShippedModel.Id;

    private static readonly (string Path, string Sign)[] _views =
    [
        ("#/draw", "#canvas"),
        ("#/train", ".runs h2"),
        ("#/train/new", ".start-row .primary"),
        ("#/models", ".model-card"),
        ($"#/models/{Shipped}", ".heat"),
        ("#/feedback", ".models-state"),
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task NoViewLogsAnErrorOrAsksInVainOrMovesWhileItLoads(ColorScheme scheme)
    {
        foreach (var (path, sign) in _views)
        {
            await using var page = await browser.OpenAsync(new PageOptions
            {
                Path = path,
                ColorScheme = scheme,
                Prepare = context => context.AddInitScriptAsync("""
                    // What nobody can see, a pixel of a small thing, has a score of about a thousandth; 0.1 is called good.
                    window.moved = [];
                    new PerformanceObserver(list => window.moved.push(...list.getEntries().filter(entry => entry.value > 0.005).flatMap(
                      entry => entry.sources.map(source => `${entry.value} ${source.node?.outerHTML?.slice(0, 100)}`))))
                      .observe({ type: 'layout-shift', buffered: true });
                    """),
            });
            await Expect(page.Page.Locator(sign).First).ToBeVisibleAsync();
            await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-scheme", scheme == ColorScheme.Dark ? "dark" : "light");
            await Expect(page.Page.Locator(".foot")).ToBeVisibleAsync();
            Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => window.moved"));
            page.AssertQuiet();
        }
    }

    [Fact]
    public async Task WithTheKeyboardAloneAllViewsAreWalkedThrough()
    {
        await using var page = await browser.OpenAsync();
        await page.Canvas.FocusAsync();
        string[] keys = ["Space", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Space"];
        foreach (var key in keys)
        {
            await page.Page.Keyboard.PressAsync(key);
        }

        Assert.NotNull(await page.ReadAnswerAsync());

        await PressAsync(page, page.Page.Locator("[data-tab=train]"), "Shift+Tab");
        await TabToAsync(page, page.Page.Locator("#main > .train"), "Tab");

        await PressAsync(page, page.Page.Locator("[data-tab=models]"), "Shift+Tab");
        await PressAsync(page, page.Card(Shipped).GetByRole(AriaRole.Link).First, "Tab");
        await TabToAsync(page, page.Page.Locator(".heat [tabindex='0']").First, "Tab");
        await PressAsync(page, page.Page.Locator(".back").First, "Shift+Tab");
        await Expect(page.Card(Shipped)).ToBeVisibleAsync();
        await PressAsync(page, page.Page.Locator("[data-tab=feedback]"), "Shift+Tab");
        await TabToAsync(page, page.Page.Locator("#main > .feedback"), "Tab");
        await PressAsync(page, page.Page.Locator("[data-tab=draw]"), "Shift+Tab");
        await Expect(page.Canvas).ToBeVisibleAsync();
        Assert.NotNull(await page.ReadAnswerAsync());
        page.AssertQuiet();
    }

    private static async Task PressAsync(DrawingPage page, ILocator target, string key)
    {
        await TabToAsync(page, target, key);
        await page.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Presses a key that moves the focus until it is at an element or inside it.</summary>
    private static async Task TabToAsync(DrawingPage page, ILocator target, string key)
    {
        const int Most = 80;
        await Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < Most; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element.contains(document.activeElement)"))
            {
                return;
            }

            await page.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{Most} times {key} did not lead to {target}."));
    }
}
