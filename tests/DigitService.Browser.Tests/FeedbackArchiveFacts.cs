using System.IO.Compression;
using DigitService.Recognition.Tests;
using DigitService.Tests;
using Microsoft.Playwright;
using static DigitService.Browser.Tests.FeedbackPage;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class FeedbackArchiveFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task WhatIsShownIsExportedWithAFolderForEachLabel()
    {
        await host.KeepAsync((4, "9"), (2, "7"), (8, "none"));
        await using var page = await OpenAsync();
        Assert.Equal(["7", "9", "none"], await ExportAsync(page, "Export"));
        await page.Page.Locator("#filter-label").SelectOptionAsync("9");
        Assert.Equal(["9"], await ExportAsync(page, "Export these 1"));
        page.AssertQuiet();
    }

    [Fact]
    public async Task AZipIsImportedWithAReportOfWhatWasSkippedAndWhy()
    {
        await host.KeepAsync((4, "9"), (2, "2"));
        await using var page = await OpenAsync();
        await Expect(page.Samples()).ToHaveCountAsync(2);
        await page.Page.Locator("#feedback-file").SetInputFilesAsync(new FilePayload { Name = "mine.zip", MimeType = "application/zip", Buffer = Mixed() });
        await ExpectReportAsync(page);
        await Expect(page.Dialog().Locator(".import-reasons")).ToContainTextAsync("twelve/a.png");
        await page.Dialog().Button("Close").Last.ClickAsync();
        await Expect(page.Samples()).ToHaveCountAsync(3);
        await Expect(page.Sample(Picture(4)).GetByLabel("Shows")).ToHaveValueAsync("4");
        page.AssertQuiet();
    }

    [Fact]
    public async Task AZipIsDroppedAnywhereOnTheView()
    {
        await host.KeepAsync((4, "9"), (2, "2"));
        await using var page = await OpenAsync();
        await Expect(page.Samples()).ToHaveCountAsync(2);
        var files = await page.Page.EvaluateHandleAsync("""
            base64 => {
              const files = new DataTransfer();
              files.items.add(new File([Uint8Array.from(atob(base64), character => character.charCodeAt(0))], 'mine.zip', { type: 'application/zip' }));
              return files;
            }
            """, Convert.ToBase64String(Mixed()));
        await page.Page.DispatchEventAsync(".foot", "dragenter", new { dataTransfer = files });
        await Expect(page.Page.GetByText("Drop a ZIP of pictures to import it")).ToBeVisibleAsync();
        await page.Page.DispatchEventAsync(".foot", "drop", new { dataTransfer = files });
        await ExpectReportAsync(page);
    }

    [Fact]
    public async Task AFileThatIsNoZipSaysSo()
    {
        await host.KeepAsync();
        await using var page = await OpenAsync();
        await page.Page.Locator("#feedback-file").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "Not a ZIP."u8.ToArray() });
        await Expect(page.Toast()).ToContainTextAsync("ZIP");
        await Expect(page.Dialog()).ToHaveCountAsync(0);
    }

    private Task<DrawingPage> OpenAsync() => browser.OpenAsync(host.Address, new PageOptions { Path = FeedbackPage.Path });

    /// <summary>A picture that is new, one that gets another label, one that is there already, and one that shows nothing that there is.</summary>
    private static byte[] Mixed() =>
        FeedbackApi.Zip(("5/new.png", Picture(5)), ("4/other.png", Picture(4)), ("2/same.png", Picture(2)), ("twelve/a.png", Picture(1)));

    private static async Task ExpectReportAsync(DrawingPage page) =>
        await Expect(page.Dialog().Locator(".import-figures dd")).ToHaveTextAsync(["1", "1", "1", "1"]);

    /// <summary>The folders of what is exported.</summary>
    private static async Task<IEnumerable<string>> ExportAsync(DrawingPage page, string button)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button(button).ClickAsync());
        Assert.Equal("feedback.zip", download.SuggestedFilename);
        using var folder = new TemporaryFolder();
        await download.SaveAsAsync(folder.File("feedback.zip"));
        using var zip = ZipFile.OpenRead(folder.File("feedback.zip"));
        return [.. zip.Entries.Select(entry => entry.FullName.Split('/')[^2]).Distinct().Order(StringComparer.Ordinal)];
    }
}
