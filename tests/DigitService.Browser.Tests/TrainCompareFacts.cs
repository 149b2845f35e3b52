using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class TrainCompareFacts(BrowserFixture browser)
{
    [Fact]
    public async Task CurvesLieOverEachOtherInColoursOfTheirOwn()
    {
        var (first, second) = (await TrainAsync("Slow", 0.001), await TrainAsync("Quick", 0.01));
        await using var page = await browser.OpenAsync(new PageOptions { Path = $"#/train/{first}" });
        await page.WaitForStatusAsync("completed");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare Quick" }).CheckAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex($"#/train/{first}\\?with={second}$"));
        await RequireBothAsync();
        await Expect(page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare Quick" })).ToBeFocusedAsync();
        await page.Page.ReloadAsync();
        await RequireBothAsync();
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare Slow" }).UncheckAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Quick" })).ToBeVisibleAsync();
        page.AssertQuiet();

        async Task RequireBothAsync()
        {
            await Expect(page.Page.Locator(".comparison tbody tr")).ToHaveCountAsync(2);
            await Expect(page.Page.Locator(".curve-loss .curve-label")).ToHaveTextAsync(["Slow", "Quick"]);
            await Expect(page.Page.Locator(".curve-loss .curve-value")).ToHaveTextAsync([new Regex(@"^\d"), new Regex(@"^\d")]);
            await Expect(page.Page.Locator(".curve-loss .swatch").First).ToHaveCSSAsync("border-top-color", "rgb(42, 75, 204)");
            await Expect(page.Page.Locator(".curve-loss .swatch").Last).ToHaveCSSAsync("border-top-color", "rgb(194, 87, 26)");
            await RequireColoursAsync(page);
        }
    }

    [Theory]
    [InlineData(390, ColorScheme.Light, "en-GB")]
    [InlineData(1024, ColorScheme.Dark, "zh-CN")]
    [InlineData(1920, ColorScheme.Dark, "en-GB")]
    public async Task NothingIsCutOffOnAnyScreen(int width, ColorScheme scheme, string locale)
    {
        var (first, second) = (await TrainAsync("One", 0.001), await TrainAsync("Other", 0.01));
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Path = "#/train/new",
            Viewport = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            Locale = locale,
        });
        foreach (var address in new[] { "#/train/new?network=resnet&momentum=0.5", $"#/train/{first}", $"#/train/{first}?with={second}", "#/train/nobody" })
        {
            await page.Page.EvaluateAsync("address => { location.hash = address; }", address);
            await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        Assert.Empty(await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.train :is(button, a, input, select):not([hidden])')].filter(e => e.checkVisibility() && !e.labels?.length && !e.ariaLabel && !e.textContent.trim()).map(e => e.outerHTML)"));
    }

    [Fact]
    public async Task TheChartsFollowTheTheme()
    {
        var id = await TrainAsync("Themed", 0.005);
        await using var page = await browser.OpenAsync(new PageOptions { Path = $"#/train/{id}" });
        await page.WaitForStatusAsync("completed");
        await page.WaitForStepAsync(16);
        await RequireColoursAsync(page);
        await page.Button("Dark theme").ClickAsync();
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-scheme", "dark");
        await RequireColoursAsync(page);
        page.AssertQuiet();
    }

    // Pixels of the loss have the colours of its legend, those of two lines.
    private static async Task RequireColoursAsync(DrawingPage page) => await page.Page.WaitForFunctionAsync("""
        () => {
          const canvas = document.querySelector('.curve-loss canvas');
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          const drawn = new Set();
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) drawn.add(`rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`);
          const lines = [...document.querySelectorAll('.curve-loss .swatch')].map(swatch => getComputedStyle(swatch).borderTopColor);
          return lines.length === 2 && lines.every(line => drawn.has(line));
        }
        """);

    private async Task<string> TrainAsync(string name, double learningRate)
    {
        using var answer = await browser.Host.Client.PostAsJsonAsync(
            "/train", new { network = "mlp", name, learningRate, epochs = 2, trainSize = 1_000, validationSize = 500 });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await browser.Host.EndOfAsync(id);
        return id;
    }
}
