using DigitService.Tests;
using Microsoft.Playwright;

namespace DigitService.Browser.Tests;

/// <summary>One browser and one service, with the model that ships, for all facts; each opens a page of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private Chromium? _chromium;

    internal Host Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        _chromium = await Chromium.LaunchAsync();
        Host = new Host();
    }

    public async Task DisposeAsync()
    {
        Host?.Dispose();
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }
    }

    /// <summary>Opens the page as a new visitor.</summary>
    internal Task<DrawingPage> OpenAsync(PageOptions? options = null) =>
        DrawingPage.OpenAsync(_chromium!.Browser, Host.Address, options ?? new PageOptions());

    internal Task<DrawingPage> OpenAsync(Uri address, PageOptions? options = null) =>
        DrawingPage.OpenAsync(_chromium!.Browser, address, options ?? new PageOptions());
}

/// <summary>The facts that share them, one after the other.</summary>
[CollectionDefinition(nameof(BrowserFixture))]
public sealed class SharedBrowser : ICollectionFixture<BrowserFixture>;
