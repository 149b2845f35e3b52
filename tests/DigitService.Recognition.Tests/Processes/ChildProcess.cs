using System.Diagnostics;

namespace DigitService.Recognition.Tests.Processes;

/// <summary>This assembly once more, as a process that can be killed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    internal ChildProcess(params string[] arguments) : this([], arguments)
    {
    }

    /// <param name="wrapper">A program that starts the process, with its options; empty for none.</param>
    /// <param name="arguments">What Program.cs gets.</param>
    internal ChildProcess(string[] wrapper, string[] arguments)
    {
        string[] command = [.. wrapper, "dotnet", typeof(ChildProcess).Assembly.Location, .. arguments];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    internal int Id => _process.Id;

    /// <summary>Waits for the process to print a line.</summary>
    internal void WaitFor(string line)
    {
        var reading = Task.Run(() => ReadTo(line));
        Assert.True(reading.Wait(TimeSpan.FromMinutes(2)), $"The process has not printed '{line}'.");
        Assert.True(reading.Result, $"The process ended without printing '{line}'.");
    }

    internal (int ExitCode, string Output, string Errors) WaitForEnd()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        Assert.True(_process.WaitForExit(TimeSpan.FromMinutes(2)), "The process did not end.");
        return (_process.ExitCode, output.Result, _errors.Result);
    }

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    private bool ReadTo(string line)
    {
        while (_process.StandardOutput.ReadLine() is { } printed)
        {
            if (printed == line)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
