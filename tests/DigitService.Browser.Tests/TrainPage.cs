using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DigitService.Tests;
using Microsoft.Playwright;
using Xunit.Sdk;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

/// <summary>The Train view: what facts do on it and read from it.</summary>
internal static class TrainPage
{
    /// <summary>The address of a new run of the smallest size that still is one: 8 steps an epoch.</summary>
    internal static string NewRun(string network, int epochs) =>
        $"#/train/new?network={network}&epochs={epochs}&trainSize=1000&validationSize=500";

    internal static ILocator Button(this DrawingPage page, string name) =>
        page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    internal static ILocator Status(this DrawingPage page) => page.Page.Locator(".run .status");

    internal static ILocator Field(this DrawingPage page, string name) => page.Page.GetByLabel(name, new() { Exact = true });

    /// <summary>Presses the button that starts the run, and waits for its address.</summary>
    /// <returns>The run's id.</returns>
    internal static async Task<string> StartAsync(this DrawingPage page)
    {
        await page.Page.Locator(".start-row .primary").ClickAsync();

        // Asked for again and again: waiting for the navigation misses the one that comes as the waiting begins.
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"#/train/\d{8}-\d{6}"));
        return page.Page.Url[(page.Page.Url.LastIndexOf('/') + 1)..];
    }

    internal static Task WaitForStatusAsync(this DrawingPage page, string status) =>
        Expect(page.Status()).ToHaveAttributeAsync("data-status", status, new() { Timeout = 30_000 });

    /// <summary>Waits until so many steps are drawn.</summary>
    internal static Task WaitForStepAsync(this DrawingPage page, int step) => page.Page.WaitForFunctionAsync(
        "step => Number(/step ([\\d,]+)/.exec(document.querySelector('.curve-loss .plot')?.ariaLabel)?.[1].replace(',', '')) >= step", step);

    /// <summary>
    /// Reads the loss curve as somebody does who moves over it with the arrow keys, unsmoothed: the steps that are told and
    /// the loss of each.
    /// </summary>
    internal static async Task<IReadOnlyList<(int Step, double Loss)>> ReadCurveAsync(this DrawingPage page)
    {
        await page.Page.Locator("#smoothing").FillAsync("0");
        await Expect(page.Page.Locator(".curve-settings output")).ToHaveTextAsync("none");
        var points = await page.Page.EvaluateAsync<string[]>("""
            () => {
              const plot = document.querySelector('.curve-loss .plot');
              const press = key => plot.dispatchEvent(new KeyboardEvent('keydown', { key }));
              const read = () => ['.curve-place', '.curve-value'].map(name => document.querySelector(`.curve-loss ${name}`).textContent.replace(/[^\d.]/g, '')).join(' ');
              const points = [];
              for (press('Home'); points.at(-1) !== read(); press('ArrowRight')) points.push(read());
              press('Escape');
              return points;
            }
            """);
        return [.. points.Select(point => point.Split(' ')).Select(point => (
            int.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture)))];
    }

    /// <summary>
    /// Fails unless what the page draws becomes the run's curve as the service has it, from its first step on and without a
    /// gap: the last of what it is told may still be on its way when the run has ended, and the plot be made anew.
    /// </summary>
    internal static async Task RequireCurveAsync(this DrawingPage page, JsonElement run)
    {
        for (var patience = 100; patience > 0; patience--)
        {
            try
            {
                RequireCurve(run, await page.ReadCurveAsync());
                return;
            }
            catch (Exception error) when (error is XunitException or PlaywrightException && patience > 1)
            {
                await Task.Delay(100);
            }
        }
    }

    private static void RequireCurve(JsonElement run, IReadOnlyList<(int Step, double Loss)> drawn)
    {
        var curve = run.GetProperty("curve");
        var losses = curve.GetProperty("steps").EnumerateArray().Zip(curve.GetProperty("loss").EnumerateArray())
            .ToDictionary(point => point.First.GetInt32(), point => point.Second.GetDouble());
        Assert.Equal(1, drawn[0].Step);
        Assert.Single(drawn.Zip(drawn.Skip(1), (before, after) => after.Step - before.Step).SkipLast(1).Distinct());
        Assert.All(drawn, point => Assert.Equal(losses[point.Step], point.Loss, losses[point.Step] * 0.006));
    }

    /// <summary>Asks the service until a run has come to an end.</summary>
    internal static async Task<JsonElement> EndOfAsync(this Host host, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var run = JsonDocument.Parse(await host.Client.GetStringAsync($"/runs/{id}", patience.Token)).RootElement;
            if (run.GetProperty("endedAt").ValueKind != JsonValueKind.Null)
            {
                return run;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Stops a run, whatever became of it.</summary>
    internal static async Task<JsonElement> StopAsync(this Host host, string id)
    {
        using var answer = await host.Client.PostAsync($"/runs/{id}/cancel", null);
        return await host.EndOfAsync(id);
    }
}
