using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>The service as a process of its own, on a free port, with a folder of its own that has the model that ships.</summary>
public sealed partial class Host : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TemporaryFolder? _ownFolder;

    public Host()
        : this(new TemporaryFolder(), owned: true, [])
    {
    }

    private Host(TemporaryFolder folder, bool owned, string[] arguments, params (string Name, string Value)[] environment)
    {
        _ownFolder = owned ? folder : null;
        Models = folder.File("models");
        Runs = folder.File("runs");
        Feedback = folder.File("feedback");
        if (!Directory.Exists(Models))
        {
            CopyShippedModel(Models);
        }

        var program = Path.Combine(AppContext.BaseDirectory, "DigitService.dll");
        var start = new ProcessStartInfo("dotnet",
            [program, "--urls", "http://127.0.0.1:0", "--Models:Folder", Models, "--Training:Folder", Runs, "--Feedback:Folder", Feedback, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Process = Process.Start(start)!;
        Process.OutputDataReceived += (_, line) => Listen(line.Data);
        Process.ErrorDataReceived += (_, line) => Listen(line.Data);
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
        Process.EnableRaisingEvents = true;
        Process.Exited += (_, _) =>
        {
            // What it has written last may come after the news of its end.
            Process.WaitForExit();
            _address.TrySetException(new InvalidOperationException($"The service ended before it listened:\n{Log}"));
        };
        Address = new Uri(_address.Task.WaitAsync(_patience).GetAwaiter().GetResult());
        Client = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public HttpClient Client { get; }

    public Process Process { get; }

    /// <summary>The folder of its models, which has the model that ships, active.</summary>
    public string Models { get; }

    /// <summary>The folder of its runs.</summary>
    public string Runs { get; }

    /// <summary>The folder of the pictures that were corrected.</summary>
    public string Feedback { get; }

    /// <summary>All that it has written so far.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a service in a folder that outlives it: started there again, it finds what was left.</summary>
    public static Host Start(TemporaryFolder folder, params string[] arguments) => new(folder, owned: false, arguments);

    /// <summary>Starts a service where these variables of the environment are set.</summary>
    public static Host StartWith(TemporaryFolder folder, params (string Name, string Value)[] environment) =>
        new(folder, owned: false, [], environment);

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    /// <summary>Asks it to end, as Docker, systemd and Ctrl+C do.</summary>
    /// <returns>Its exit status.</returns>
    public int Stop(TimeSpan patience)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Process.Id}"]);
        kill.WaitForExit();
        return WaitForEnd(patience)
            ? Process.ExitCode
            : throw new TimeoutException($"The service did not end within {patience.TotalSeconds} s:\n{Log}");
    }

    /// <summary>Waits until it has ended, and all is there that it has written.</summary>
    public bool WaitForEnd(TimeSpan patience)
    {
        if (!Process.WaitForExit(patience))
        {
            return false;
        }

        // Only without a limit does this wait for the output, too.
        Process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!Process.HasExited)
        {
            Kill();
        }

        Process.Dispose();
        _ownFolder?.Dispose();
    }

    private static void CopyShippedModel(string folder)
    {
        var shipped = Path.Combine(Path.GetDirectoryName(Recognition.Data.MnistDataset.FindFolder())!, "..", "models");
        foreach (var file in new DirectoryInfo(shipped).EnumerateFiles("active.json")
            .Concat(Directory.GetDirectories(shipped, ShippedModel.Id).SelectMany(model => new DirectoryInfo(model).EnumerateFiles())))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(shipped, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }
    }

    private void Listen(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(match.Groups["address"].Value);
        }
    }

    [GeneratedRegex(@"is at (?<address>http://[^\s"",]+)")]
    private static partial Regex Listening();
}
