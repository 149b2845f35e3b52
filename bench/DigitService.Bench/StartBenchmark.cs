using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
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
        var port = FreePort();
        var program = Path.Combine(
            ProjectFolder.FindOr(AppContext.BaseDirectory), "src", "DigitService", "bin", "Release", "net10.0", "DigitService.dll");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var started = Stopwatch.GetTimestamp();
        using var service = Process.Start(new ProcessStartInfo(
            "dotnet", [program, "--urls", client.BaseAddress.OriginalString, "--Logging:LogLevel:Default", "Warning"]))!;
        try
        {
            while (!await IsReady(client))
            {
                if (service.HasExited)
                {
                    throw new InvalidOperationException($"The service ended with {service.ExitCode}.");
                }

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

            var ready = ResidentMebibytes(service.Id);
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < Predictions / Connections; i++)
                {
                    await Predict(client, picture);
                }
            })));
            return (seconds, first, ready, ResidentMebibytes(service.Id));
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
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

    private static double ResidentMebibytes(int process)
    {
        const string Name = "VmRSS:";
        const double Kibi = 1_024;
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return int.Parse(line[Name.Length..^" kB".Length], CultureInfo.InvariantCulture) / Kibi;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
