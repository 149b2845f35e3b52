using System.Text.RegularExpressions;
using DigitService.Recognition.Tests.Imaging;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class LanguageFacts(BrowserFixture browser)
{
    [Fact]
    public async Task EveryLanguageSaysTheSameThings()
    {
        await using var page = await browser.OpenAsync();
        var strings = await page.Page.EvaluateAsync<Dictionary<string, string>[]>(
            "async () => [(await import('/js/strings/en.js')).default, (await import('/js/strings/zh.js')).default]");
        Assert.NotEmpty(strings[0]);
        Assert.Equal(strings[0].Keys.Order(), strings[1].Keys.Order());
        Assert.All(strings[0].Keys, key => Assert.Equal(Blanks(strings[0][key]), Blanks(strings[1][key])));

        static IEnumerable<string> Blanks(string text) =>
            Regex.Matches(text, @"\{\w+\}").Select(match => match.Value).Order();
    }

    [Fact]
    public async Task EveryTextIsSaidSomewhere()
    {
        await using var page = await browser.OpenAsync();
        var keys = await page.Page.EvaluateAsync<string[]>("async () => Object.keys((await import('/js/strings/en.js')).default)");
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var source = string.Concat(Directory.GetFiles(root, "*.js", SearchOption.AllDirectories).Append(Path.Combine(root, "index.html"))
            .Where(file => !file.Contains("strings", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}lib{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var texts = Regex.Matches(source, """(['"])(?<text>[\w.-]+)\1""").Select(match => match.Groups["text"].Value).ToHashSet();
        var beginnings = Regex.Matches(source, @"`(?<text>[\w-]+\.[\w.-]*)\$\{").Select(match => match.Groups["text"].Value).ToHashSet();
        var unsaid = keys.Where(key => !texts.Contains(key) && !texts.Contains(Regex.Replace(key, @"\.(one|many)$", ""))
            && !beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal))).ToArray();
        Assert.Empty(unsaid);
    }

    [Theory]
    [InlineData("", "zh-CN")]
    [InlineData("?lang=zh", "en-GB")]
    public async Task TheLanguageIsTheAddressesOrTheBrowsers(string path, string locale)
    {
        await using var page = await browser.OpenAsync(new PageOptions { Path = path, Locale = locale });
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        await Expect(page.Page.Locator(".invitation-text")).ToHaveTextAsync("在这里写一个数字");
        Assert.Equal(0, await page.DrawAsync(InkDigit.Sample.First(digit => digit.Label == 0)));
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("确定");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('[data-text], [data-label]')].filter(element => element.checkVisibility() && element.dataset.part !== 'meta')
              .map(element => element.dataset.label ? element.getAttribute('aria-label') : element.textContent)
              .filter(text => /[a-z]{3}/.test(text.replace('DigitService', '')))
            """));
        page.AssertQuiet();
    }

    [Fact]
    public async Task TheChosenLanguageIsRememberedAndTheDrawingStays()
    {
        await using var page = await browser.OpenAsync();
        Assert.Equal(0, await page.DrawAsync(InkDigit.Sample.First(digit => digit.Label == 0)));
        await page.Page.Locator("#language").ClickAsync();
        await Expect(page.Page.Locator("[data-part=word]")).ToHaveTextAsync("确定");
        Assert.True(await page.CountInkAsync() > 0);
        await page.GoAsync("");
        await Expect(page.Page.Locator(".invitation-text")).ToHaveTextAsync("在这里写一个数字");
        await page.Page.Locator("#language").ClickAsync();
        await Expect(page.Page.Locator(".invitation-text")).ToHaveTextAsync("Draw a digit");
    }
}
