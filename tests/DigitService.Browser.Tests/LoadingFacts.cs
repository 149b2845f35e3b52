using DigitService.Recognition.Tests.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class LoadingFacts(BrowserFixture browser)
{
    private const string Texts =
        "() => [...document.querySelectorAll('[data-text]:not(option), [data-label]')].map(e => e.dataset.label ? e.getAttribute('aria-label') : e.textContent)";

    [Fact]
    public async Task TheFirstVisitTransfersLessThanAQuarterOfAMegabyteAndNothingInVain()
    {
        var requests = new List<IRequest>();
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Prepare = context =>
            {
                context.RequestFinished += (_, request) => requests.Add(request);
                return Task.CompletedTask;
            },
        });
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var sizes = await Task.WhenAll(requests.Select(request => request.SizesAsync()));
        Assert.InRange(sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize), 1, 250_000);
        Assert.Equal(requests.Select(request => request.Url).Distinct(), requests.Select(request => request.Url));
        page.AssertQuiet();
    }

    [Fact]
    public async Task ThePageIsPaintedBeforeItsModulesAreThereAndSaysTheSameAfterwards()
    {
        var released = new TaskCompletionSource();
        var before = new TaskCompletionSource<string[]>();
        var opening = browser.OpenAsync(new PageOptions
        {
            Prepare = async context =>
            {
                await context.RouteAsync("**/js/**", async route =>
                {
                    await (route.Request.Url.EndsWith("boot.js", StringComparison.Ordinal) ? Task.CompletedTask : released.Task);
                    await route.ContinueAsync();
                });
                context.Page += (_, page) => _ = CheckAsync(page);
            },
        });
        var texts = await before.Task.WaitAsync(TimeSpan.FromSeconds(20));
        released.SetResult();
        await using var opened = await opening;
        Assert.NotEmpty(texts);
        Assert.Equal(texts, await opened.Page.EvaluateAsync<string[]>(Texts));

        async Task CheckAsync(IPage page)
        {
            try
            {
                // The page's policy allows no eval, which waiting for an expression would use.
                await page.WaitForURLAsync(url => url.StartsWith("http:", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
                await page.EvaluateAsync("() => new Promise(done => new PerformanceObserver(done).observe({ type: 'paint', buffered: true }))");
                await Expect(page.Locator(".invitation-text")).ToBeVisibleAsync();
                before.SetResult(await page.EvaluateAsync<string[]>(Texts));
            }
            catch (Exception error)
            {
                before.SetException(error);
            }
        }
    }

    // But for what the answer itself is: its words, and its glyph, which is a small one while half a digit is none yet.
    [Theory]
    [InlineData("en-GB", false)]
    [InlineData("zh-CN", false)]
    [InlineData("en-GB", true)]
    public async Task NothingMovesWhileItLoadsAndWhileItIsUsed(string locale, bool isPhone)
    {
        var options = isPhone ? PageOptions.Phone : new PageOptions();
        await using var page = await browser.OpenAsync(options with
        {
            Locale = locale,
            Prepare = context => context.AddInitScriptAsync("""
                window.moved = [];
                new PerformanceObserver(list => window.moved.push(...list.getEntries().flatMap(entry => entry.sources.map(source => source.node).filter(node => !node?.parentElement?.closest('.verdict') && !node?.matches?.('.glyph')).map(node => node?.outerHTML?.slice(0, 100)))))
                  .observe({ type: 'layout-shift', buffered: true });
                """),
        });
        await page.DrawAsync(InkDigit.Sample[0]);
        await page.Page.Context.SetOfflineAsync(true);
        await page.ClearAsync();
        await page.DrawAsync(InkDigit.Sample[0]);
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "problem");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => window.moved"));
    }

    [Fact]
    public async Task AStrictContentSecurityPolicyForbidsNothingThatThePageDoes()
    {
        const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Path = "?lang=zh",
            Prepare = context => context.RouteAsync(new System.Text.RegularExpressions.Regex(@"/\?lang=zh$"), async route =>
            {
                var answer = await route.FetchAsync();
                await route.FulfillAsync(new()
                {
                    Response = answer,
                    Headers = new Dictionary<string, string>(answer.Headers) { ["content-security-policy"] = Policy },
                });
            }),
        });
        Assert.Equal(0, await page.DrawAsync(InkDigit.Sample.First(digit => digit.Label == 0)));
        await page.Page.Locator("#help").ClickAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Locator("#file").SetInputFilesAsync([InkPicture.Png(4)]);
        Assert.Equal(4, await page.ReadAnswerAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task EveryModuleThatTheFirstViewNeedsIsAskedForAtOnce()
    {
        await using var page = await browser.OpenAsync();
        var preloaded = await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('link[rel=modulepreload]')].map(link => link.href)");
        var loaded = await page.Page.EvaluateAsync<string[]>(
            "() => performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.endsWith('.js') && !/(boot|main)\\.js$/.test(name))");
        Assert.Equal(loaded.Distinct().Order(), preloaded.Order());
        page.AssertQuiet();
    }
}
