using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace DigitService.Bench;

/// <summary>
/// How long <c>POST /predict</c> takes at 50 requests a second while nothing else happens, and while a run trains on all
/// cores: in turns, so that both see the same machine.
/// </summary>
internal sealed class TrainingLatencyBenchmark(HttpClient client, byte[] picture)
{
    private const int Rounds = 5;
    private const int RequestsPerSecond = 50;
    private const int Seconds = 10;
    private const int Target = 5;

    internal static async Task Run(string mnist)
    {
        using var folder = new BenchmarkFolder(mnist);
        using var service = folder.StartService("cnn");
        var picture = File.ReadAllBytes(folder.PathOf(BenchmarkFolder.Pictures[0]));
        await service.Predict(picture, "");
        using var client = new HttpClient { BaseAddress = service.Address("/") };
        await new TrainingLatencyBenchmark(client, picture).Measure();
    }

    private async Task Measure()
    {
        var (idle, training) = (new List<double[]>(), new List<double[]>());
        Post();
        Console.WriteLine("milliseconds to an answer   idle: p50     p99   training: p50     p99   images/s trained");
        for (var round = 0; round < Rounds; round++)
        {
            idle.Add(Window());
            var run = await Start();
            training.Add(Window());
            var speed = (await client.GetFromJsonAsync<JsonElement>($"/runs/{run}")).GetProperty("progress").GetProperty("imagesPerSecond").GetDouble();
            await Stop(run);
            Console.WriteLine(Text(
                $"{"round",-25} {At(idle[^1], 0.5),11:F2} {At(idle[^1], 0.99),7:F2} {At(training[^1], 0.5),15:F2} {At(training[^1], 0.99),7:F2} {speed,18:N0}"));
        }

        var (before, during) = (Median(idle), Median(training));
        Console.WriteLine(Text($"{"median",-25} {Median(idle, 0.5),11:F2} {before,7:F2} {Median(training, 0.5),15:F2} {during,7:F2}"));
        Console.WriteLine(Text($"While a run trains, the 99th percentile is {during / before:F1} times that of an idle service; less than {Target} is wanted."));
    }

    // A request that is late because the one before took long counts from when it was due.
    private double[] Window()
    {
        var times = new double[RequestsPerSecond * Seconds];
        var thread = new Thread(() =>
        {
            var start = Stopwatch.GetTimestamp();
            var step = Stopwatch.Frequency / RequestsPerSecond;
            for (var i = 0; i < times.Length; i++)
            {
                var due = start + (i * step);
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                {
                    // What the sleep takes too long is this program's.
                    Thread.Sleep(wait);
                    due = Stopwatch.GetTimestamp();
                }

                Post();
                times[i] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            }
        });
        thread.Start();
        thread.Join();
        Array.Sort(times);
        return times;
    }

    private void Post()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new ByteArrayContent(picture) };
        using var answer = client.Send(request);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> Start()
    {
        using var answer = await client.PostAsJsonAsync("/train", new { network = "cnn", epochs = 1_000 });
        var run = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await WaitFor(run, status => status.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress && progress.GetProperty("step").GetInt32() > 100);
        return run;
    }

    private async Task Stop(string run)
    {
        using var answer = await client.PostAsync($"/runs/{run}/cancel", null);
        await WaitFor(run, status => status.GetProperty("status").GetString() == "cancelled");
    }

    private async Task WaitFor(string run, Predicate<JsonElement> isSo)
    {
        while (!isSo(await client.GetFromJsonAsync<JsonElement>($"/runs/{run}")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static double Median(IEnumerable<double[]> windows, double share = 0.99) =>
        windows.Select(window => At(window, share)).Order().ElementAt(Rounds / 2);

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
