using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Tests.Imaging;
using DigitService.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigitService.Browser.Tests;

/// <summary>What facts about corrected pictures look at and press, on the Draw view and on the Feedback view.</summary>
internal static class FeedbackPage
{
    internal const string Path = "#/feedback";

    /// <summary>The key under the answer that says what the picture shows: '0' to '9', or 'none'.</summary>
    internal static ILocator Key(this DrawingPage page, string label) => page.Page.Locator($"[data-mark='{label}']");

    /// <summary>What became of a correction.</summary>
    internal static ILocator Said(this DrawingPage page) => page.Page.Locator("[data-correction=said]");

    internal static ILocator Undo(this DrawingPage page) => page.Page.Locator("[data-correction=undo]");

    /// <summary>The cards of the Feedback view.</summary>
    internal static ILocator Samples(this DrawingPage page) => page.Page.Locator(".sample");

    /// <summary>The card of a picture.</summary>
    internal static ILocator Sample(this DrawingPage page, byte[] picture) => page.Page.Locator($".sample[data-sample='{FeedbackApi.IdOf(picture)}']");

    internal static InkDigit Ink(int label) => InkDigit.Sample.First(digit => digit.Label == label);

    /// <summary>A picture of a digit as a person drew it.</summary>
    internal static byte[] Picture(int label) => InkPicture.Png(label).Buffer;

    /// <summary>Lets a service keep pictures: what they show, and as what they are labelled.</summary>
    internal static async Task KeepAsync(this Host host, params (int Shown, string Label)[] pictures)
    {
        await host.Client.DeleteAsync("/feedback");
        foreach (var (shown, label) in pictures)
        {
            using var answer = await host.Client.PostFeedbackAsync(Picture(shown), $"label={label}");
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>What a service keeps, the newest first.</summary>
    internal static async Task<IReadOnlyList<JsonElement>> KeptAsync(this Host host) =>
        [.. (await host.Client.GetFromJsonAsync<JsonElement>("/feedback")).GetProperty("samples").EnumerateArray()];

    /// <summary>Fails if the page is wider than its window.</summary>
    internal static async Task AssertNoSidewaysAsync(this DrawingPage page) =>
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than its window.");

    /// <summary>Fails if anything that can be seen is said in English.</summary>
    internal static async Task AssertChineseAsync(this DrawingPage page)
    {
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("""
            () => {
              const names = /DigitService|MNIST|English|API|ZIP|none|Forgetful|vgg|convnet/g;
              const texts = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const parent = walk.currentNode.parentElement;
                if (parent.checkVisibility() && !parent.closest('[lang="en"]') && !parent.closest('script')) texts.push(walk.currentNode.data.trim());
              }
              return texts.filter(text => /[A-Za-z]{3}/.test(text.replace(names, '')));
            }
            """));
    }
}
