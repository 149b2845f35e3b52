using Microsoft.Playwright;

namespace DigitService.Browser.Tests;

/// <summary>The distribution's Chromium, without a window, driven by Playwright.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    internal IBrowser Browser { get; }

    /// <param name="program">Null for what the variable CHROMIUM names, or Debian's.</param>
    /// <exception cref="InvalidOperationException">There is no Chromium; the message says how to get it.</exception>
    internal static async Task<Chromium> LaunchAsync(string? program = null)
    {
        program ??= Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(program))
        {
            throw new InvalidOperationException(
                $"Driving the page needs Chromium, and there is none at {program}. On Debian: apt-get install chromium. "
                + "Elsewhere the variable CHROMIUM names the program.");
        }

        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu"],
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
