using System.Globalization;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Training;

public class YieldingThreadFacts
{
    [Fact]
    public void TheThreadsOfTrainingYieldAndOthersDoNot()
    {
        var work = 0;
        var during = new Dictionary<string, int>();
        var priority = ThreadPriority.Normal;
        var thread = YieldingThread.Start("training", () =>
        {
            using var team = new WorkerTeam(2);
            team.Run(_ => Interlocked.Increment(ref work));
            priority = Thread.CurrentThread.Priority;
            during = Niceness();
        });
        thread.Join();
        Assert.Equal(2, work);
        Assert.Equal(ThreadPriority.BelowNormal, priority);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal((10, 10), (during["training"], during["replica 1"]));
            Assert.Equal(0, Niceness()[ThisThread()]);
        }
    }

    private static Dictionary<string, int> Niceness() => Directory.GetDirectories("/proc/self/task")
        .Select(StatOf)
        .OfType<string>()
        .GroupBy(Name)
        .ToDictionary(threads => threads.Key, threads => threads.Max(Nice));

    // Null of a thread that has ended since it was listed.
    private static string? StatOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "stat"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string ThisThread() => Name(File.ReadAllText("/proc/thread-self/stat"));

    // A thread's number, its name in brackets, its state, and fifteen more fields before its nice value.
    private static string Name(string stat) => stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')];

    private static int Nice(string stat) =>
        int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
}
