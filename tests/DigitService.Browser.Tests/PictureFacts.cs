using System.Collections.Concurrent;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Tests.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class PictureFacts(BrowserFixture browser)
{
    private static readonly FilePayload _text = new() { Name = "notes.txt", MimeType = "text/plain", Buffer = "Not a picture."u8.ToArray() };

    [Fact]
    public async Task AChosenPictureIsShownAndRead()
    {
        await using var page = await browser.OpenAsync();
        var chooser = await page.Page.RunAndWaitForFileChooserAsync(() =>
            page.Page.GetByRole(AriaRole.Button, new() { Name = "Choose pictures" }).ClickAsync());
        await chooser.SetFilesAsync([InkPicture.Png(4)]);
        Assert.Equal(4, await page.ReadAnswerAsync());
        await Expect(page.Page.Locator("#shown-picture")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#live")).ToContainTextAsync("4, ");

        await page.Page.Locator("#back").ClickAsync();
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "empty");
        page.AssertQuiet();
    }

    [Fact]
    public async Task SeveralPicturesBecomeAListOfAnswersInTheirOrderWithOneRequestForManyOfThem()
    {
        var requests = new ConcurrentQueue<string>();
        await using var page = await browser.OpenAsync();
        page.Page.Request += (_, request) => requests.Enqueue($"{request.Method} {new Uri(request.Url).AbsolutePath}");
        await page.Page.Locator("#file").SetInputFilesAsync([.. Enumerable.Range(0, 20).Select(n => InkPicture.Png(n % 10))]);
        for (var n = 0; n < 20; n++)
        {
            await Expect(page.Page.Locator(".picture-digit").Nth(n)).ToHaveTextAsync($"{n % 10}");
        }

        Assert.Equal(["POST /predict/batch", "POST /predict/batch"], requests.Where(request => request.StartsWith("POST", StringComparison.Ordinal)));
        while (await page.Page.Locator(".picture").CountAsync() > 10)
        {
            await page.Page.Locator(".picture").Last.GetByRole(AriaRole.Button).Last.ClickAsync();
        }

        await page.Page.Locator(".picture-open").Nth(7).ClickAsync();
        Assert.Equal(7, await page.ReadAnswerAsync());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove digit-7.png" }).ClickAsync();
        await Expect(page.Page.Locator(".picture")).ToHaveCountAsync(9);
        await page.Page.Locator("#pictures-clear").ClickAsync();
        await Expect(page.Page.Locator("#pictures")).ToBeHiddenAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task AFileAmongPicturesThatIsNoneHasAnErrorOfItsOwn()
    {
        await using var page = await browser.OpenAsync();
        await page.Page.Locator("#file").SetInputFilesAsync([InkPicture.Png(3), _text, InkPicture.Png(8)]);
        await Expect(page.Page.Locator(".picture-digit")).ToHaveTextAsync(["3", "–", "8"]);
        await Expect(page.Page.Locator(".picture-text").Nth(1)).ToHaveTextAsync("Not readable");
        await page.Page.Locator(".picture-open").Nth(1).ClickAsync();
        await Expect(page.Page.Locator("[data-part=more]")).ToContainTextAsync("PNG, JPEG, WebP, BMP and GIF");
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhereTheyAreRefusedTogetherEachPictureIsReadAlone()
    {
        await using var page = await browser.OpenAsync();
        await page.Page.RouteAsync("**/predict/batch?*", route => route.FulfillAsync(new() { Status = 413, Body = "{}" }));
        await page.Page.Locator("#file").SetInputFilesAsync([InkPicture.Png(3), InkPicture.Png(8)]);
        await Expect(page.Page.Locator(".picture-digit")).ToHaveTextAsync(["3", "8"]);
    }

    [Fact]
    public async Task AFileThatIsNoPictureSaysWhatIsAcceptedAndSpoilsNothing()
    {
        await using var page = await browser.OpenAsync();
        await page.Page.Locator("#file").SetInputFilesAsync([_text, InkPicture.Png(2)]);
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("Not readable");
        await Expect(page.Page.Locator("[data-part=more]")).ToContainTextAsync("PNG, JPEG, WebP, BMP and GIF");
        await Expect(page.Page.Locator(".picture-digit").Nth(1)).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task AnEmptyPictureSaysThatThereIsNothingToRead()
    {
        await using var page = await browser.OpenAsync();
        var blank = new FilePayload { Name = "blank.png", MimeType = "image/png", Buffer = GrayPng.Encode(new byte[64 * 64], 64) };
        await page.Page.Locator("#file").SetInputFilesAsync([blank]);
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("Nothing found");
    }

    [Fact]
    public async Task APictureIsPasted()
    {
        await using var page = await browser.OpenAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Page.EvaluateAsync("""
            async base64 => {
              const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
              await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
            }
            """, Convert.ToBase64String(InkPicture.Png(6).Buffer));
        await page.Page.Keyboard.PressAsync("Control+v");
        Assert.Equal(6, await page.ReadAnswerAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task APictureIsDroppedAnywhereOnThePage()
    {
        await using var page = await browser.OpenAsync();
        var files = await page.Page.EvaluateHandleAsync("""
            base64 => {
              const files = new DataTransfer();
              files.items.add(new File([Uint8Array.from(atob(base64), character => character.charCodeAt(0))], 'nine.png', { type: 'image/png' }));
              return files;
            }
            """, Convert.ToBase64String(InkPicture.Png(9).Buffer));
        await page.Page.DispatchEventAsync(".foot", "dragenter", new { dataTransfer = files });
        await Expect(page.Page.Locator("#drop")).ToBeVisibleAsync();
        await page.Page.DispatchEventAsync(".foot", "drop", new { dataTransfer = files });
        await Expect(page.Page.Locator("#drop")).ToBeHiddenAsync();
        Assert.Equal(9, await page.ReadAnswerAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task DrawingGoesOnWhereItWasBeneathAPicture()
    {
        await using var page = await browser.OpenAsync();
        Assert.Equal(1, await page.DrawAsync(InkDigit.Sample.First(digit => digit.Label == 1)));
        await page.Page.Locator("#file").SetInputFilesAsync([InkPicture.Png(0)]);
        Assert.Equal(0, await page.ReadAnswerAsync());
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(1, await page.ReadAnswerAsync());
        await Expect(page.Page.Locator("#shown-picture")).ToBeHiddenAsync();
    }
}
