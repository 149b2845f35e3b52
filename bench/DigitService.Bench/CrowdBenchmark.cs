using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace DigitService.Bench;

/// <summary>1,000 connections that all ask as fast as they are answered: what they are answered, what it costs, and what is left of it.</summary>
internal sealed class CrowdBenchmark(HttpServer service, HttpClient client, byte[] picture)
{
    private const int Connections = 1_000;
    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(200);

    internal static async Task Run(string mnist)
    {
        using var folder = new BenchmarkFolder(mnist);
        using var service = folder.StartService("cnn");
        var picture = File.ReadAllBytes(folder.PathOf(BenchmarkFolder.Pictures[1]));
        await service.Predict(picture, "");
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        await new CrowdBenchmark(service, client, picture).Measure();
    }

    private async Task Measure()
    {
        for (var i = 0; i < 200; i++)
        {
            await Post();
        }

        var before = await SecondOfOne();
        Console.WriteLine(Text($"before: {before:F2} ms to an answer, {service.Family.ResidentMebibytes():F0} MiB"));

        using var end = new CancellationTokenSource(_duration);
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        var asking = Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var status = await Post();
                answers.AddOrUpdate(status, 1, (_, count) => count + 1);
                await (status == HttpStatusCode.OK ? Task.CompletedTask : Task.Delay(_patience));
            }
        })).ToArray();
        var most = 0.0;
        while (!end.IsCancellationRequested)
        {
            most = Math.Max(most, service.Family.ResidentMebibytes());
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await Task.WhenAll(asking);
        Console.WriteLine(Text(
            $"{Connections:N0} connections for {_duration.TotalSeconds} s: {string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => Text($"{answer.Value:N0} × {(int)answer.Key}")))}, at most {most:F0} MiB"));
        var after = await SecondOfOne();
        Console.WriteLine(Text($"the second after: {after:F2} ms to an answer, {service.Family.ResidentMebibytes():F0} MiB"));
    }

    /// <returns>The median in milliseconds.</returns>
    private async Task<double> SecondOfOne()
    {
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(1))
        {
            var start = Stopwatch.GetTimestamp();
            await Post();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private async Task<HttpStatusCode> Post()
    {
        using var content = new ByteArrayContent(picture);
        using var answer = await client.PostAsync(service.Address(""), content);
        return answer.StatusCode == HttpStatusCode.OK || answer.Headers.RetryAfter is not null
            ? answer.StatusCode
            : throw new InvalidOperationException($"{answer.StatusCode} without Retry-After.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
