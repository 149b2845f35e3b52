using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DigitService.Tests;

/// <summary>The service as a process of its own, on a free port.</summary>
public sealed partial class Host : IDisposable
{
    private readonly Process _process;

    public Host()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "DigitService.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        })!;
        Client = new HttpClient { BaseAddress = new Uri(Address()) };
    }

    public HttpClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Address()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                return match.Groups["address"].Value;
            }
        }

        throw new InvalidOperationException("The service ended before it listened.");
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)")]
    private static partial Regex Listening();
}
