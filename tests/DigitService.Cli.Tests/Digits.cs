using System.Diagnostics;
using System.Text;

namespace DigitService.Cli.Tests;

/// <summary>The program as a user starts it: a process of its own, with its output.</summary>
internal sealed class Digits : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;
    private readonly Task<string> _errors;

    internal Digits(params string[] arguments)
        : this(arguments, redirectInput: false)
    {
    }

    private Digits(string[] arguments, bool redirectInput)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "digits.dll");

        // A shell's background jobs, and so perhaps the tests, are started with Ctrl+C's signal ignored.
        _process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, .. arguments])
        {
            RedirectStandardInput = redirectInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
        _reading = Task.Run(Read);
    }

    internal string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    internal static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using var digits = new Digits(arguments);
        return digits.Wait();
    }

    /// <summary>Runs the program with something on its standard input.</summary>
    internal static (int ExitCode, string Output, string Errors) RunWithInput(byte[] input, params string[] arguments)
    {
        using var digits = new Digits(arguments, redirectInput: true);
        digits._process.StandardInput.BaseStream.Write(input);
        digits._process.StandardInput.Close();
        return digits.Wait();
    }

    internal (int ExitCode, string Output, string Errors) Wait()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromMinutes(2)), "The program did not end.");
        _reading.Wait();
        return (_process.ExitCode, Output, _errors.Result);
    }

    /// <summary>Waits until the program has printed a text.</summary>
    internal void WaitFor(string text)
    {
        var waiting = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_reading.IsCompleted)
            {
                Assert.Fail($"The program ended without printing '{text}': {_errors.Result}");
            }

            Assert.True(waiting.Elapsed < TimeSpan.FromMinutes(2), $"The program has not printed '{text}' but: {Output}");
            Thread.Sleep(10);
        }
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does: it has no time for a last word.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _reading.Wait();
    }

    /// <summary>What Ctrl+C sends.</summary>
    internal void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Read()
    {
        var buffer = new char[1024];
        while (_process.StandardOutput.Read(buffer) is var count and > 0)
        {
            lock (_output)
            {
                _output.Append(buffer, 0, count);
            }
        }
    }
}
