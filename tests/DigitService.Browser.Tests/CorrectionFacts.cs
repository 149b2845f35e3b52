using System.Text.RegularExpressions;
using DigitService.Recognition.Tests;
using DigitService.Tests;
using Microsoft.Playwright;
using static DigitService.Browser.Tests.FeedbackPage;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class CorrectionFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    /// <summary>Notes the SHA-256 of what was sent last to each path, in hexadecimal.</summary>
    private const string Listen = """
        window.sent = {};
        const send = window.fetch;
        window.fetch = async (path, options) => {
          if (options?.body instanceof Blob) {
            const digest = await crypto.subtle.digest('SHA-256', await options.body.arrayBuffer());
            window.sent[String(path).split('?')[0]] = [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
          }
          return send(path, options);
        };
        """;

    [Fact]
    public async Task AnAnswerIsCorrectedWithOneClickAndTheVeryPictureIsKeptThatWasRead()
    {
        await host.KeepAsync();
        await using var page = await browser.OpenAsync(host.Address, new PageOptions { Prepare = context => context.AddInitScriptAsync(Listen) });
        await Expect(page.Key("3")).ToHaveAttributeAsync("aria-disabled", "true");
        Assert.Equal(8, await page.DrawAsync(Ink(8)));
        await page.Key("3").ClickAsync();
        await Expect(page.Said()).ToHaveTextAsync("Kept as 3");
        await Expect(page.Key("3")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Page.Locator("#live")).ToHaveTextAsync("Kept as 3");

        var kept = Assert.Single(await host.KeptAsync());
        Assert.Equal(3, kept.GetProperty("label").GetInt32());
        Assert.Equal("drawn", kept.GetProperty("source").GetString());
        Assert.Equal(8, kept.GetProperty("predicted").GetProperty("digit").GetInt32());
        Assert.Equal(ShippedModel.Id, kept.GetProperty("predicted").GetProperty("model").GetString());
        var sent = await page.Page.EvaluateAsync<Dictionary<string, string>>("() => window.sent");
        Assert.Equal(sent["predict"], sent["feedback"]);
        Assert.Equal(sent["predict"], kept.GetProperty("id").GetString());
        page.AssertQuiet();
    }

    [Fact]
    public async Task WithTheKeyboardAnAnswerIsCorrectedOtherwiseAndNotAtAll()
    {
        await host.KeepAsync();
        await using var page = await OpenAsync();
        await page.DrawAsync(Ink(8));
        await page.Page.Keyboard.PressAsync("3");
        await Expect(page.Said()).ToHaveTextAsync("Kept as 3");
        await page.Page.Keyboard.PressAsync("n");
        await Expect(page.Said()).ToHaveTextAsync("Kept as not a digit");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Assert.Single(await host.KeptAsync()).GetProperty("label").ValueKind);

        await page.Key("0").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Key("1")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Said()).ToHaveTextAsync("Kept as 1");
        await page.Undo().FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("[data-correction=ask]")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#live")).ToHaveTextAsync("Not kept any more");
        await Expect(page.Key("1")).ToBeFocusedAsync();
        Assert.Empty(await host.KeptAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhatWasSaidOfADrawingGoesAndComesBackWithIt()
    {
        await host.KeepAsync();
        await using var page = await OpenAsync();
        await page.DrawAsync(Ink(8));
        await page.Key("3").ClickAsync();
        await Expect(page.Said()).ToHaveTextAsync("Kept as 3");
        await page.ClearAsync();
        await Expect(page.Said()).ToBeEmptyAsync();
        await Expect(page.Key("3")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.Page.Keyboard.PressAsync("Control+z");
        await Expect(page.Said()).ToHaveTextAsync("Kept as 3");
    }

    [Fact]
    public async Task EveryPictureThatIsBroughtIsCorrectedOnItsCardOrUnderItsAnswer()
    {
        await host.KeepAsync();
        await using var page = await OpenAsync();
        await page.Page.Locator("#file").SetInputFilesAsync([InkPicture.Png(4), InkPicture.Png(2)]);
        await Expect(page.Page.Locator(".picture-digit")).ToHaveTextAsync(["4", "2"]);
        var second = page.Page.GetByLabel("What digit-2.png really shows");
        await second.SelectOptionAsync("7");
        await Expect(second.Locator("option:checked")).ToHaveTextAsync("Kept as 7");
        await page.Key("9").ClickAsync();
        await Expect(page.Page.GetByLabel("What digit-4.png really shows")).ToHaveValueAsync("9");
        var kept = await host.KeptAsync();
        Assert.Equal([9, 7], kept.Select(sample => sample.GetProperty("label").GetInt32()));
        Assert.All(kept, sample => Assert.Equal("uploaded", sample.GetProperty("source").GetString()));
        Assert.Equal(FeedbackApi.IdOf(Picture(2)), kept[1].GetProperty("id").GetString());

        await page.Page.Locator(".picture").Nth(1).Button("Undo").ClickAsync();
        await Expect(second).ToHaveValueAsync("");
        Assert.Single(await host.KeptAsync());
        page.AssertQuiet();
    }

    [Theory]
    [InlineData(429, "press it again in 7 s")]
    [InlineData(503, "the service is busy")]
    [InlineData(0, "there is no connection")]
    public async Task WhatStandsInTheWayIsSaidWithWhatToDo(int status, string advice)
    {
        await using var page = await OpenAsync();
        await page.Page.RouteAsync("**/feedback?*", route => status == 0
            ? route.AbortAsync()
            : route.FulfillAsync(new() { Status = status, Headers = status == 429 ? new Dictionary<string, string> { ["Retry-After"] = "7" } : null }));
        await page.DrawAsync(Ink(8));
        await page.Key("3").ClickAsync();
        await Expect(page.Said()).ToContainTextAsync(advice);
        await Expect(page.Key("3")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.Page.UnrouteAllAsync();
        await page.Key("3").ClickAsync();
        await Expect(page.Said()).ToHaveTextAsync("Kept as 3");
    }

    [Fact]
    public async Task WhereThereIsNoRoomItSaysWhereToMakeSome()
    {
        using var folder = new TemporaryFolder();
        using var small = Host.Start(folder, "--Feedback:MaximumSamples", "1", "--Feedback:RetentionDays", "30");
        await small.KeepAsync((1, "7"));
        await using var page = await browser.OpenAsync(small.Address);
        await Expect(page.Page.Locator(".correction-note")).ToContainTextAsync("kept on this server for 30 days");
        await page.DrawAsync(Ink(8));
        await page.Key("3").ClickAsync();
        await Expect(page.Said()).ToContainTextAsync("there is no more room here");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Look at what is kept" }).ClickAsync();
        await Expect(page.Samples()).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task ToTakeItBackTheKeyIsAskedForWhereThereIsOne()
    {
        using var folder = new TemporaryFolder();
        using var locked = Host.Start(folder, "--Security:ApiKey", "a-secret-of-some-length");
        await using var page = await browser.OpenAsync(locked.Address);
        await page.DrawAsync(Ink(8));
        await page.Key("3").ClickAsync();
        await page.Key("5").ClickAsync();
        await Expect(page.Said()).ToHaveTextAsync("Kept as 5");
        await page.Undo().ClickAsync();
        await Expect(page.Dialog()).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Said()).ToContainTextAsync("wants its key");
        await page.Undo().ClickAsync();
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("a-secret-of-some-length");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Said()).ToBeEmptyAsync();
        await page.Page.Locator("[data-tab=feedback]").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing corrected yet" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhereFeedbackIsTurnedOffNothingOfItIsShown()
    {
        using var folder = new TemporaryFolder();
        using var off = Host.Start(folder, "--Feedback:Enabled", "false");
        await using var page = await browser.OpenAsync(off.Address);
        await Expect(page.Page.Locator("[data-tab=feedback]")).ToBeHiddenAsync();
        Assert.Equal(8, await page.DrawAsync(Ink(8)));
        await Expect(page.Page.Locator("#correction")).ToBeHiddenAsync();
        await page.Page.Locator("#file").SetInputFilesAsync([InkPicture.Png(4)]);
        await Expect(page.Page.Locator(".picture-digit")).ToHaveTextAsync("4");
        await Expect(page.Page.Locator(".picture-correction")).ToBeHiddenAsync();
        await page.Page.Keyboard.PressAsync("3");
        await page.Page.Keyboard.PressAsync("?");
        await Expect(page.Dialog()).Not.ToContainTextAsync("It is this digit");
        page.AssertQuiet();
        await page.GoAsync(FeedbackPage.Path);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Feedback is turned off here" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheStatementIsThereOnceAndHelpListsTheKeys()
    {
        await using var page = await OpenAsync();
        await Expect(page.Page.GetByText(new Regex("kept on this server until somebody deletes them"))).ToHaveCountAsync(1);
        await page.Page.Keyboard.PressAsync("?");
        await Expect(page.Dialog().Locator(".keys div", new() { HasText = "It is this digit" }).Locator("kbd")).ToHaveTextAsync("0 … 9");
        await Expect(page.Dialog().Locator(".keys div", new() { HasText = "It is not a digit" }).Locator("kbd")).ToHaveTextAsync("N");
    }

    [Fact]
    public async Task HelpListsTheKeysBeforeTheServiceHasSaidThatPicturesAreKept()
    {
        await using var page = await browser.OpenAsync(host.Address, new PageOptions { Prepare = NeverAnswerAsync });
        await page.Page.Keyboard.PressAsync("?");
        await Expect(page.Dialog().Locator(".keys div", new() { HasText = "It is this digit" })).ToBeVisibleAsync();

        static Task NeverAnswerAsync(IBrowserContext context) => context.RouteAsync("**/feedback/settings", _ => Task.CompletedTask);
    }

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB")]
    [InlineData(ColorScheme.Dark, "zh-CN")]
    public async Task OnAPhoneTheKeysAreLargeEnoughForAThumb(ColorScheme scheme, string locale)
    {
        await host.KeepAsync();
        await using var page = await browser.OpenAsync(host.Address, PageOptions.Phone with { ColorScheme = scheme, Locale = locale });
        await page.DrawAsync(Ink(8));
        foreach (var label in new[] { "0", "9", "none" })
        {
            var box = (await page.Key(label).BoundingBoxAsync())!;
            Assert.True(box.Width >= 40 && box.Height >= 40, $"{label} is {box.Width}×{box.Height}.");
        }

        await page.Key("none").ClickAsync();
        await Expect(page.Key("none")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.AssertNoSidewaysAsync();
        page.AssertQuiet();
    }

    private Task<DrawingPage> OpenAsync() => browser.OpenAsync(host.Address);
}
