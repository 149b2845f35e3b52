using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public partial class TrainFacts(BrowserFixture browser)
{
    private const int Endless = 900;

    [Fact]
    public async Task ARunIsPutTogetherStartedWatchedAndItsModelDrawnWith()
    {
        var shipped = (await browser.Host.Client.GetFromJsonAsync<JsonElement>("/models")).EnumerateArray()
            .Single(model => model.GetProperty("isActive").GetBoolean()).GetProperty("id").GetString()!;
        await using var page = await browser.OpenAsync(new PageOptions { Path = "#/train/new" });
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "lenet5 61.7K parameters" }).CheckAsync();
        await Expect(page.Page.Locator(".architecture img")).ToHaveJSPropertyAsync("complete", true);
        await page.Field("Epochs").FillAsync("2");
        await page.Page.GetByText("More options").ClickAsync();
        await page.Field("Training images").FillAsync("1,000");
        await page.Field("Validation images").FillAsync("500");
        await page.Field("Name (optional)").FillAsync("Small");
        await Expect(page.Page.Locator(".effort")).ToContainTextAsync("1,000 images in 8 steps an epoch, 16 steps in all.");
        var id = await page.StartAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Small" })).ToBeVisibleAsync();

        await page.WaitForStatusAsync("completed");
        var run = await browser.Host.EndOfAsync(id);
        await page.WaitForStepAsync(16);
        await page.RequireCurveAsync(run);
        await Expect(page.Page.Locator(".result-accuracy")).ToHaveTextAsync(Percent(run.GetProperty("result").GetProperty("accuracy")));
        await Expect(page.Page.Locator(".curve-accuracy .curve-value").Nth(1)).ToHaveTextAsync(
            Percent(run.GetProperty("epochs")[1].GetProperty("validationAccuracy")));
        await Expect(page.Page.Locator(".run-item").First).ToContainTextAsync("Completed");
        await Expect(page.Page.Locator("#live")).ToContainTextAsync("Small is trained.");
        var model = run.GetProperty("modelId").GetString();
        await Expect(page.Page.GetByText("Its model")).ToHaveAttributeAsync("href", $"#/models/{model}");
        try
        {
            await page.Button("Activate and draw").ClickAsync();
            await Expect(page.Page.Locator("#model option").First).ToContainTextAsync("Small");
            await Expect(page.Canvas).ToBeVisibleAsync();
        }
        finally
        {
            await browser.Host.Client.PostAsync($"/models/{shipped}/activate", null);
        }

        page.AssertQuiet();
    }

    [Fact]
    public async Task WhoeverReloadsInTheMiddleOrComesLateHasTheWholeCurve()
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = TrainPage.NewRun("mlp", Endless) });
        var id = await page.StartAsync();
        await page.WaitForStepAsync(40);
        await page.Page.ReloadAsync();
        await page.WaitForStepAsync(200);
        await using var late = await browser.OpenAsync(new PageOptions { Path = "#/train" });
        await late.WaitForStepAsync(200);
        Assert.EndsWith($"#/train/{id}", late.Page.Url, StringComparison.Ordinal);
        await Expect(late.Page.Locator(".progress-words")).ToContainTextAsync("images/s");

        var run = await browser.Host.StopAsync(id);
        foreach (var each in new[] { page, late })
        {
            await each.WaitForStatusAsync("cancelled");
            await each.RequireCurveAsync(run);
            each.AssertQuiet();
        }
    }

    [Fact]
    public async Task AConnectionThatIsLostIsFoundAgainWithoutAGap()
    {
        var (isLost, sockets) = (false, new List<IWebSocketRoute>());
        await using var page = await browser.OpenAsync(new PageOptions
        {
            Path = TrainPage.NewRun("mlp", Endless),
            Prepare = async context =>
            {
                await context.RouteAsync("**/negotiate?*", route => isLost ? route.AbortAsync() : route.ContinueAsync());
                await context.RouteWebSocketAsync(new Regex("hubs/training"), socket =>
                {
                    sockets.Add(socket);
                    socket.ConnectToServer();
                });
            },
        });
        var id = await page.StartAsync();
        await page.WaitForStepAsync(20);
        isLost = true;
        await sockets[^1].CloseAsync();
        var banner = page.Page.Locator(".connection");
        await Expect(banner).ToBeVisibleAsync();
        var before = await StepsAsync();
        await page.Page.WaitForFunctionAsync("async ([id, step]) => (await (await fetch(`runs/${id}`)).json()).progress.step > step + 40", new object[] { id, before });
        Assert.Equal(before, await StepsAsync());

        // In one step: the page tries by itself too, and the button goes with the banner.
        var now = await page.Button("Try now").ElementHandleAsync();
        isLost = false;
        await now!.EvaluateAsync("button => button.click()");
        await Expect(banner).ToBeHiddenAsync();
        await page.WaitForStepAsync(before + 80);
        await Expect(page.Page.Locator("#live")).ToHaveTextAsync("Connected to the service again.");

        var run = await browser.Host.StopAsync(id);
        await page.WaitForStatusAsync("cancelled");
        await page.RequireCurveAsync(run);

        async Task<int> StepsAsync() => (await page.ReadCurveAsync())[^1].Step;
    }

    [Fact]
    public async Task ARunIsCancelledAndResumed()
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = TrainPage.NewRun("mlp", Endless) });
        var id = await page.StartAsync();
        await page.WaitForStepAsync(20);
        await page.Button("Cancel").ClickAsync();
        await page.WaitForStatusAsync("cancelled");
        await Expect(page.Page.Locator(".run .notice:visible")).ToContainTextAsync("Resuming goes on after epoch");
        await Expect(page.Button("Cancel")).ToBeHiddenAsync();
        var cancelled = (await page.ReadCurveAsync())[^1].Step;
        await page.Button("Resume").ClickAsync();
        await page.WaitForStatusAsync("running");
        await page.WaitForStepAsync(cancelled + 40);
        var run = await browser.Host.StopAsync(id);
        await page.WaitForStatusAsync("cancelled");
        await page.RequireCurveAsync(run);
        page.AssertQuiet();
    }

    [Fact]
    public async Task ARunThatWaitsSaysWhereAndIsTakenOutOfTheQueue()
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = TrainPage.NewRun("mlp", Endless) });
        var running = await page.StartAsync();
        await page.WaitForStatusAsync("running");
        await page.Page.GetByText("New run", new() { Exact = true }).First.ClickAsync();
        await Expect(page.Button("Add to the queue")).ToBeVisibleAsync();
        var waiting = await page.StartAsync();
        Assert.NotEqual(running, waiting);
        await Expect(page.Page.Locator(".progress-words")).ToHaveTextAsync("Waits for its turn: it is next.");
        await page.Button("Cancel").ClickAsync();
        await page.WaitForStatusAsync("cancelled");
        await browser.Host.StopAsync(running);
        await Expect(page.Page.Locator(".run-item [data-status=running]")).ToHaveCountAsync(0);
        page.AssertQuiet();
    }

    private static string Percent(JsonElement share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share.GetDouble():F2}%");
}
