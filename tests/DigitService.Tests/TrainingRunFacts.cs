using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Tests;

public sealed class TrainingRunFacts : IDisposable
{
    private static readonly object _options = new { network = "mlp", epochs = 10, trainSize = 2_000, validationSize = 100, batchSize = 10, schedule = "onecycle" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACancelledRunGoesOnAndMakesTheModelOfOneThatWasNot()
    {
        using var host = Host.Start(_folder);
        var stopped = await host.TrainAsync(_options);
        await host.WaitForRunAsync(stopped, run => run.GetProperty("epochs").GetArrayLength() > 0);
        Assert.Equal("running", await host.ChangeAsync(stopped, "cancel"));
        var cancelled = await host.WaitForRunAsync(stopped, "cancelled");
        Assert.True(cancelled.GetProperty("canResume").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, cancelled.GetProperty("endedAt").ValueKind);
        Assert.Contains("is cancelled; only one that waits or trains", await RefusedAsync(host, stopped, "cancel"), StringComparison.Ordinal);

        Assert.Equal("queued", await host.ChangeAsync(stopped, "resume"));
        var whole = await host.TrainAsync(_options);
        var (first, second) = (await host.WaitForRunAsync(stopped, "completed"), await host.WaitForRunAsync(whole, "completed"));
        Assert.Equal(host.Weights(second), host.Weights(first));
        foreach (var column in new[] { "steps", "loss", "learningRate" })
        {
            Assert.Equal(Curve(second, column), Curve(first, column));
        }

        Assert.Contains("is completed; there is nothing", await RefusedAsync(host, whole, "resume"), StringComparison.Ordinal);
        Assert.Contains("is completed; only one", await RefusedAsync(host, whole, "cancel"), StringComparison.Ordinal);
        Assert.Equal([whole, stopped], (await host.Client.GetFromJsonAsync<JsonElement>("/runs")).EnumerateArray().Select(run => run.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task RunsWaitForTheirTurnAndNoMoreThanMay()
    {
        using var host = Host.Start(_folder, "--Training:QueueLength", "2");
        var running = await host.TrainAsync(new { network = "mlp", epochs = 1_000 });
        await host.WaitForRunAsync(running, "running");
        var first = await host.TrainAsync(_options);
        var second = await host.TrainAsync(_options);
        Assert.Equal((1, 2), (await PositionAsync(first), await PositionAsync(second)));

        using (var full = await host.PostAsync("/train", _options))
        {
            Assert.Contains("A run trains and 2 wait", (await TrainingCalls.ReadAsync(full, HttpStatusCode.ServiceUnavailable)).GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.InRange(full.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3_600);
        }

        Assert.Contains("is queued; only one that was stopped", await RefusedAsync(host, first, "resume"), StringComparison.Ordinal);
        Assert.Contains("is running; only one that was stopped", await RefusedAsync(host, running, "resume"), StringComparison.Ordinal);
        Assert.Equal("cancelled", await host.ChangeAsync(first, "cancel"));
        Assert.Equal(("cancelled", 1), ((await host.RunAsync(first)).GetProperty("status").GetString(), await PositionAsync(second)));
        Assert.Equal("queued", await host.ChangeAsync(first, "resume"));
        Assert.Equal(2, await PositionAsync(first));
        await host.ChangeAsync(running, "cancel");
        await host.WaitForRunAsync(second, "completed");
        await host.WaitForRunAsync(first, "completed");

        async Task<int> PositionAsync(string id) => (await host.RunAsync(id)).GetProperty("queuePosition").GetInt32();
    }

    [Fact]
    public async Task AnotherProcessesRunsAreToldAsTheyAreAndLeftToIt()
    {
        using var host = Host.Start(_folder);
        var store = new RunStore(host.Runs);
        string id;
        using (var other = store.Create(new TrainingOptions(), name: "theirs"))
        {
            id = other.Id;
            other.Start();
            other.AppendBatch(new LossPoint(1, 2.3, 0.001));
            var run = await host.RunAsync(id);
            Assert.Equal(("running", "theirs", false), (run.GetProperty("status").GetString(), run.GetProperty("name").GetString(), run.GetProperty("canResume").GetBoolean()));
            Assert.Contains($"in the hands of process {Environment.ProcessId}", await RefusedAsync(host, id, "cancel"), StringComparison.Ordinal);
            Assert.Contains($"in the hands of process {Environment.ProcessId}", await RefusedAsync(host, id, "resume"), StringComparison.Ordinal);
        }

        var interrupted = await host.RunAsync(id);
        Assert.Equal(("interrupted", true), (interrupted.GetProperty("status").GetString(), interrupted.GetProperty("canResume").GetBoolean()));
        Assert.Equal(["2.3"], Curve(interrupted, "loss"));
        File.WriteAllText(Path.Combine(host.Runs, id, "run.json"), "nonsense");
        var damaged = Assert.Single((await host.Client.GetFromJsonAsync<JsonElement>("/runs")).EnumerateArray());
        Assert.Equal(id, damaged.GetProperty("id").GetString());
        Assert.Contains($"runs/{id}/run.json cannot be used", damaged.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.File(""), damaged.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("cannot be used", await TrainingCalls.RefusedAsync(host.Client.GetAsync($"/runs/{id}"), HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFirstModelThatIsMadeAnswers()
    {
        Directory.CreateDirectory(_folder.File("models"));
        using var host = Host.Start(_folder);
        var run = await host.WaitForRunAsync(await host.TrainAsync(new { network = "mlp", epochs = 5, trainSize = 5_000 }), "completed");
        var pixels = Enumerable.Range(0, 784).Select(i => i % 28 is 13 or 14 && i / 28 is > 4 and < 24 ? 255 : 0);
        using var answer = await host.PostAsync("/predict", new { pixels });
        var prediction = await TrainingCalls.ReadAsync(answer, HttpStatusCode.OK);
        Assert.Equal((run.GetProperty("modelId").GetString(), 1), (prediction.GetProperty("model").GetString(), prediction.GetProperty("digit").GetInt32()));
    }

    [Fact]
    public async Task TheThreadsThatTrainGiveWayToThoseThatAnswer()
    {
        using var host = Host.Start(_folder);
        var id = await host.TrainAsync(new { network = "lenet5", epochs = 1_000 });
        await host.WaitForRunAsync(id, run => run.GetProperty("progress").ValueKind != JsonValueKind.Null);
        using var answer = await host.PostAsync("/predict", new { pixels = Enumerable.Range(0, 784).Select(i => i % 256) });
        await TrainingCalls.ReadAsync(answer, HttpStatusCode.OK);

        var threads = ThreadFigures.NamesByNiceness($"{host.Process.Id}");

        // OpenMP's threads, which libtorch starts, are called as those that they belong to. The collector's own may be
        // started by any that allocates.
        Assert.Equal(["batch loader", "replica 1", "training"], threads[10].Where(name => name != ".NET BGC").Distinct().Order());
        Assert.Equal([0, 10], threads.Select(group => group.Key).Order());
        Assert.Contains(".NET TP Worker", threads[0]);
    }

    private static Task<string> RefusedAsync(Host host, string id, string change) =>
        TrainingCalls.RefusedAsync(host.PostAsync($"/runs/{id}/{change}"), HttpStatusCode.Conflict);

    private static IEnumerable<string> Curve(JsonElement run, string column) =>
        run.GetProperty("curve").GetProperty(column).EnumerateArray().Select(value => value.GetRawText());
}
