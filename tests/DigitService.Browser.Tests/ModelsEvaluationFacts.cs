using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class ModelsEvaluationFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    private readonly string _known = KnownModel.Register(host.Models);

    private const string Contrast = """
        cells => cells.map(cell => {
          const drawn = color => {
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            for (const layer of [getComputedStyle(document.querySelector('.panel')).backgroundColor, color]) {
              canvas.fillStyle = layer;
              canvas.fillRect(0, 0, 1, 1);
            }
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          };
          const style = getComputedStyle(cell);
          const [high, low] = [drawn(style.color), drawn(style.backgroundColor)].sort((a, b) => b - a);
          return (high + 0.05) / (low + 0.05);
        })
        """;

    [Fact]
    public async Task ACellOfTheConfusionMatrixOpensTheDigitsBehindIt()
    {
        await using var page = await OpenAsync();
        var cell = page.Cell(9, 4).GetByRole(AriaRole.Button);
        await Expect(cell).ToHaveAccessibleNameAsync("9 read as 4: 4 times in 1,009");
        await cell.ClickAsync();
        await Expect(page.Dialog()).ToHaveAccessibleNameAsync("9 read as 4");
        await Expect(page.Dialog().Locator(".mistake")).ToHaveCountAsync(int.Parse(await cell.TextContentAsync() ?? "", null));
        var first = page.Dialog().GetByRole(AriaRole.Img).First;
        await Expect(first).ToHaveAccessibleNameAsync("Test image 1232: a 9, read as 4 with 96.2%");
        await Expect(first).ToHaveCSSAsync("image-rendering", "pixelated");
        Assert.Equal(28, await first.EvaluateAsync<int>("image => image.naturalWidth"));
        Assert.EndsWith("?actual=9&predicted=4", page.Page.Url, StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("Escape");
        await cell.AssertFocusedAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex($"#/models/{_known}$"));

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "All 41 misread digits" }).ClickAsync();
        await Expect(page.Dialog().Locator(".mistake")).ToHaveCountAsync(41);
        page.AssertQuiet();
    }

    [Fact]
    public async Task TheConfusionMatrixIsWalkedWithTheKeyboardAlone()
    {
        await using var page = await OpenAsync();
        for (var n = 0; n < 20 && !await page.Page.EvaluateAsync<bool>("() => document.activeElement.closest('.heat') !== null"); n++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        // The first error is the one that Tab finds: 0 read as 5.
        await page.Cell(0, 5).GetByRole(AriaRole.Button).AssertFocusedAsync();
        await page.Page.Keyboard.PressAsync("Control+Home");
        await page.Cell(0, 0).AssertFocusedAsync();
        await Expect(page.Cell(0, 0)).ToHaveAccessibleNameAsync("0 read right: 978 of 980");
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await page.Cell(0, 0).AssertFocusedAsync();
        foreach (var key in new[] { "ArrowDown", "ArrowDown", "End", "ArrowLeft", "ArrowLeft" })
        {
            await page.Page.Keyboard.PressAsync(key);
        }

        await page.Cell(2, 7).GetByRole(AriaRole.Button).AssertFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Dialog().Locator(".mistake")).ToHaveCountAsync(2);
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Cell(2, 7).GetByRole(AriaRole.Button).AssertFocusedAsync();
        page.AssertQuiet();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryCountOfTheConfusionMatrixCanBeRead(ColorScheme scheme)
    {
        await using var page = await OpenAsync(options: new PageOptions { ColorScheme = scheme });
        var cells = page.Page.Locator(".heat tbody td");
        Assert.Equal(100, (await cells.EvaluateAllAsync<double[]>(Contrast)).Count(contrast => contrast is >= 4.5 and <= 21));

        // No model has all levels of both scales.
        await cells.EvaluateAllAsync<bool>(
            "cells => [1, 2, 3, 4, 5, 6].every(level => { cells[level].dataset.right = level; cells[20 + level].dataset.wrong = level; return true; })");
        Assert.Equal(100, (await cells.EvaluateAllAsync<double[]>(Contrast)).Count(contrast => contrast is >= 4.5 and <= 21));
        page.AssertQuiet();
    }

    [Fact]
    public async Task AnAddressThatNamesACellOpensIt()
    {
        await using var page = await browser.OpenAsync(host.Address, new PageOptions { Path = $"#/models/{_known}?actual=5&predicted=3" });
        await Expect(page.Dialog()).ToHaveAccessibleNameAsync("5 read as 3");
        await Expect(page.Dialog().Locator(".mistake")).ToHaveCountAsync(3);
        page.AssertQuiet();
    }

    [Fact]
    public async Task ThePageTellsWhatIsKnownOfTheModelInNumbersAndPictures()
    {
        await using var page = await OpenAsync();
        await Expect(page.Page.Locator(".page-figures")).ToContainTextAsync("41 of 10,000 test images misread");
        var digits = page.Page.GetByRole(AriaRole.Region, new() { Name = "Digit by digit" }).GetByRole(AriaRole.Table);
        await Expect(digits.GetByRole(AriaRole.Row)).ToHaveCountAsync(12);
        await Expect(digits.GetByRole(AriaRole.Row).Nth(7)).ToContainTextAsync("99.06%");
        await Expect(digits.GetByRole(AriaRole.Row).Nth(7)).ToContainTextAsync("1 (4×), 0 (2×), 8 (2×)");
        await Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = "Accuracy over confidence" })).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".diagram img")).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("^blob:"));
        Assert.True(await page.Page.Locator(".diagram img").EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)") > 100);
        await Expect(page.Page.GetByText("The run 20261121-090336-convnet that trained it is not kept here")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".option-list")).ToContainTextAsync("turned up to 10°, moved up to 2 px, scaled up to 10%, sheared up to 8°");
        page.AssertQuiet();
    }

    [Fact]
    public async Task AModelThatWasTrainedHereShowsItsTrainingCurves()
    {
        using var answer = await host.Client.PostAsJsonAsync(
            "/train", new { network = "mlp", epochs = 3, trainSize = 500, validationSize = 200, name = "Small" });
        var run = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var model = await ModelOfAsync(run!);
        await using var page = await OpenAsync(model);
        var chart = page.Page.GetByRole(AriaRole.Img, new() { Name = "Accuracy over 3 epochs." });
        await Expect(chart.Locator("polyline")).ToHaveCountAsync(2);
        await Expect(chart.Locator("circle")).ToHaveCountAsync(6);
        await page.Page.GetByRole(AriaRole.Region, new() { Name = "Training" }).GetByText("The numbers as a table").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Region, new() { Name = "Training" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "See the whole run" })).ToHaveAttributeAsync("href", $"#/train/{run}");
        page.AssertQuiet();
    }

    [Fact]
    public async Task AModelThatIsNotThereIsToldWithAWayBack()
    {
        await using var page = await browser.OpenAsync(host.Address, new PageOptions { Path = "#/models/nothing" });
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no model nothing" })).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "All models" }).ClickAsync();
        await Expect(page.Card(_known)).ToBeVisibleAsync();
        page.AssertQuiet();
    }

    [Theory]
    [InlineData(390, "zh-CN", ColorScheme.Dark)]
    [InlineData(1024, "zh-CN", ColorScheme.Light)]
    [InlineData(390, "en-GB", ColorScheme.Light)]
    [InlineData(1920, "en-GB", ColorScheme.Dark)]
    public async Task EveryFaceFitsTheWindowInBothLanguages(int width, string locale, ColorScheme scheme)
    {
        await using var page = await browser.OpenAsync(host.Address, new PageOptions
        {
            Path = "#/models",
            Locale = locale,
            ColorScheme = scheme,
            Viewport = new() { Width = width, Height = 844 },
        });
        foreach (var (path, part) in new[]
        {
            ("#/models", ".model-card"), ($"#/models/{_known}", ".heat"), ($"#/models/{_known},gone", ".models .notice"),
        })
        {
            await page.GoAsync(path);
            await Expect(page.Page.Locator(part).First).ToBeVisibleAsync();
            Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        }

        page.AssertQuiet();
    }

    private async Task<DrawingPage> OpenAsync(string? id = null, PageOptions? options = null)
    {
        var page = await browser.OpenAsync(host.Address, (options ?? new PageOptions()) with { Path = $"#/models/{id ?? _known}" });
        await Expect(page.Page.Locator(".heat")).ToBeVisibleAsync();
        return page;
    }

    private async Task<string> ModelOfAsync(string run)
    {
        for (var n = 0; n < 600; n++)
        {
            var told = await host.Client.GetFromJsonAsync<JsonElement>($"/runs/{run}");
            if (told.GetProperty("modelId").GetString() is { } model)
            {
                return model;
            }

            Assert.Contains(told.GetProperty("status").GetString(), new[] { "queued", "running", "completed" });
            await Task.Delay(50);
        }

        throw new TimeoutException($"The run {run} did not end.");
    }
}
