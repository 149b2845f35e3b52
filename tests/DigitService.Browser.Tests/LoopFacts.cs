using DigitService.Recognition.Tests;
using DigitService.Recognition.Tests.Imaging;
using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

/// <summary>From a wrong answer to a model that knows better, and back, with one writer's digits; see Fixtures/one-writer.md.</summary>
[Collection(nameof(BrowserFixture))]
public class LoopFacts(BrowserFixture browser)
{
    private const int Corrections = 20;

    private static readonly LocatorAssertionsToHaveAttributeOptions _untilTrained = new() { Timeout = 900_000 };

    private static readonly IReadOnlyList<InkDigit> _writer =
        InkDigit.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "one-writer.jsonl.gz"));

    [Fact]
    public async Task AShapeThatIsMisreadIsCorrectedLearnedComparedActivatedReadRightAndRolledBack()
    {
        using var folder = new TemporaryFolder();
        using var host = Host.Start(folder);
        await using var page = await browser.OpenAsync(host.Address);
        var (misread, before) = await FindMisreadAsync(page);
        foreach (var digit in _writer.Where(digit => digit != misread).Take(Corrections))
        {
            await page.DrawAsync(digit);
            await page.Key($"{digit.Label}").ClickAsync();
            await Expect(page.Said()).ToHaveTextAsync($"Kept as {digit.Label}");
            await page.ClearAsync();
        }

        await GoToAsync(page, "feedback");
        await Expect(page.Samples()).ToHaveCountAsync(Corrections);
        await page.Button($"Learn from {Corrections} pictures").ClickAsync();
        await page.WaitForStepAsync(2);
        await Expect(page.Page.Locator(".run-about")).ToContainTextAsync($"from {ShippedModel.Info.Network}");
        await Expect(page.Status()).ToHaveAttributeAsync("data-status", "completed", _untilTrained);
        await Expect(Verdict(page)).ToBeVisibleAsync();

        await page.Page.GetByRole(AriaRole.Link, new() { Name = $"Compare with {ShippedModel.Info.Network}" }).ClickAsync();
        await Expect(page.Page.Locator(".changes")).ToHaveCountAsync(2);
        await Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "Corrected pictures, held out" })).ToContainTextAsync("%");
        await Verdict(page).GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(Verdict(page).GetByRole(AriaRole.Heading)).ToContainTextAsync("answers now");
        Assert.Equal(misread.Label, await ReadAsync(page, misread));

        await GoToAsync(page, "models");
        await page.Button($"Roll back to {ShippedModel.Info.Network}").ClickAsync();

        // The tab has led back to the comparison; from there it leads to the list.
        await GoToAsync(page, "models");
        await Expect(page.Card(ShippedModel.Id).Locator(".badge.active")).ToBeVisibleAsync();
        Assert.Equal(before, await ReadAsync(page, misread));
        page.AssertQuiet();
    }

    private static ILocator Verdict(DrawingPage page) => page.Page.Locator(".verdict-panel:visible");

    private static Task GoToAsync(DrawingPage page, string view) => page.Page.Locator($"[data-tab={view}]").ClickAsync();

    /// <summary>Draws the writer's digits until one is misread.</summary>
    /// <returns>That, and what it was read as.</returns>
    private static async Task<(InkDigit Digit, int? Read)> FindMisreadAsync(DrawingPage page)
    {
        foreach (var digit in _writer)
        {
            var read = await page.DrawAsync(digit);
            await page.ClearAsync();
            if (read != digit.Label)
            {
                return (digit, read);
            }
        }

        throw new InvalidOperationException("The model that ships reads all digits of the writer right: this fact needs one that it misreads.");
    }

    private static async Task<int?> ReadAsync(DrawingPage page, InkDigit digit)
    {
        await GoToAsync(page, "draw");
        await page.DrawAsync(digit);
        var read = await page.ReadAnswerAsync();
        await page.ClearAsync();
        return read;
    }
}
