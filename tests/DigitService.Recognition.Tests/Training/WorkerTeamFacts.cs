using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Training;

public class WorkerTeamFacts
{
    [Fact]
    public void EveryPartIsDoneOnceAndAlwaysByTheSameThread()
    {
        using var team = new WorkerTeam(3);
        var threads = new int[3];
        team.Run(part => threads[part] = Environment.CurrentManagedThreadId);
        Assert.Equal(3, threads.Distinct().Count());
        Assert.Equal(Environment.CurrentManagedThreadId, threads[0]);
        for (var i = 0; i < 1_000; i++)
        {
            team.Run(part => Assert.Equal(threads[part], Environment.CurrentManagedThreadId));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void TheFailureOfAPartIsThrownAfterAllHaveEnded(int failing)
    {
        using var team = new WorkerTeam(3);
        var ended = 0;
        Assert.Throws<InvalidOperationException>(() => team.Run(part =>
        {
            if (part == failing)
            {
                throw new InvalidOperationException();
            }

            Thread.Sleep(20);
            Interlocked.Increment(ref ended);
        }));
        Assert.Equal(2, ended);
        team.Run(_ => Interlocked.Increment(ref ended));
        Assert.Equal(5, ended);
    }
}
