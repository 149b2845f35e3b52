using DigitService.Recognition.Tests.Imaging;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class ToolFacts(BrowserFixture browser)
{
    private static readonly InkDigit _five = InkDigit.Sample.First(digit => digit.Label == 5 && digit.Strokes.Length == 2);

    [Fact]
    public async Task UndoGoesBackStrokeByStrokeToTheEmptySheetAndRedoForth()
    {
        await using var page = await browser.OpenAsync();
        var (undo, redo) = (page.Page.Locator("[data-tool=undo]"), page.Page.Locator("[data-tool=redo]"));
        await Expect(undo).ToHaveAttributeAsync("aria-disabled", "true");
        Assert.Equal(5, await page.DrawAsync(_five));
        var whole = await page.CountInkAsync();

        await undo.ClickAsync();
        await page.ReadAnswerAsync();
        Assert.InRange(await page.CountInkAsync(), 1, whole - 1);
        await undo.ClickAsync();
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
        Assert.Equal(0, await page.CountInkAsync());
        await Expect(page.Page.Locator(".invitation")).ToBeVisibleAsync();
        await Expect(undo).ToHaveAttributeAsync("aria-disabled", "true");

        await redo.ClickAsync();
        await redo.ClickAsync();
        Assert.Equal(5, await page.ReadAnswerAsync());
        Assert.Equal(whole, await page.CountInkAsync());
        await Expect(redo).ToHaveAttributeAsync("aria-disabled", "true");
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhatWasClearedComesBackWithUndo()
    {
        await using var page = await browser.OpenAsync();
        await page.DrawAsync(_five);
        await page.ClearAsync();
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
        await page.Page.Locator("[data-tool=undo]").ClickAsync();
        Assert.Equal(5, await page.ReadAnswerAsync());
    }

    [Fact]
    public async Task EveryPenWidthIsReadAndTheChosenOneIsRemembered()
    {
        await using var page = await browser.OpenAsync();
        var ink = new List<int>();
        foreach (var width in new[] { 10, 16, 22, 30 })
        {
            await page.ChooseWidthAsync(width);
            Assert.Equal(5, await page.DrawAsync(_five));
            ink.Add(await page.CountInkAsync());
            await page.ClearAsync();
        }

        Assert.Equal(ink.Order(), ink);
        await page.GoAsync("");
        await Expect(page.Page.Locator("input[name=width][value='30']")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task ADrawingSurvivesAnotherSizeOfTheWindow()
    {
        await using var page = await browser.OpenAsync();
        Assert.Equal(5, await page.DrawAsync(_five));
        var seen = await page.Page.Locator("[data-part=seen]").GetAttributeAsync("src");
        await page.Page.SetViewportSizeAsync(700, 900);
        await page.Page.Locator("[data-tool=undo]").ClickAsync();
        await page.Page.Locator("[data-tool=redo]").ClickAsync();
        Assert.Equal(5, await page.ReadAnswerAsync());
        await Expect(page.Page.Locator("[data-part=seen]")).ToHaveAttributeAsync("src", seen!);
        Assert.True(await page.CountInkAsync() > 1000);
    }
}
