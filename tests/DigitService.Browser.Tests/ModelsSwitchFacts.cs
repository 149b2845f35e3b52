using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class ModelsSwitchFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task WhatWasDownloadedIsImportedAndActivatedAndTheDrawViewReadsWithIt()
    {
        await host.Client.ActivateAsync(ModelApi.Shipped);
        await using var page = await OpenAsync();
        await page.Card(ModelApi.Shipped).Locator("summary").ClickAsync();
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = ".pth" }).ClickAsync());
        Assert.Equal($"{ModelApi.Shipped}.pth", download.SuggestedFilename);
        using var folder = new Recognition.Tests.TemporaryFolder();
        var file = folder.File(download.SuggestedFilename);
        await download.SaveAsAsync(file);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await page.Page.Locator("#import-file").SetInputFilesAsync(file);
        await Expect(page.Dialog().GetByLabel("Network")).ToHaveValueAsync(ShippedModel.Info.Network);
        await page.Dialog().GetByLabel("Name, if it is to have one").FillAsync("Once more");
        await page.Dialog().Button("Import").ClickAsync();
        await Expect(page.Toast()).ToContainTextAsync($"Once more is imported: it reads {ShippedModel.Accuracy} of the test images right.");
        await Expect(page.Dialog()).ToHaveCountAsync(0);

        var card = page.Page.Locator(".model-card", new() { HasText = "Once more" });
        await card.Button("Activate").ClickAsync();
        await Expect(card.Locator(".badge.active")).ToHaveTextAsync("Active");
        await card.GetByRole(AriaRole.Link, new() { Name = "Once more" }).AssertFocusedAsync();
        await GoToAsync(page, "Draw");
        await Expect(page.Page.Locator("#model option").First).ToHaveTextAsync($"Once more · {ShippedModel.Accuracy} (active)");

        await page.Toast().Button($"Go back to {ShippedModel.Info.Network}").ClickAsync();
        await Expect(page.Page.Locator("#model option").First).ToHaveTextAsync($"{ShippedModel.Info.Network} · {ShippedModel.Accuracy} (active)");
        Assert.Equal(ModelApi.Shipped, await host.Client.ActiveAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task AModelThatIsActivatedInAnotherTabReachesTheDrawView()
    {
        await host.Client.ActivateAsync(ModelApi.Shipped);
        var id = await host.Client.ImportAsync();
        await using var page = await browser.OpenAsync(host.Address);
        await Expect(Chosen(page)).ToContainTextAsync(ShippedModel.Info.Network);
        var tab = await page.Context.NewPageAsync();
        await tab.GotoAsync(new Uri(host.Address, $"#/models/{id}").ToString());
        await tab.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(Chosen(page)).ToContainTextAsync("mlp");
    }

    [Fact]
    public async Task AModelThatAnotherProgramActivatedIsSeenWhenTheWindowIsLookedAtAgain()
    {
        await host.Client.ActivateAsync(ModelApi.Shipped);
        var id = await host.Client.ImportAsync();
        await using var page = await OpenAsync();
        await Expect(page.Card(ModelApi.Shipped).Locator(".badge.active")).ToBeVisibleAsync();
        await host.Client.ActivateAsync(id);
        await page.Page.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await Expect(page.Card(id).Locator(".badge.active")).ToBeVisibleAsync();
        await Expect(page.Card(ModelApi.Shipped).Locator(".badge.active")).ToHaveCountAsync(0);
        page.AssertQuiet();
    }

    [Fact]
    public async Task ARefusedFileIsToldAtTheFieldThatItIsAbout()
    {
        await using var page = await OpenAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await page.Dialog().Button("Import").ClickAsync();
        await Expect(page.Page.Locator("#import-file-problem")).ToHaveTextAsync("Choose the file first.");
        page.AssertQuiet();

        await page.Page.Locator("#import-file").SetInputFilesAsync([Weights(ModelApi.Weights())]);
        await page.Dialog().GetByLabel("Network").SelectOptionAsync("lenet5");
        await page.Dialog().Button("Import").ClickAsync();
        await Expect(page.Page.Locator("#import-network-problem")).ToContainTextAsync("does not fit the network lenet5");
        await page.Dialog().GetByLabel("Network").AssertFocusedAsync();
        await Expect(page.Dialog().GetByLabel("Network")).ToHaveAttributeAsync("aria-invalid", "true");

        await page.Page.Locator("#import-file").SetInputFilesAsync([Weights("Not weights at all."u8.ToArray())]);
        await page.Dialog().Button("Import").ClickAsync();
        await Expect(page.Page.Locator("#import-file-problem")).ToContainTextAsync("not a PyTorch checkpoint");
        await Expect(page.Page.Locator("#import-network-problem")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task AFileThatIsDroppedOnTheListIsTakenToBeImported()
    {
        await using var page = await OpenAsync();
        await Expect(page.Card(ModelApi.Shipped)).ToBeVisibleAsync();
        await page.Page.EvaluateAsync("""
            () => {
              const files = new DataTransfer();
              files.items.add(new File(['weights'], 'mine-lenet5.pth'));
              for (const type of ['dragenter', 'dragover', 'drop']) {
                document.querySelector('.model-list').dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
              }
            }
            """);
        await Expect(page.Dialog()).ToContainTextAsync("mine-lenet5.pth");
        await Expect(page.Dialog().GetByLabel("Network")).ToHaveValueAsync("lenet5");
        page.AssertQuiet();
    }

    [Fact]
    public async Task AnImportAsksForTheKeyAndSendsTheFileAgain()
    {
        var keys = new List<string?>();
        await using var page = await browser.OpenAsync(host.Address, new PageOptions
        {
            Path = "#/models",
            Prepare = context => context.RouteAsync("**/models", async route =>
            {
                if (route.Request.Method == "POST")
                {
                    keys.Add(await route.Request.HeaderValueAsync("X-Api-Key"));
                }

                await (route.Request.Method == "POST" && keys[^1] is null
                    ? route.FulfillAsync(new() { Status = 401, ContentType = "application/problem+json", Body = """{"detail":"A key is wanted."}""" })
                    : route.ContinueAsync());
            }),
        });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await page.Page.Locator("#import-file").SetInputFilesAsync([Weights(ModelApi.Weights())]);
        await page.Dialog().GetByLabel("Network").SelectOptionAsync("mlp");
        await page.Dialog().Button("Import").ClickAsync();
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("secret");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Toast()).ToContainTextAsync("mlp is imported");
        Assert.Equal([null, "secret"], keys);
    }

    private Task<DrawingPage> OpenAsync() => browser.OpenAsync(host.Address, new PageOptions { Path = "#/models" });

    private static ILocator Chosen(DrawingPage page) => page.Page.Locator("#model option").First;

    private static FilePayload Weights(byte[] content) => new() { Name = "weights.pth", MimeType = "application/octet-stream", Buffer = content };

    private static Task GoToAsync(DrawingPage page, string view) =>
        page.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = view }).ClickAsync();
}
