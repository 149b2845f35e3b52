using System.Diagnostics;
using System.Globalization;

namespace DigitService.Bench;

/// <summary>Posts one picture over and over with wrk.</summary>
/// <param name="Picture">The name of the picture.</param>
/// <param name="Connections">How many ask at a time, each as soon as it has been answered.</param>
internal sealed record HttpLoad(string Picture, int Connections)
{
    /// <exception cref="InvalidOperationException">wrk is not there, or a request was not answered with 200.</exception>
    internal HttpResult Run(HttpServer server, string query, BenchmarkFolder folder, double seconds)
    {
        string[] arguments =
        [
            "--threads", "1", "--connections", Text(Connections), "--duration", $"{Text((int)Math.Ceiling(seconds))}s",
            "--script", BenchmarkFolder.PeerScript("post.lua"), server.Address(query).ToString(),
        ];
        var start = new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true };
        start.Environment["POST_FILE"] = folder.PathOf(Picture);
        var before = server.Family.CpuSeconds();
        using var wrk = Process.Start(start)!;
        var lines = wrk.StandardOutput.ReadToEnd().Split('\n');
        wrk.WaitForExit();
        var cpu = server.Family.CpuSeconds() - before;

        // Requests, microseconds of all, of the median, of the 99th percentile, and failures: see post.lua.
        var numbers = Array.Find(lines, line => line.StartsWith("result ", StringComparison.Ordinal))?.Split(' ')[1..]
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return numbers is [> 0 and var requests, var duration, var median, var late, 0]
            ? new HttpResult(requests / duration * 1e6, median / 1e3, late / 1e3, cpu / requests * 1e6)
            : throw new InvalidOperationException($"Not every request to {server.Address(query)} was answered: {string.Join('\n', lines)}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a load led to.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Median">Milliseconds to an answer, the median.</param>
/// <param name="Late">Milliseconds to an answer, the 99th percentile.</param>
/// <param name="Cpu">Microseconds of the server's CPU time for a request; seconds for a thousand times a thousand.</param>
internal sealed record HttpResult(double Rate, double Median, double Late, double Cpu)
{
    /// <summary>The median of each number.</summary>
    internal static HttpResult MedianOf(IReadOnlyList<HttpResult> results) => new(
        Comparison.Median(results.Select(result => result.Rate)),
        Comparison.Median(results.Select(result => result.Median)),
        Comparison.Median(results.Select(result => result.Late)),
        Comparison.Median(results.Select(result => result.Cpu)));
}
