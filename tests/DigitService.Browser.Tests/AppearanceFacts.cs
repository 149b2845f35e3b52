using System.Text.RegularExpressions;
using DigitService.Recognition.Tests.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

[Collection(nameof(BrowserFixture))]
public class AppearanceFacts(BrowserFixture browser)
{
    private const string Contrast = """
        () => {
          const probe = document.body.appendChild(document.createElement('div'));
          const luminance = name => {
            probe.style.color = `var(--${name})`;
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            canvas.fillStyle = getComputedStyle(probe).color;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const contrast = ([a, b]) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
          const text = [['ink', 'paper'], ['ink', 'card'], ['ink', 'sunken'], ['quiet', 'paper'], ['quiet', 'card'], ['quiet', 'sunken'],
            ['accent', 'paper'], ['accent', 'card'], ['accent', 'accent-soft'], ['on-accent', 'accent'], ['care', 'paper'], ['care', 'card'],
            ['care', 'care-soft']];
          const edges = [['edge', 'paper'], ['edge', 'card'], ...[1, 2, 3, 4, 5, 6].map(line => [`chart-${line}`, 'card'])];
          return [...text.filter(pair => contrast(pair) < 4.5), ...edges.filter(pair => contrast(pair) < 3)].map(pair => `${pair.join(' on ')}: ${contrast(pair).toFixed(2)}`);
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task TextIsReadableOnEverySurface(ColorScheme scheme)
    {
        await using var page = await browser.OpenAsync(new PageOptions { ColorScheme = scheme });
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(Contrast));
    }

    [Fact]
    public async Task TheThemeFollowsTheSystemUntilOneIsChosen()
    {
        await using var page = await browser.OpenAsync(new PageOptions { ColorScheme = ColorScheme.Dark });
        var root = page.Page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-scheme", "dark");
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(root).ToHaveAttributeAsync("data-scheme", "light");

        await page.DrawAsync(InkDigit.Sample[0]);
        var ink = await page.CountInkAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dark theme" }).ClickAsync();
        await Expect(page.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(19, 20, 23)");
        await Expect(page.Canvas).ToHaveCSSAsync("color", "rgb(236, 236, 239)");
        Assert.Equal(ink, await page.CountInkAsync());
        await page.GoAsync("");
        await Expect(root).ToHaveAttributeAsync("data-scheme", "dark");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Light theme" }).ClickAsync();
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(root).ToHaveAttributeAsync("data-scheme", "dark");
        page.AssertQuiet();
    }

    [Theory]
    [InlineData(ReducedMotion.NoPreference, "0.24s")]
    [InlineData(ReducedMotion.Reduce, "0.001s")]
    public async Task TheBarsMoveSmoothlyUnlessMotionIsUnwanted(ReducedMotion motion, string duration)
    {
        await using var page = await browser.OpenAsync(new PageOptions { ReducedMotion = motion });
        Assert.Equal(0, await page.DrawAsync(InkDigit.Sample.First(digit => digit.Label == 0)));
        var fill = page.Page.Locator(".bar.first .bar-fill");
        Assert.StartsWith(duration, await fill.EvaluateAsync<string>("fill => getComputedStyle(fill).transitionDuration"), StringComparison.Ordinal);
        await Expect(fill).ToHaveCSSAsync("transform", new Regex(@"^matrix\(1, 0, 0, 1, -?0(\.0\d*)?, 0\)$"));
    }

    [Theory]
    [InlineData(320, 568)]
    [InlineData(390, 844)]
    [InlineData(844, 390)]
    [InlineData(768, 1024)]
    [InlineData(1024, 768)]
    [InlineData(1920, 1080)]
    [InlineData(3840, 2160)]
    public async Task NothingStandsOutOfTheWindow(int width, int height)
    {
        await using var page = await browser.OpenAsync(new PageOptions { Viewport = new() { Width = width, Height = height } });
        await Expect(page.Canvas).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.Page.Locator(".glyph")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')]
              .filter(element => element.checkVisibility({ opacityProperty: true }) && !element.closest('.visually-hidden, .skip, .sprite, .invitation'))
              .filter(element => { const box = element.getBoundingClientRect(); return box.width > 0 && (box.left < 0 || box.right > innerWidth + 0.5); })
              .map(element => element.outerHTML.slice(0, 80))
            """));
    }

    // A window of 320 pixels whose scroll bar takes its room has 305 for the page. With a mouse there are tooltips, too.
    [Theory]
    [InlineData("en-GB")]
    [InlineData("zh-CN")]
    public async Task NoWindowScrollsSideways(string locale)
    {
        await using var page = await browser.OpenAsync(new PageOptions { Locale = locale });
        var wide = new List<string>();
        foreach (var width in new[] { 305, 320, 360, 375, 390, 440, 480, 640, 768, 960 })
        {
            await page.Page.SetViewportSizeAsync(width, 700);
            var beyond = await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (beyond > 0)
            {
                wide.Add($"{beyond} beyond {width}");
            }
        }

        Assert.Empty(wide);
    }
}
