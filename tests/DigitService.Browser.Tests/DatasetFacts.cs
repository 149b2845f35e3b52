using System.Text.RegularExpressions;
using DigitService.Recognition.Tests;
using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

/// <summary>Runs that learn from what somebody has put beside MNIST, put together on the page.</summary>
[Collection(nameof(BrowserFixture))]
public sealed class DatasetFacts : IDisposable
{
    private const string Own = "#/train/new?network=mlp&epochs=1&batchSize=20";

    private readonly BrowserFixture _browser;
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public DatasetFacts(BrowserFixture browser)
    {
        _browser = browser;
        _data = _folder.File("data");
        WritePictures("scans", 6);
        Directory.CreateDirectory(Path.Combine(_data, "broken", "1"));
        Directory.CreateDirectory(Path.Combine(_data, "broken", "eight"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ADatasetIsChosenTrainedOnShownAndChosenAgain()
    {
        using var host = Host.Start(_folder, "--Training:Datasets", _data);
        await using var page = await _browser.OpenAsync(host.Address, new PageOptions { Path = Own });
        await Expect(Dataset(page).Locator("option")).ToHaveTextAsync(["MNIST (60,000 images)", "broken (cannot be used)", "scans (60 images)"]);
        await Expect(Dataset(page).Locator("option").Nth(1)).ToBeDisabledAsync();
        await Expect(page.Page.GetByRole(AriaRole.List, new() { Name = "What cannot be used" })).ToContainTextAsync("data/broken/eight is not the folder of a label");
        await Expect(Dataset(page)).ToHaveValueAsync("mnist");
        await Expect(page.Field("Validation images")).ToHaveValueAsync("5000");

        await Dataset(page).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Dataset(page)).ToHaveValueAsync("scans");
        await Expect(Dataset(page)).ToHaveAccessibleDescriptionAsync(new Regex("60 images to learn from; the model is tested on MNIST’s"));
        await Expect(page.Page).ToHaveURLAsync(new Regex("data=scans"));
        await Expect(page.Field("Validation images")).ToHaveValueAsync("10");
        await Expect(page.Page.Locator(".effort")).ToContainTextAsync("50 images in 3 steps an epoch, 3 steps in all.");
        await page.Page.ReloadAsync();
        await Expect(Dataset(page)).ToHaveValueAsync("scans");

        var id = await page.StartAsync();
        await page.WaitForStatusAsync("completed");
        await Expect(page.Page.Locator(".run-about")).ToContainTextAsync("on scans");
        await page.Page.GetByText("All options").ClickAsync();
        await Expect(page.Page.Locator(".run-options > div").First).ToHaveTextAsync("Datasetscans");
        Assert.Equal("scans", (await host.EndOfAsync(id)).GetProperty("options").GetProperty("data").GetString());

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Use these options" }).ClickAsync();
        await Expect(Dataset(page)).ToHaveValueAsync("scans");
        await Expect(page.Field("Batch size")).ToHaveValueAsync("20");
        await Expect(page.Field("Validation images")).ToHaveValueAsync("10");
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhatIsSetIsCheckedAgainstTheImagesOfTheDataset()
    {
        using var host = Host.Start(_folder, "--Training:Datasets", _data);
        await using var page = await _browser.OpenAsync(host.Address, new PageOptions { Path = $"{Own}&data=scans&validationSize=60" });
        await Expect(page.Field("Validation images")).ToHaveAccessibleDescriptionAsync(new Regex("At most 59: there are 60 images"));
        await page.Field("Validation images").FillAsync("20");
        await page.Field("Training images").FillAsync("41");
        await page.Field("Training images").BlurAsync();
        await Expect(page.Field("Training images")).ToHaveAccessibleDescriptionAsync(new Regex("At most 40 are left by the validation images."));
        await Dataset(page).SelectOptionAsync("mnist");
        await Expect(page.Field("Training images")).ToHaveValueAsync("41");
        await Expect(page.Field("Training images")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhereThereIsNoneButMnistItIsSaidWhereOnesOwnGoesAndItIsFoundThere()
    {
        Directory.Delete(_data, recursive: true);
        Directory.CreateDirectory(_data);
        using var host = Host.Start(_folder, "--Training:Datasets", _data);
        await using var page = await _browser.OpenAsync(host.Address, new PageOptions { Path = $"{Own}&data=mine" });
        await Expect(Dataset(page).Locator("option")).ToHaveTextAsync(["MNIST (60,000 images)"]);
        await Expect(page.Page.GetByText("put a folder into data/")).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("mine is not here, or cannot be used: MNIST is chosen instead.")).ToBeVisibleAsync();

        WritePictures("mine", 3);
        await page.Button("Look again").ClickAsync();
        await Expect(Dataset(page)).ToHaveValueAsync("mine");
        await Expect(page.Page.Locator("#live")).ToHaveTextAsync("There are 2 datasets to choose from.");
        await Expect(page.Page.GetByText("mine is not here")).ToBeHiddenAsync();
        await Expect(page.Field("Validation images")).ToHaveValueAsync("5");
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhereTheDatasetsCannotBeReadMnistIsThereAllTheSame()
    {
        var isBroken = true;
        await using var page = await _browser.OpenAsync(new PageOptions
        {
            Path = Own,
            Prepare = context => context.RouteAsync("**/datasets", route => isBroken
                ? route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"detail":"The folder may not be read."}""" })
                : route.ContinueAsync()),
        });
        var problem = page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "could not be read. The folder may not be read." });
        await Expect(problem).ToBeVisibleAsync();
        await Expect(Dataset(page)).ToHaveValueAsync("mnist");
        await Expect(page.Page.Locator(".start-row .primary")).ToBeVisibleAsync();
        isBroken = false;
        await page.Button("Look again").ClickAsync();
        await Expect(problem).ToBeHiddenAsync();
    }

    [Fact]
    public async Task WhoComesAgainSeesNothingMoveWhileTheDatasetsAreReadAndWhoLooksAgainIsTold()
    {
        var released = new TaskCompletionSource();
        released.SetResult();
        await using var page = await _browser.OpenAsync(new PageOptions
        {
            Path = Own,
            Prepare = context => context.RouteAsync("**/datasets", async route =>
            {
                await released.Task;
                await route.ContinueAsync();
            }),
        });
        await Expect(page.Button("Look again")).ToBeVisibleAsync();
        released = new TaskCompletionSource();
        var asked = page.Page.WaitForRequestAsync("**/datasets");
        await page.Page.EvaluateAsync("() => { location.hash = '#/train/new?network=lenet5'; }");
        await asked;
        await Expect(page.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^lenet5 ") })).ToBeCheckedAsync();
        await Expect(page.Button("Look again")).ToBeEnabledAsync();

        await page.Button("Look again").ClickAsync();
        await Expect(page.Button("Looking…")).ToBeDisabledAsync();
        released.SetResult();
        await Expect(page.Button("Look again")).ToBeEnabledAsync();
        await Expect(page.Page.Locator("#live")).ToContainTextAsync("to choose from.");
        page.AssertQuiet();
    }

    private static ILocator Dataset(DrawingPage page) => page.Field("Dataset");

    /// <summary>Writes so many pictures of each digit.</summary>
    private void WritePictures(string name, int count)
    {
        for (var label = 0; label < 10; label++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_data, name, $"{label}")).FullName;
            for (var i = 0; i < count; i++)
            {
                File.WriteAllBytes(Path.Combine(folder, $"{i}.png"), InkPicture.Png(label).Buffer);
            }
        }
    }
}
