using System.ComponentModel;
using System.Diagnostics;

namespace DigitService.PyTorchTests;

/// <summary>A Python that can import a module, where there is one.</summary>
internal sealed class PythonProgram(string module)
{
    private readonly Lazy<string?> _python = new(() => Find(module));

    internal bool IsThere => _python.Value is not null;

    /// <summary>Runs a script and returns what it prints; a failure of the script is the test's.</summary>
    internal string Run(string script, params string[] arguments)
    {
        var python = _python.Value ?? throw new InvalidOperationException($"No python3 here can import {module}.");
        var (exitCode, output, errors) = Start(python, [script, .. arguments]);
        Assert.True(exitCode == 0, $"{Path.GetFileName(script)} failed: {errors}");
        return output;
    }

    private static string? Find(string module) =>
        // The distribution's Python first: its packages are installed for it, whatever else is first on the path.
        new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(candidate =>
        {
            try
            {
                return Start(candidate, ["-c", $"import {module}"]).ExitCode == 0;
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
