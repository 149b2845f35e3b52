using DigitService.Recognition.Tests.Processes;
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
            Assert.Equal(0, Niceness()[ThreadFigures.ThisThread()]);
        }
    }

    private static Dictionary<string, int> Niceness() => ThreadFigures.NamesByNiceness("self")
        .SelectMany(threads => threads.Select(name => (Name: name, Nice: threads.Key)))
        .GroupBy(thread => thread.Name)
        .ToDictionary(threads => threads.Key, threads => threads.Max(thread => thread.Nice));
}
