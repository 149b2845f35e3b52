using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DigitService.Bench;

/// <summary>What must not outlive the program, however it ends: processes that it started, and temporary folders.</summary>
internal static class Leftovers
{
    private const int Interrupted = 130;

    private static readonly Lock _lock = new();
    private static readonly List<(object Owner, Action Remove)> _all = [];
    private static volatile bool _leaving;

    /// <summary>Sees to it that Ctrl+C, SIGTERM and failures leave nothing behind, and that a failure is a sentence.</summary>
    internal static void RemoveAtExit()
    {
        var signals = Array.ConvertAll(
            [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP],
            signal => PosixSignalRegistration.Create(signal, _ => Environment.Exit(Interrupted)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            RemoveAll();
            GC.KeepAlive(signals);
        };

        // Of an exception that nobody catches, no finally block is sure to run.
        AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
        {
            if (_leaving)
            {
                // Something was removed under it. Another thread is about to end the program.
                Thread.Sleep(Timeout.Infinite);
            }

            var error = (Exception)failure.ExceptionObject;
            Console.Error.WriteLine(error is InvalidOperationException or IOException or HttpRequestException or Win32Exception ? $"Error: {error.Message}" : error);
            Environment.Exit(1);
        };
    }

    /// <summary>Has something removed at the program's end, if nobody has done so by then.</summary>
    internal static void Add(object owner, Action remove)
    {
        lock (_lock)
        {
            _all.Add((owner, remove));
        }
    }

    /// <summary>The owner has removed it.</summary>
    internal static void Forget(object owner)
    {
        lock (_lock)
        {
            _all.RemoveAll(entry => entry.Owner == owner);
        }
    }

    // The last first: a folder goes after the processes that write to it.
    private static void RemoveAll()
    {
        _leaving = true;
        lock (_lock)
        {
            for (var i = _all.Count - 1; i >= 0; i--)
            {
                _all[i].Remove();
            }

            _all.Clear();
        }
    }
}
