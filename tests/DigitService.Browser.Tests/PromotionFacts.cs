using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class PromotionFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    private readonly string _forgetful = KnownModel.RegisterForgetful(host.Models, ModelApi.Shipped);

    [Fact]
    public async Task OneThatHasForgottenIsActivatedOnlyByWhoeverInsistsAndIsRolledBack()
    {
        await host.Client.ActivateAsync(ModelApi.Shipped);
        await using var page = await OpenAsync($"#/models/{_forgetful},{ModelApi.Shipped}");
        var verdict = page.Page.Locator(".verdict-panel");
        await Expect(verdict).ToHaveAttributeAsync("data-verdict", "keep");
        await Expect(verdict).ToContainTextAsync("more than 0.1 point of accuracy");
        await verdict.Button("Activate all the same").ClickAsync();
        await Expect(verdict.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Forgetful answers now");
        Assert.Equal(_forgetful, await host.Client.ActiveAsync());

        await verdict.Button($"Roll back to {ShippedModel.Info.Network}").ClickAsync();
        await Expect(page.Toast()).ToContainTextAsync($"{ShippedModel.Info.Network} is active now.");
        Assert.Equal(ModelApi.Shipped, await host.Client.ActiveAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task TheListRefusesItTooWithTheReasonAndAWayRoundIt()
    {
        await host.Client.ActivateAsync(ModelApi.Shipped);
        await using var page = await OpenAsync("#/models");
        await page.Card(_forgetful).Button("Activate").ClickAsync();
        await Expect(page.Toast()).ToContainTextAsync("99.00");
        Assert.Equal(ModelApi.Shipped, await host.Client.ActiveAsync());
        await page.Toast().Button("Activate all the same").ClickAsync();
        await Expect(page.Card(_forgetful).Locator(".badge.active")).ToBeVisibleAsync();
        await page.Card(_forgetful).Button($"Roll back to {ShippedModel.Info.Network}").ClickAsync();
        await Expect(page.Card(ModelApi.Shipped).Locator(".badge.active")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhatTwoModelsReadDifferentlyIsShownPictureByPicture()
    {
        await using var page = await OpenAsync($"#/models/{_forgetful},{ModelApi.Shipped}");
        var mnist = page.Page.GetByRole(AriaRole.Region, new() { Name = "MNIST test images" });
        var (wrong, right) = (mnist.Locator("[data-change=wrong]"), mnist.Locator("[data-change=right]"));
        await Expect(wrong.GetByRole(AriaRole.Heading)).ToContainTextAsync("wrong now");
        await Expect(right.GetByRole(AriaRole.Heading)).ToContainTextAsync("right now");
        Assert.Equal(28, await wrong.GetByRole(AriaRole.Img).First.EvaluateAsync<int>("image => image.naturalWidth"));
        var pair = await right.Locator(".change-pair").First.TextContentAsync();
        var shows = await right.Locator(".change-shows").First.TextContentAsync();
        Assert.EndsWith($"→ {shows![^1]}", pair!, StringComparison.Ordinal);
        await Expect(page.Page.GetByRole(AriaRole.Region, new() { Name = "Corrected pictures" })).ToContainTextAsync("None are held out");
        page.AssertQuiet();
    }

    [Theory]
    [InlineData(390, ColorScheme.Light, "en-GB")]
    [InlineData(390, ColorScheme.Dark, "zh-CN")]
    [InlineData(1280, ColorScheme.Dark, "zh-CN")]
    public async Task TheComparisonFitsEveryWindowInEveryLanguage(int width, ColorScheme scheme, string locale)
    {
        await using var page = await browser.OpenAsync(host.Address, new PageOptions
        {
            Path = $"#/models/{_forgetful},{ModelApi.Shipped}",
            Viewport = new() { Width = width, Height = 800 },
            ColorScheme = scheme,
            Locale = locale,
        });
        await Expect(page.Page.Locator(".changes")).ToHaveCountAsync(2);
        await page.AssertNoSidewaysAsync();
        if (locale == "zh-CN")
        {
            await page.AssertChineseAsync();
        }

        page.AssertQuiet();
    }

    private Task<DrawingPage> OpenAsync(string path) => browser.OpenAsync(host.Address, new PageOptions { Path = path });
}
