using System.Diagnostics;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>The last part of a run, after its epochs, in which the test images are read.</summary>
public sealed class TrainingFinishFacts : IDisposable
{
    // So deep a network reads the 10,000 test images for much longer than it learns from these few.
    private static readonly object _options = new { network = "resnet-se", epochs = 1, trainSize = 100, validationSize = 10, batchSize = 50, replicas = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AskedToEndMeanwhileTheServiceEndsInTimeAndTheRunGoesOn()
    {
        string id;
        using (var stopped = Host.Start(_folder))
        {
            id = await LearnAsync(stopped);
            Assert.Equal(0, stopped.Stop(TimeSpan.FromSeconds(10)));
            Assert.DoesNotContain("Training did not stop in time", stopped.Log, StringComparison.Ordinal);
            Assert.Contains($"The run {id} is interrupted", stopped.Log, StringComparison.Ordinal);
        }

        using var host = Host.Start(_folder);
        await host.WaitForRunAsync(id, "interrupted");
        await host.ChangeAsync(id, "resume");
        await host.WaitForRunAsync(id, "running");
    }

    [Fact]
    public async Task CancelledMeanwhileItEndsAtOnce()
    {
        using var host = Host.Start(_folder);
        var id = await LearnAsync(host);
        var start = Stopwatch.GetTimestamp();
        await host.ChangeAsync(id, "cancel");
        var run = await host.WaitForRunAsync(id, "cancelled");
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
        Assert.True(run.GetProperty("canResume").GetBoolean());
    }

    private static async Task<string> LearnAsync(Host host)
    {
        await using var client = await TrainingHubClient.ConnectAsync(host);
        var id = await host.TrainAsync(_options);
        await client.WaitForAsync("epoch", id);
        return id;
    }
}
