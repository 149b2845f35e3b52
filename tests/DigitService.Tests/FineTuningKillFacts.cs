using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

/// <summary>The service is killed while it fine-tunes and pictures are corrected, again and again in one folder.</summary>
public sealed class FineTuningKillFacts : IDisposable
{
    private const int LongestMilliseconds = 2_000;

    // A few where everything is tested; as many as are asked for where this is.
    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("DIGITSERVICE_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, byte> _acknowledged = [];
    private string? _base;
    private int _number;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatWasCorrectedIsKeptAndAFineTuningGoesOnWhateverIsKilled()
    {
        var completed = 0;
        for (var kill = 0; kill < _kills; kill++)
        {
            using var host = Host.Start(_folder);
            _base ??= await host.Client.ImportAsync(seed: 1);
            completed = await RequireWholeAsync(host);
            await CorrectAsync(host);
            await TrainOrResumeAsync(host);
            using var end = new CancellationTokenSource();
            var correcting = CorrectUntilKilledAsync(host, end.Token);

            // Spread over all of a fine-tuning, and the same in every run of this fact.
            await Task.Delay(kill * 571 % LongestMilliseconds);
            host.Kill();
            await end.CancelAsync();
            await correcting;
        }

        using var last = Host.Start(_folder);
        completed = await RequireWholeAsync(last);
        var run = await TrainOrResumeAsync(last);
        var model = (await last.WaitForRunAsync(run, "completed")).GetProperty("modelId").GetString();
        Assert.Equal(model, (await last.Client.PredictAsync(model)).Model);
        Assert.Equal(completed + 1, await RequireWholeAsync(last));
    }

    private async Task<string> TrainOrResumeAsync(Host host)
    {
        var runs = await RunsAsync(host);
        if (runs.FirstOrDefault(run => run.GetProperty("status").GetString() == "interrupted") is { ValueKind: JsonValueKind.Object } stopped)
        {
            var id = stopped.GetProperty("id").GetString()!;
            await host.ChangeAsync(id, "resume");
            return id;
        }

        return await host.TrainAsync(new { @base = _base, feedback = true, epochs = 10, trainSize = 300, validationSize = 200 });
    }

    /// <summary>How many runs are completed; each has its model, and no other model is there but the one that ships and the base.</summary>
    private async Task<int> RequireWholeAsync(Host host)
    {
        Assert.Subset(await KeptAsync(host), _acknowledged.Keys.ToHashSet());

        var runs = await RunsAsync(host);
        Assert.All(runs, run => Assert.Contains(run.GetProperty("status").GetString(), new[] { "completed", "interrupted" }));
        var made = runs.Where(run => run.GetProperty("status").GetString() == "completed").Select(run => run.GetProperty("modelId").GetString()!).ToArray();
        var models = (await host.Client.GetFromJsonAsync<JsonElement>("/models")).EnumerateArray().ToArray();
        Assert.All(models, model => Assert.Equal(JsonValueKind.Null, model.GetProperty("error").ValueKind));

        // A process may be killed when it has registered its model and not yet said so.
        var ids = models.Select(model => model.GetProperty("id").GetString()!).ToHashSet();
        Assert.Subset(ids, made.Append(ModelApi.Shipped).Append(_base!).ToHashSet());
        Assert.InRange(ids.Count, made.Length + 2, runs.Length + 2);
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(_folder.File(""), "*", SearchOption.AllDirectories),
            path => path.EndsWith(".tmp", StringComparison.Ordinal));
        return made.Length;
    }

    // A hundred kills leave more pictures than a page of the list has.
    private static async Task<HashSet<string>> KeptAsync(Host host)
    {
        var (kept, total) = (new HashSet<string>(), 1);
        for (var page = 1; kept.Count < total; page++)
        {
            var list = await host.Client.ListFeedbackAsync($"limit=500&page={page}");
            Assert.Equal(0, list.GetProperty("damaged").GetArrayLength());
            total = list.GetProperty("total").GetInt32();
            var samples = list.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("id").GetString()!).ToArray();
            Assert.Equal(Math.Min(500, total - kept.Count), samples.Length);
            kept.UnionWith(samples);
        }

        return kept;
    }

    private static async Task<JsonElement[]> RunsAsync(Host host) =>
        [.. (await host.Client.GetFromJsonAsync<JsonElement>("/runs")).EnumerateArray()];

    private async Task CorrectAsync(Host host)
    {
        var picture = FeedbackApi.Stroke(Interlocked.Increment(ref _number));
        using var answer = await host.Client.PostFeedbackAsync(picture, "label=1");
        await answer.ReadAsync(HttpStatusCode.Created);
        _acknowledged[FeedbackApi.IdOf(picture)] = 0;
    }

    private async Task CorrectUntilKilledAsync(Host host, CancellationToken end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                await CorrectAsync(host);
                await Task.Delay(50, CancellationToken.None);
            }
        }
        catch (HttpRequestException)
        {
            // Killed in the middle of the request.
        }
    }
}
