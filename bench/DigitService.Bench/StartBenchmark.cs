using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;

namespace DigitService.Bench;

/// <summary>
/// How long the service takes from the start of its process to <c>/health/ready</c>, what the first predictions take then,
/// and how much memory it has before and after 10,000 predictions.
/// </summary>
internal static class StartBenchmark
{
    private const int Starts = 5;
    private const int FirstPredictions = 3;
    private const int Predictions = 10_000;
    private const int Connections = 32;

    internal static async Task Run(string folder)
    {
        var picture = GrayPng.Encode(MnistDataset.Read(folder).Test.Image(0), DigitImages.Side);
        var starts = new List<double>();
        Console.WriteLine("seconds to ready   first predictions (ms)   resident when ready   after 10,000 predictions (MiB)");
        for (var i = 0; i < Starts; i++)
        {
            var (seconds, first, ready, after) = await StartOnce(picture);
            starts.Add(seconds);
            var milliseconds = string.Join("  ", first.Select(time => time.ToString("F1", CultureInfo.InvariantCulture)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{seconds,16:F3}   {milliseconds,22}   {ready,19:F0}   {after,31:F0}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{starts.Order().ElementAt(Starts / 2),16:F3}   is the median"));
    }

    private static async Task<(double Seconds, double[] First, double Ready, double After)> StartOnce(byte[] picture)
    {
        var started = Stopwatch.GetTimestamp();
        using var service = HttpServer.StartService(
            Path.Combine(ProjectFolder.FindOr(AppContext.BaseDirectory), "models"), "--Logging:LogLevel:Default", "Warning");
        using var client = new HttpClient { BaseAddress = service.Address("/") };
        while (!await IsReady(client))
        {
            service.RequireRunning();
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var first = new double[FirstPredictions];
        for (var i = 0; i < first.Length; i++)
        {
            started = Stopwatch.GetTimestamp();
            await Predict(client, picture);
            first[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        var ready = service.ResidentMebibytes();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Predictions / Connections; i++)
            {
                await Predict(client, picture);
            }
        })));
        return (seconds, first, ready, service.ResidentMebibytes());
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task Predict(HttpClient client, byte[] picture)
    {
        using var content = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var answer = await client.PostAsync("/predict", content);
        answer.EnsureSuccessStatusCode();
    }
}
