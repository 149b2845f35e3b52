using DigitService.Recognition.Tests;
using DigitService.Recognition.Tests.Imaging;
using DigitService.Tests;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class RefusalFacts(BrowserFixture browser, Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task WhatIsNoDigitIsSaidCalmlyWithTheDigitThatIsNearest()
    {
        await using var page = await OpenAsync(TellingModel.NoDigit);
        Assert.Null(await DrawAsync(page));
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "none");
        await ExpectWordsAsync(page, "Not a digit", "", "The nearest digit is 4.", "5.1% a digit");
        await Expect(page.Page.Locator("#live")).ToHaveTextAsync("Not a digit. The nearest digit is 4.");
        await Expect(page.Page.Locator(".bar-number").Nth(4)).ToHaveTextAsync("93%");
        Assert.True(await HasGlyphAsync(page, "glyph"));
        page.AssertQuiet();
    }

    [Fact]
    public async Task WhatCouldBeTwoDigitsShowsBoth()
    {
        await using var page = await OpenAsync(TellingModel.Undecided);
        Assert.Null(await DrawAsync(page));
        await Expect(page.Answer).ToHaveAttributeAsync("data-state", "undecided");
        await ExpectWordsAsync(page, "4 or 9", "", "Neither is probable enough: 34% and 28%.", "99.4% a digit");
        Assert.True(await HasGlyphAsync(page, "glyph") && await HasGlyphAsync(page, "second"));
        page.AssertQuiet();
    }

    [Fact]
    public async Task ADigitOfWhichItIsNotSureThatItIsOneIsNotCalledCertain()
    {
        await using var page = await OpenAsync(TellingModel.PerhapsFive);
        Assert.Equal(5, await DrawAsync(page));
        await ExpectWordsAsync(page, "Fairly sure", ">99.9%", "It may be no digit at all.", "73% a digit");
    }

    [Fact]
    public async Task ADigitLooksAsItAlwaysDid()
    {
        await using var page = await OpenAsync(TellingModel.Five);
        Assert.Equal(5, await DrawAsync(page));
        await ExpectWordsAsync(page, "Certain", ">99.9%", "No other digit comes close.", "99.9% a digit");
        Assert.False(await HasGlyphAsync(page, "second"));
    }

    [Fact]
    public async Task InChineseThereIsNoEnglishSentence()
    {
        await using var page = await OpenAsync(TellingModel.NoDigit, "zh-CN");
        Assert.Null(await DrawAsync(page));
        await ExpectWordsAsync(page, "不是数字", "", "最接近的数字是 4。", "是数字的概率 5.1%");
    }

    [Fact]
    public async Task AmongPicturesEachSaysItsOwn()
    {
        await using var page = await OpenAsync(TellingModel.NoDigit);
        await page.Page.Locator("#file").SetInputFilesAsync([InkPicture.Png(4), InkPicture.Png(2)]);
        await Expect(page.Page.Locator(".picture-text")).ToHaveTextAsync(["Not a digit", "Not a digit"]);
        await Expect(page.Page.Locator(".picture-digit")).ToHaveTextAsync(["4", "4"]);
        await Expect(page.Page.Locator(".picture-open").First).ToHaveAccessibleNameAsync("Not a digit digit-4.png");
        page.AssertQuiet();
    }

    private Task<DrawingPage> OpenAsync(IReadOnlyList<(int Class, float Logit)> answer, string locale = "en-GB") => browser.OpenAsync(
        host.Address, new PageOptions { Path = $"#/draw?model={TellingModel.Register(host.Models, answer)}", Locale = locale });

    private static Task<int?> DrawAsync(DrawingPage page) => page.DrawAsync(InkDigit.Sample.First(digit => digit.Label == 4));

    private static async Task ExpectWordsAsync(DrawingPage page, string word, string number, string more, string isDigit)
    {
        foreach (var (part, text) in new[] { ("word", word), ("number", number), ("more", more), ("isDigit", isDigit) })
        {
            await Expect(page.Page.Locator($"[data-part={part}]")).ToHaveTextAsync(text);
        }
    }

    private static Task<bool> HasGlyphAsync(DrawingPage page, string part) => page.Page.Locator($"[data-part={part}]")
        .EvaluateAsync<bool>("path => path.checkVisibility({ visibilityProperty: true }) && path.getTotalLength() > 50");
}
