using System.Collections.Concurrent;
using System.Globalization;
using DigitService.Recognition.Tests.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

/// <summary>The page in a browser, as one visitor has it, and all that went wrong on it.</summary>
internal sealed class DrawingPage : IAsyncDisposable
{
    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _problems = new();

    private DrawingPage(Uri address, IBrowserContext context, IPage page)
    {
        (_address, Context, Page) = (address, context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, error);
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Url}");
        page.Request += (_, request) => Note(
            !request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal),
            $"asked of another host: {request.Url}");

        // What is out of date before it is answered is given up; that is no failure.
        page.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"{request.Failure} {request.Url}");
    }

    internal IBrowserContext Context { get; }

    internal IPage Page { get; }

    internal ILocator Canvas => Page.Locator("#canvas");

    internal ILocator Answer => Page.Locator("#answer");

    /// <summary>Errors on the console, failed requests, and those to somebody else.</summary>
    internal IReadOnlyCollection<string> Problems => _problems;

    internal static async Task<DrawingPage> OpenAsync(IBrowser browser, Uri address, PageOptions options)
    {
        var context = await browser.NewContextAsync(options.ToContextOptions());
        context.SetDefaultTimeout(15_000);
        await options.Prepare(context);
        var page = new DrawingPage(address, context, await context.NewPageAsync());
        await page.GoAsync(options.Path);
        return page;
    }

    /// <summary>Loads a path of the service, and waits until the page can be used.</summary>
    internal async Task GoAsync(string path)
    {
        await Page.GotoAsync(new Uri(_address, path).ToString());
        await Page.Locator("[data-spelled]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Draws a digit with the mouse, and waits for the answer.</summary>
    /// <returns>What it was read as; null if it was read as no digit.</returns>
    internal async Task<int?> DrawAsync(InkDigit digit, double fill = 0.62)
    {
        await StrokePlayer.PlayWithMouseAsync(Page, await PlaceAsync(digit, fill));
        return await ReadAnswerAsync();
    }

    internal async Task<IReadOnlyList<(float X, float Y)[]>> PlaceAsync(InkDigit digit, double fill = 0.62) =>
        StrokePlayer.Place(digit, (await Canvas.BoundingBoxAsync())!, fill);

    /// <summary>Waits until what is drawn has its answer.</summary>
    internal async Task<int?> ReadAnswerAsync()
    {
        await Expect(Answer).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(Answer).Not.ToHaveAttributeAsync("data-state", "waiting");
        var digit = await Answer.GetAttributeAsync("data-digit");
        return string.IsNullOrEmpty(digit) ? null : int.Parse(digit, CultureInfo.InvariantCulture);
    }

    internal Task ClearAsync() => Page.Locator("[data-tool=clear]").ClickAsync();

    /// <param name="width">Of the pen, in pixels of a canvas of 280: 10, 16, 22 or 30.</param>
    internal Task ChooseWidthAsync(int width) => Page.Locator($"input[name=width][value='{width}']").CheckAsync();

    /// <summary>How many of the canvas's pixels are inked.</summary>
    internal Task<int> CountInkAsync() => Canvas.EvaluateAsync<int>(
        """
        canvas => {
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
          copy.drawImage(canvas, 0, 0);
          return copy.getImageData(0, 0, canvas.width, canvas.height).data.filter((value, i) => i % 4 === 3 && value > 127).length;
        }
        """);

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();

    private void Note(bool isProblem, string problem)
    {
        if (isProblem)
        {
            _problems.Enqueue(problem);
        }
    }
}
