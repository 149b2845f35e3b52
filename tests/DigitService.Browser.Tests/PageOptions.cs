using Microsoft.Playwright;

namespace DigitService.Browser.Tests;

/// <summary>Who opens the page, on what, and what is done before it loads.</summary>
internal sealed record PageOptions
{
    internal string Path { get; init; } = "";

    internal ViewportSize Viewport { get; init; } = new() { Width = 1024, Height = 768 };

    /// <summary>A phone: touch, no mouse, two pixels to one.</summary>
    internal bool IsPhone { get; init; }

    internal ColorScheme ColorScheme { get; init; } = ColorScheme.Light;

    internal ReducedMotion ReducedMotion { get; init; } = ReducedMotion.NoPreference;

    internal string Locale { get; init; } = "en-GB";

    /// <summary>Sees the context before the page is loaded, to answer requests in the service's place.</summary>
    internal Func<IBrowserContext, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    internal static PageOptions Phone { get; } = new() { IsPhone = true, Viewport = new() { Width = 390, Height = 664 } };

    internal BrowserNewContextOptions ToContextOptions() => new()
    {
        ViewportSize = Viewport,
        HasTouch = IsPhone,
        IsMobile = IsPhone,
        DeviceScaleFactor = IsPhone ? 2 : 1,
        ColorScheme = ColorScheme,
        ReducedMotion = ReducedMotion,
        Locale = Locale,
        ServiceWorkers = ServiceWorkerPolicy.Block,
    };
}
