using System.ComponentModel;
using System.Diagnostics;

namespace DigitService.PyTorchTests;

/// <summary>A fact that asks PyTorch itself, and is skipped only where Python has no PyTorch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PyTorchFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> _python = new(FindPython);

    /// <summary>Marks a fact, skipped with the reason where it cannot run.</summary>
    public PyTorchFactAttribute()
    {
        if (_python.Value is null)
        {
            Skip = "No python3 here can import torch (on Debian: apt-get install python3-torch).";
        }
    }

    /// <summary>Runs a Python script and returns what it prints; a failure of the script is the test's.</summary>
    internal static string Run(string script, params string[] arguments)
    {
        var python = _python.Value ?? throw new InvalidOperationException("Only a PyTorch fact may run Python.");
        var (exitCode, output, errors) = Start(python, [script, .. arguments]);
        Assert.True(exitCode == 0, $"{Path.GetFileName(script)} failed: {errors}");
        return output;
    }

    private static string? FindPython() =>
        // The distribution's Python first: python3-torch is installed for it, whatever else is first on the path.
        new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(candidate =>
        {
            try
            {
                return Start(candidate, ["-c", "import torch"]).ExitCode == 0;
            }
            catch (Win32Exception)
            {
                return false;
            }
        });

    private static (int ExitCode, string Output, string Errors) Start(string python, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");

        // Read both at once: a full pipe that nobody reads would stop the script.
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
