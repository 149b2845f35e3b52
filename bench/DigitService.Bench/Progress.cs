using System.Diagnostics;
using System.Globalization;

namespace DigitService.Bench;

/// <summary>What the one who waits is told: a line with the minutes and seconds since the start.</summary>
internal static class Progress
{
    private static readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>How long the program has been running.</summary>
    internal static TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    internal static void Say(string what) =>
        Console.WriteLine($"[{Elapsed.ToString(@"mm\:ss", CultureInfo.InvariantCulture)}] {what}");
}
