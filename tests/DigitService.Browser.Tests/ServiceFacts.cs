using System.Diagnostics;
using DigitService.Recognition.Tests;
using DigitService.Recognition.Tests.Imaging;
using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class ServiceFacts(BrowserFixture browser)
{
    private static readonly InkDigit _two = InkDigit.Sample.First(digit => digit.Label == 2);

    [Fact]
    public async Task TheServiceMayGoAndComeBackAndTheDrawingIsReadAfterAll()
    {
        using var folder = new TemporaryFolder();
        using var first = Host.Start(folder);
        await using var page = await browser.OpenAsync(first.Address);
        first.Kill();
        await page.DrawAsync(_two);
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("No connection");
        await Expect(page.Page.Locator("[data-part=more]")).ToContainTextAsync("Trying again in");
        await Expect(page.Page.Locator("#live")).ToContainTextAsync("No connection");

        using var second = Host.Start(folder, "--urls", first.Address.ToString());
        await page.Page.Locator("[data-part=retry]").ClickAsync();
        await Expect(page.Answer).ToHaveAttributeAsync("data-digit", "2");
        await Expect(page.Page.Locator("[data-part=retry]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task WithoutAModelThePageSaysHowToGetOne()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("models"));
        using var host = Host.Start(folder);
        await using var page = await browser.OpenAsync(host.Address);
        await page.DrawAsync(_two);
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("No model yet");
        await Expect(page.Page.Locator("[data-part=more]")).ToContainTextAsync("script/train");
    }

    [Fact]
    public async Task AServiceThatAsksForPatienceIsLeftInPeaceAsLongAsItSays()
    {
        var (refused, answered, isRested) = (0L, 0L, false);
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Prepare = context => context.RouteAsync("**/predict?*", async route =>
            {
                if (isRested)
                {
                    answered = answered == 0 ? Stopwatch.GetTimestamp() : answered;
                    await route.ContinueAsync();
                }
                else
                {
                    refused = Stopwatch.GetTimestamp();
                    await route.FulfillAsync(new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "2" } });
                }
            }),
        });
        await StrokePlayer.PlayWithMouseAsync(page.Page, await page.PlaceAsync(_two));
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("Slow down a little");
        isRested = true;
        await Expect(page.Answer).ToHaveAttributeAsync("data-digit", "2");
        Assert.InRange(Stopwatch.GetElapsedTime(refused, answered).TotalSeconds, 1.5, 30);
    }

    [Fact]
    public async Task TheApiKeyIsAskedForOnceAndSentFromThenOn()
    {
        var keys = new List<string?>();
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Prepare = context => context.RouteAsync("**/models/some/activate", async route =>
            {
                keys.Add(await route.Request.HeaderValueAsync("X-Api-Key"));
                await route.FulfillAsync(keys[^1] == "secret"
                    ? new() { Status = 200, ContentType = "application/json", Body = "{}" }
                    : new() { Status = 401, ContentType = "application/problem+json", Body = """{"detail":"That is not the key."}""" });
            }),
        });
        const string Activate = "() => { window.done = import('/js/api.js').then(api => api.request('models/some/activate', { method: 'POST' })); }";
        await page.Page.EvaluateAsync(Activate);
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("wrong");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the key.");
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("secret");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.EvaluateAsync("() => window.done");
        await page.Page.EvaluateAsync(Activate);
        await page.Page.EvaluateAsync("() => window.done");
        Assert.Equal([null, "wrong", "secret", "secret"], keys);
    }
}
