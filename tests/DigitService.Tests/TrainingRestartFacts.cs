using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public sealed class TrainingRestartFacts : IDisposable
{
    private static readonly object _options = new { network = "mlp", epochs = 10, trainSize = 2_000, validationSize = 100, batchSize = 10, replicas = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AfterAKillRunsAreInterruptedAndGoOnWhenAsked()
    {
        string running, waiting;
        using (var killed = Host.Start(_folder))
        {
            running = await killed.TrainAsync(_options);
            waiting = await killed.TrainAsync(_options);
            await killed.WaitForRunAsync(running, run => run.GetProperty("epochs").GetArrayLength() > 2);
            killed.Kill();
        }

        using var host = Host.Start(_folder);
        await RequireInterruptedAsync(host, running, waiting);
        Assert.Equal(JsonValueKind.Null, (await host.RunAsync(running)).GetProperty("endedAt").ValueKind);
        await host.ChangeAsync(waiting, "resume");
        await host.ChangeAsync(running, "resume");
        Assert.Equal(
            host.Weights(await host.WaitForRunAsync(waiting, "completed")), host.Weights(await host.WaitForRunAsync(running, "completed")));
    }

    [Theory]
    [InlineData("cnn", 3, 100)]
    [InlineData("resnet-se", 1, 20_000)]
    public async Task AskedToEndTheServiceKeepsACheckpointAndEndsInTime(string network, int epochs, int trainSize)
    {
        string running, waiting;
        using (var stopped = Host.Start(_folder))
        {
            await using var client = await TrainingHubClient.ConnectAsync(stopped);
            running = await stopped.TrainAsync(new { network, epochs, trainSize, validationSize = 100, batchSize = 10 });
            waiting = await stopped.TrainAsync(_options);
            await client.WaitForAsync("batch", running);
            Assert.Equal(0, stopped.Stop(TimeSpan.FromSeconds(10)));
            Assert.Contains($"The run {running} is interrupted", stopped.Log, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(_folder.File($"runs/{running}/checkpoint.pth")));
        using var host = Host.Start(_folder);
        await RequireInterruptedAsync(host, running, waiting);
        var run = await host.RunAsync(running);
        Assert.NotEqual(JsonValueKind.Null, run.GetProperty("endedAt").ValueKind);
        Assert.NotEmpty(run.GetProperty("curve").GetProperty("steps").EnumerateArray());
        await host.ChangeAsync(running, "resume");
        await host.WaitForRunAsync(running, "running");
    }

    private static async Task RequireInterruptedAsync(Host host, params string[] ids)
    {
        var runs = (await host.Client.GetFromJsonAsync<JsonElement>("/runs")).EnumerateArray()
            .ToDictionary(run => run.GetProperty("id").GetString()!, run => (run.GetProperty("status").GetString(), run.GetProperty("canResume").GetBoolean()));
        Assert.All(ids, id => Assert.Equal(("interrupted", true), runs[id]));
    }
}
