using DigitService.Tests;
using Microsoft.Playwright;
using static DigitService.Browser.Tests.FeedbackPage;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class FeedbackViewFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task EachPictureSaysWhatItShowsWhatWasAnsweredByWhomHowSurelyAndWhen()
    {
        await host.KeepAsync((4, "9"));
        await using var page = await OpenAsync();
        var card = page.Sample(Picture(4));
        await Expect(card.GetByLabel("Shows")).ToHaveValueAsync("9");
        await Expect(card.Locator(".sample-answer")).ToHaveTextAsync("Read as 4, 99.9%");
        await Expect(card).ToHaveAttributeAsync("data-state", "wrong");
        await Expect(card.GetByRole(AriaRole.Link)).ToHaveTextAsync(ShippedModel.Info.Network);
        await Expect(card.Locator(".sample-origin")).ToContainTextAsync("uploaded");
        await Expect(card.Locator(".sample-origin")).ToContainTextAsync($"{DateTime.Now.Year}");
        Assert.Equal(28, await card.GetByRole(AriaRole.Img).EvaluateAsync<int>("image => image.naturalWidth"));
        await Expect(page.Page.Locator(".filter-count")).ToHaveTextAsync("1 picture");
        page.AssertQuiet();
    }

    [Fact]
    public async Task PicturesAreChosenByWhatTheyShowByWhatWasAnsweredAndByWhetherThatWasWrong()
    {
        await host.KeepAsync((4, "9"), (9, "9"), (2, "7"), (8, "none"));
        await using var page = await OpenAsync();
        await Expect(page.Samples()).ToHaveCountAsync(4);
        await page.Page.Locator("#filter-label").SelectOptionAsync("9");
        await Expect(page.Samples()).ToHaveCountAsync(2);
        await Expect(page.Page.Locator(".filter-count")).ToHaveTextAsync("2 of 4 pictures");
        await page.Page.GetByLabel("Wrong only").CheckAsync();
        await Expect(page.Samples()).ToHaveCountAsync(1);
        await Expect(page.Sample(Picture(4))).ToBeVisibleAsync();
        await page.Page.Locator("#filter-predicted").SelectOptionAsync("2");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "None of them is like that" })).ToBeVisibleAsync();
        await page.Button("Show all").ClickAsync();
        await Expect(page.Samples()).ToHaveCountAsync(4);
        await page.Page.Locator("#filter-label").SelectOptionAsync("none");
        await Expect(page.Sample(Picture(8))).ToBeVisibleAsync();
        await page.Page.ReloadAsync();
        await Expect(page.Samples()).ToHaveCountAsync(1);
        page.AssertQuiet();
    }

    [Fact]
    public async Task ALabelIsChangedAndTheFocusStays()
    {
        await host.KeepAsync((4, "9"));
        await using var page = await OpenAsync();
        var shows = page.Sample(Picture(4)).GetByLabel("Shows");
        await shows.FocusAsync();
        await shows.SelectOptionAsync("4");
        await Expect(page.Sample(Picture(4))).ToHaveAttributeAsync("data-state", "right");
        await shows.AssertFocusedAsync();
        await Expect(page.Page.Locator("#live")).ToHaveTextAsync("It shows: 4");
        Assert.Equal(4, Assert.Single(await host.KeptAsync()).GetProperty("label").GetInt32());
        page.AssertQuiet();
    }

    [Fact]
    public async Task OneIsDeletedAndAllAreAfterAQuestion()
    {
        await host.KeepAsync((4, "9"), (2, "7"), (8, "8"));
        await using var page = await OpenAsync();
        await page.Sample(Picture(2)).Button("Delete 7").ClickAsync();
        await page.Dialog().Button("Cancel").ClickAsync();
        Assert.Equal(3, (await host.KeptAsync()).Count);
        await page.Sample(Picture(2)).Button("Delete 7").ClickAsync();
        await page.Dialog().Button("Delete").ClickAsync();
        await Expect(page.Samples()).ToHaveCountAsync(2);
        await Expect(page.Toast()).ToContainTextAsync("The picture is deleted.");

        await page.Button("Delete all").ClickAsync();
        await Expect(page.Dialog()).ToContainTextAsync("Delete all 2 pictures?");
        await page.Dialog().Button("Delete all").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing corrected yet" })).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".models-state")).ToContainTextAsync("press the digit that it is");
        Assert.Empty(await host.KeptAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task MoreThanAPageIsLeafedThrough()
    {
        await host.KeepAsync();
        using var answer = await host.Client.ImportFeedbackAsync(FeedbackApi.Zip(
            [.. Enumerable.Range(0, 50).Select(n => ($"1/{n}.png", FeedbackApi.Stroke(n)))]));
        answer.EnsureSuccessStatusCode();
        await using var page = await OpenAsync();
        await Expect(page.Samples()).ToHaveCountAsync(48);
        await Expect(page.Button("Newer")).ToBeDisabledAsync();
        await page.Button("Older").ClickAsync();
        await Expect(page.Samples()).ToHaveCountAsync(2);
        await Expect(page.Page.Locator(".pager")).ToContainTextAsync("49 to 50 of 50");
        await page.Button("Newer").ClickAsync();
        await Expect(page.Samples()).ToHaveCountAsync(48);
        page.AssertQuiet();
    }

    [Fact]
    public async Task ADamagedOneSaysWhyAndIsDeleted()
    {
        await host.KeepAsync((4, "9"), (2, "7"));
        var id = FeedbackApi.IdOf(Picture(2));
        await File.WriteAllTextAsync(Directory.EnumerateFiles(host.Feedback, "sample.json", SearchOption.AllDirectories).Single(file => file.Contains(id, StringComparison.Ordinal)), "{");
        await using var page = await OpenAsync();
        var damaged = page.Page.Locator($"[data-damaged='{id}']");
        await Expect(damaged).ToContainTextAsync("sample.json");
        await Expect(page.Button("Learn from 1 picture")).ToBeVisibleAsync();
        await damaged.Button("Delete").ClickAsync();
        await page.Dialog().Button("Delete").ClickAsync();
        await Expect(damaged).ToHaveCountAsync(0);
        await Expect(page.Samples()).ToHaveCountAsync(1);
        page.AssertQuiet();
    }

    [Fact]
    public async Task WithTheKeyboardALabelIsReachedAndChanged()
    {
        await host.KeepAsync((4, "9"));
        await using var page = await OpenAsync();
        await Expect(page.Samples()).ToHaveCountAsync(1);
        await page.Page.GetByLabel("Wrong only").FocusAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Sample(Picture(4)).GetByLabel("Shows").AssertFocusedAsync();
        await page.Page.Keyboard.PressAsync("4");
        await Expect(page.Sample(Picture(4))).ToHaveAttributeAsync("data-state", "right");
    }

    [Theory]
    [InlineData(390, ColorScheme.Light, "en-GB")]
    [InlineData(390, ColorScheme.Dark, "zh-CN")]
    [InlineData(320, ColorScheme.Light, "en-GB")]
    [InlineData(1280, ColorScheme.Dark, "zh-CN")]
    public async Task ItFitsEveryWindowInEveryLanguage(int width, ColorScheme scheme, string locale)
    {
        await host.KeepAsync((4, "9"), (2, "2"), (8, "none"));
        await using var page = await browser.OpenAsync(host.Address, new PageOptions
        {
            Path = FeedbackPage.Path,
            Viewport = new() { Width = width, Height = 800 },
            ColorScheme = scheme,
            Locale = locale,
        });
        await Expect(page.Samples()).ToHaveCountAsync(3);
        await page.AssertNoSidewaysAsync();
        if (locale == "zh-CN")
        {
            await page.AssertChineseAsync();
        }

        page.AssertQuiet();
    }

    private Task<DrawingPage> OpenAsync() => browser.OpenAsync(host.Address, new PageOptions { Path = FeedbackPage.Path });
}
