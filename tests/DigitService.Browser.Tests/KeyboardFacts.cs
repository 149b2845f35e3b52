using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class KeyboardFacts(BrowserFixture browser)
{
    [Fact]
    public async Task ADigitIsDrawnReadAndUndoneWithTheKeyboardAlone()
    {
        await using var page = await browser.OpenAsync();
        var keys = page.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(page.Page.Locator(".skip")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("Tab");
        await Expect(page.Canvas).ToBeFocusedAsync();
        await keys.PressAsync("Space");
        await Expect(page.Page.Locator("#live")).ToHaveTextAsync("Pen down");
        for (var i = 0; i < 20; i++)
        {
            await keys.PressAsync("ArrowDown");
        }

        await keys.PressAsync("Space");
        Assert.Equal(1, await page.ReadAnswerAsync());
        await Expect(page.Page.Locator("#live")).ToContainTextAsync("1, ");

        await keys.PressAsync("Control+z");
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
        await keys.PressAsync("Control+Shift+z");
        Assert.Equal(1, await page.ReadAnswerAsync());
        await keys.PressAsync("Control+z");
        await keys.PressAsync("Control+y");
        Assert.Equal(1, await page.ReadAnswerAsync());
        await keys.PressAsync("Delete");
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
        page.AssertQuiet();
    }

    [Fact]
    public async Task EverythingIsReachedWithTabAndEveryStopShowsWhereItIs()
    {
        await using var page = await browser.OpenAsync();
        var reached = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            var stop = await page.Page.EvaluateAsync<string?>("""
                () => {
                  const at = document.activeElement;
                  if (at === document.body) return null;
                  let shown = at;
                  while (shown && getComputedStyle(shown).outlineStyle === 'none') shown = shown.parentElement;
                  return `${at.id || at.dataset.tool || at.dataset.opens || at.name || at.className || at.textContent} ${shown ? 'seen' : 'unseen'}`;
                }
                """);
            if (stop is null || reached.Contains(stop))
            {
                break;
            }

            reached.Add(stop);
        }

        var tabs = await page.Page.Locator(".tabs a").AllTextContentsAsync();
        Assert.Equal(
            ["skip", "brand", .. tabs, "help", "language", "theme", "canvas", "width", "undo", "redo", "clear", "file", "digit-key", "See", "model", "preprocess", "API", "Health"],
            reached.Select(stop => stop.Split(' ')[0]));
        Assert.All(reached, stop => Assert.EndsWith(" seen", stop, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheKeysAreExplainedInADialogThatGivesTheFocusBack()
    {
        await using var page = await browser.OpenAsync();
        await page.Canvas.FocusAsync();
        await page.Page.Keyboard.PressAsync("?");
        var dialog = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Expect(dialog).ToContainTextAsync("Undo");
        for (var i = 0; i < 5; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            Assert.True(await page.Page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.closest('dialog') !== null"));
        }

        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Canvas).ToBeFocusedAsync();
    }

    [Fact]
    public async Task UAsksForPictures()
    {
        await using var page = await browser.OpenAsync();
        await page.Page.EvaluateAsync("document.getElementById('file').addEventListener('click', event => { event.preventDefault(); window.isAsked = true; })");
        await page.Page.Keyboard.PressAsync("u");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.isAsked"));
    }

    [Fact]
    public async Task BracketsChangeThePenUnlessSingleKeysAreSwitchedOff()
    {
        await using var page = await browser.OpenAsync();
        ILocator Width(int value) => page.Page.Locator($"input[name=width][value='{value}']");
        await page.Page.Keyboard.PressAsync("]");
        await Expect(Width(22)).ToBeCheckedAsync();
        await page.Page.Keyboard.PressAsync("[");
        await page.Page.Keyboard.PressAsync("[");
        await page.Page.Keyboard.PressAsync("[");
        await Expect(Width(10)).ToBeCheckedAsync();

        await page.Page.Locator("#help").ClickAsync();
        await page.Page.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("]");
        await page.Page.Keyboard.PressAsync("?");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Width(10)).ToBeCheckedAsync();
    }
}
