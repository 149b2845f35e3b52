using System.Diagnostics;

namespace DigitService.Tests;

/// <summary>A service that is expected to end by itself, and what it says.</summary>
/// <param name="ExitCode">Its exit status.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record ConfigurationRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    internal static async Task<ConfigurationRun> OfAsync(string[] arguments, string? program = null)
    {
        program ??= Path.Combine(AppContext.BaseDirectory, "DigitService.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var late = new CancellationTokenSource(_patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(late.Token);
            var errors = process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return new ConfigurationRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill();
        }
    }
}
