using System.Diagnostics;

namespace DigitService.Bench;

/// <summary>
/// What a piece of work costs in CPU time of the process. Other programs on the machine change that less than how long it
/// takes, and only ever add to it.
/// </summary>
internal static class CpuCost
{
    private const int Samples = 5;
    private static readonly TimeSpan _warmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _sample = TimeSpan.FromMilliseconds(50);

    /// <summary>Microseconds of one call: the least of several samples of many calls, once it is compiled.</summary>
    internal static double Of(Action work)
    {
        Repeat(work, _warmUp);
        return Enumerable.Range(0, Samples).Min(_ => Repeat(work, _sample));
    }

    private static double Repeat(Action work, TimeSpan duration)
    {
        var (calls, start, watch) = (0, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        while (watch.Elapsed < duration)
        {
            work();
            calls++;
        }

        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / calls;
    }
}
