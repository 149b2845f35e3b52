using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace DigitService.Bench;

/// <summary>
/// From the start of a process to ready and to its first answer, and its memory then and after 10,000 predictions, beside
/// FastAPI on uvicorn with the same weights.
/// </summary>
internal sealed class StartBenchmark(BenchmarkFolder folder)
{
    private const string Network = "vgg";
    private const string OneWorker = "FastAPI, one worker";
    private const string TwoWorkers = "FastAPI, two workers";
    private const int Predictions = 10_000;
    private const int Connections = 40;

    private readonly byte[] _picture = File.ReadAllBytes(folder.PathOf(BenchmarkFolder.Pictures[0]));
    private readonly List<StartResult> _ours = [];
    private readonly List<StartResult> _theirs = [];
    private readonly List<double> _withTwo = [];

    /// <param name="folder">The models, and a picture.</param>
    /// <param name="starts">How often each is started.</param>
    /// <param name="loads">After how many of these it answers 10,000 times.</param>
    internal static async Task<BenchmarkSection> Measure(BenchmarkFolder folder, int starts, int loads)
    {
        var benchmark = new StartBenchmark(folder);
        await benchmark.StartBoth(load: false);

        // By now what they read from the disk is in memory.
        benchmark._ours.Clear();
        benchmark._theirs.Clear();
        for (var i = 0; i < starts; i++)
        {
            await benchmark.StartBoth(load: i < loads);
        }

        return benchmark.Summarise(starts, loads);
    }

    private async Task StartBoth(bool load)
    {
        _ours.Add(await StartOnce("DigitService", () => folder.StartService(Network, "--Logging:LogLevel:Default", "Warning"), load));
        _theirs.Add(await StartOnce(OneWorker, () => StartPeer(1), load));
        if (load)
        {
            _withTwo.Add((await StartOnce(TwoWorkers, () => StartPeer(2), load)).Loaded!.Value);
        }
    }

    private HttpServer StartPeer(int workers) => HttpServer.StartPeer(Network, folder.WeightsOf(Network), threads: 1, workers);

    private async Task<StartResult> StartOnce(string name, Func<HttpServer> start, bool load)
    {
        var started = Stopwatch.GetTimestamp();
        using var server = start();
        await server.WaitUntilReady();
        var ready = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await server.Predict(_picture, "");
        var answered = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var fresh = server.Family.ResidentMebibytes();
        double? loaded = null;
        if (load)
        {
            await Predict(server);
            loaded = server.Family.ResidentMebibytes();
        }

        Progress.Say(string.Create(
            CultureInfo.InvariantCulture, $"{name}: ready after {ready:F2} s, an answer after {answered:F2} s, {fresh:F0} MiB{(loaded is null ? "" : $", {loaded:F0} MiB after {Predictions} answers")}"));
        return new(ready, answered, fresh, loaded);
    }

    private async Task Predict(HttpServer server)
    {
        using var client = new HttpClient();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Predictions / Connections; i++)
            {
                using var content = new ByteArrayContent(_picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
                using var answer = await client.PostAsync(server.Address(""), content);
                answer.EnsureSuccessStatusCode();
            }
        })));
    }

    private BenchmarkSection Summarise(int starts, int loads)
    {
        double[] loaded = [.. _ours.Select(result => result.Loaded).OfType<double>()];
        return new(
            "Cold start and memory",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The model that ships (`{Network}`), {starts} starts each in turns, what they read from the disk already in memory; the page's files, Swagger and metrics included. Ready is a 200 of `/health/ready`, of FastAPI any answer at all. Memory is what is resident of a process and of those that it started, shared pages once; {Predictions:N0} predictions, {Connections} at a time, after {loads} of the starts. FastAPI's PyTorch has one thread; with more workers every one loads PyTorch and the model again."),
            [
                Row("start to ready", "s", result => result.Ready),
                Row("start to the first answer", "s", result => result.Answered),
                Row("resident after the first answer", "MiB", result => result.Fresh),
                new($"resident after {Predictions.ToString("N0", CultureInfo.InvariantCulture)} answers", "MiB", loaded, OneWorker, [.. _theirs.Select(result => result.Loaded).OfType<double>()]),
                new($"resident after {Predictions.ToString("N0", CultureInfo.InvariantCulture)} answers", "MiB", loaded, TwoWorkers, _withTwo),
            ]);
    }

    private Comparison Row(string what, string unit, Func<StartResult, double> value) =>
        new(what, unit, [.. _ours.Select(value)], OneWorker, [.. _theirs.Select(value)]);
}

/// <summary>One start.</summary>
/// <param name="Ready">Seconds from the start of the process until it is ready.</param>
/// <param name="Answered">Seconds from the start of the process to the first answer.</param>
/// <param name="Fresh">MiB that are resident then.</param>
/// <param name="Loaded">MiB that are resident after all predictions, if there were any.</param>
internal sealed record StartResult(double Ready, double Answered, double Fresh, double? Loaded);
