using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>The service is killed while it trains, imports and activates, again and again in one folder.</summary>
public sealed class KillFacts : IDisposable
{
    private const int Kills = 30;
    private const int LongestMilliseconds = 1_500;

    private static readonly byte[] _weights = ModelApi.Weights();

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _imported = [];
    private readonly HashSet<string> _loaded = [];
    private readonly List<string> _asked = [ModelApi.Shipped];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhateverAKillInterruptsIsWholeAfterwardsAndGoesOn()
    {
        string? run = null;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var host = Host.Start(_folder);
            await RequireWholeAsync(host, run);
            run = await TrainOrResumeAsync(host, run);
            if (kill % 10 == 9)
            {
                // On a slow machine nothing else lets the run get on.
                await WaitForAnEpochAsync(host, run);
            }

            using var end = new CancellationTokenSource();
            var changing = new[] { ImportAsync(host, end.Token), ActivateAsync(host, end.Token) };
            // Spread over all of what goes on, and the same in every run of this fact.
            await Task.Delay(kill * 557 % LongestMilliseconds);
            host.Kill();
            await end.CancelAsync();
            await Task.WhenAll(changing);
        }

        using var last = Host.Start(_folder);
        await RequireWholeAsync(last, run);
        Assert.NotEmpty(_imported);
        await last.ChangeAsync(run!, "cancel").ContinueWith(_ => { }, TaskScheduler.Default);
        var before = Epochs(await last.RunAsync(run!));
        Assert.True(before > 0, "No epoch outlived a kill.");
        await last.ChangeAsync(run!, "resume");
        await last.WaitForRunAsync(run!, state => Epochs(state) > before);
    }

    private static async Task<string> TrainOrResumeAsync(Host host, string? run)
    {
        if (run is null)
        {
            return await host.TrainAsync(new { network = "lenet5", epochs = 1_000, trainSize = 200, validationSize = 100 });
        }

        await host.ChangeAsync(run, "resume");
        return run;
    }

    private static async Task WaitForAnEpochAsync(Host host, string run)
    {
        var before = Epochs(await host.RunAsync(run));
        await host.WaitForRunAsync(run, state => Epochs(state) > before);
    }

    private static int Epochs(JsonElement run) => run.GetProperty("epochs").GetArrayLength();

    private async Task RequireWholeAsync(Host host, string? run)
    {
        var models = (await host.Client.GetFromJsonAsync<JsonElement>("/models")).EnumerateArray().ToArray();
        Assert.All(models, model => Assert.Equal(JsonValueKind.Null, model.GetProperty("error").ValueKind));
        var ids = models.Select(model => model.GetProperty("id").GetString()!).ToArray();
        Assert.Subset(ids.ToHashSet(), _imported);
        foreach (var id in ids.Where(_loaded.Add))
        {
            Assert.Equal(id, (await host.Client.PredictAsync(id)).Model);
        }

        // The last activation may have been carried out and not acknowledged.
        var active = await host.Client.ActiveAsync();
        Assert.Contains(active, _asked);
        Assert.Equal(active, (await host.Client.PredictAsync()).Model);
        _asked.Clear();
        _asked.Add(active!);

        var runs = (await host.Client.GetFromJsonAsync<JsonElement>("/runs")).EnumerateArray().ToArray();
        Assert.Equal(run is null ? [] : [run], runs.Select(other => other.GetProperty("id").GetString()));
        Assert.All(runs, other => Assert.Equal(
            ("interrupted", JsonValueKind.Null), (other.GetProperty("status").GetString(), other.GetProperty("error").ValueKind)));

        // What was being written is cleaned away at the start, and since then nothing was.
        Assert.DoesNotContain(
            new[] { host.Models, host.Runs }.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)),
            path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private Task ImportAsync(Host host, CancellationToken end) => UntilKilledAsync(host, async client =>
    {
        using var answer = await client.ImportAsync(_weights, ("network", "mlp"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        lock (_imported)
        {
            _imported.Add(answer.Headers.Location!.ToString().Split('/')[^1]);
        }
    }, end);

    private Task ActivateAsync(Host host, CancellationToken end) => UntilKilledAsync(host, async client =>
    {
        string id;
        lock (_imported)
        {
            id = _imported.Count == 0 || _asked[^1] != ModelApi.Shipped ? ModelApi.Shipped : _imported.Last();
        }

        _asked.Add(id);
        using var answer = await client.ActivateAsync(id);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        _asked.RemoveRange(0, _asked.Count - 1);
    }, end);

    private static async Task UntilKilledAsync(Host host, Func<HttpClient, Task> change, CancellationToken end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                await change(host.Client);
            }
        }
        catch (HttpRequestException)
        {
            // Killed in the middle of the request.
        }
    }
}
