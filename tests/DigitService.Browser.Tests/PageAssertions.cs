namespace DigitService.Browser.Tests;

/// <summary>What has to be true of the page at any time.</summary>
internal static class PageAssertions
{
    /// <summary>Fails if there was an error on the console, a failed request, or one to somebody else.</summary>
    internal static void AssertQuiet(this DrawingPage page) => Assert.Empty(page.Problems);
}
