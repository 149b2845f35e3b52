using System.Diagnostics;
using System.Globalization;

namespace DigitService.Bench;

/// <summary>What the one who waits is told: a line with the minutes and seconds since the start.</summary>
internal static class Progress
{
    private static readonly DateTime _start = Process.GetCurrentProcess().StartTime;

    /// <summary>How long the program has been running.</summary>
    internal static TimeSpan Elapsed => DateTime.Now - _start;

    internal static void Say(string what) =>
        Console.WriteLine($"[{Elapsed.ToString(@"mm\:ss", CultureInfo.InvariantCulture)}] {what}");
}
