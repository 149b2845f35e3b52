using DigitService.Recognition.Tests.Imaging;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class SettingsFacts(BrowserFixture browser)
{
    private static readonly InkDigit _six = InkDigit.Sample.First(digit => digit.Label == 6);

    // What the service answers of its models; the second is not there to be asked.
    private readonly string _models = $$"""
        [{"id":"20261121-090500-convnet","name":null,"network":"convnet","preprocess":"mnist","accuracy":0.9959,"isActive":true,"error":null},
         {"id":"20261120-113000-cnn","name":"My own","network":"cnn","preprocess":"plain","accuracy":0.9946,"isActive":false,"error":null},
         {"id":"20261119-080000-mlp","isActive":false,"error":"model.pth is damaged."}]
        """;

    [Fact]
    public async Task AnotherPreprocessingIsUsedAtOnceAndIsInTheAddress()
    {
        await using var page = await browser.OpenAsync();
        Assert.Equal(6, await page.DrawAsync(_six, fill: 0.3));
        var seen = page.Page.Locator("[data-part=seen]");
        var before = await seen.GetAttributeAsync("src");
        await page.Page.Locator("input[name=preprocess][value=plain]").CheckAsync(new() { Force = true });
        await Expect(seen).Not.ToHaveAttributeAsync("src", before!);
        Assert.EndsWith("#/draw?preprocess=plain", page.Page.Url, StringComparison.Ordinal);

        await page.Page.ReloadAsync();
        await Expect(page.Page.Locator("input[name=preprocess][value=plain]")).ToBeCheckedAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task TheChosenModelIsAskedAndIsInTheAddress()
    {
        var asked = new List<string>();
        await using var page = await OpenAsync("", asked);
        var model = page.Page.GetByLabel("Model");
        await Expect(model.Locator("option")).ToHaveTextAsync(["convnet · 99.59% (active)", "My own · 99.46%"]);
        await page.DrawAsync(_six);
        Assert.DoesNotContain("model=", asked[^1], StringComparison.Ordinal);

        await model.SelectOptionAsync("20261120-113000-cnn");
        await Expect(page.Page.Locator("input[name=preprocess][value=plain]")).ToBeCheckedAsync();
        await page.ReadAnswerAsync();
        Assert.Contains("model=20261120-113000-cnn", asked[^1], StringComparison.Ordinal);
        Assert.EndsWith("#/draw?model=20261120-113000-cnn", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressThatNamesAModelOpensWithIt()
    {
        var asked = new List<string>();
        await using var page = await OpenAsync($"#/draw?model=20261120-113000-cnn&preprocess=mnist", asked);
        await Expect(page.Page.GetByLabel("Model")).ToHaveValueAsync("20261120-113000-cnn");
        await Expect(page.Page.Locator("input[name=preprocess][value=mnist]")).ToBeCheckedAsync();
        await page.DrawAsync(_six);
        Assert.Contains("model=20261120-113000-cnn&preprocess=mnist", asked[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModelThatIsGoneGivesWayToTheActiveOneAndSaysSo()
    {
        await using var page = await OpenAsync("#/draw?model=20200101-000000-gone", []);
        await Expect(page.Page.Locator(".toast")).ToContainTextAsync("20200101-000000-gone");
        await Expect(page.Page.GetByLabel("Model")).ToHaveValueAsync("");
        Assert.DoesNotContain("model=", page.Page.Url, StringComparison.Ordinal);
    }

    // The answers are the shipped model's, whichever was asked for.
    private Task<DrawingPage> OpenAsync(string path, List<string> asked) => browser.OpenAsync(new PageOptions
    {
        Path = path,
        Prepare = async context =>
        {
            await context.RouteAsync("**/models", route => route.FulfillAsync(new() { ContentType = "application/json", Body = _models }));
            await context.RouteAsync("**/predict?*", async route =>
            {
                asked.Add(route.Request.Url);
                await route.ContinueAsync(new() { Url = new Uri(browser.Host.Address, "predict?input=true").ToString() });
            });
        },
    });
}
