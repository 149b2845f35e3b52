using System.Globalization;
using DigitService.Recognition.Data;

namespace DigitService.Bench;

/// <summary>
/// Where the CPU time of a request to the service goes: what its steps cost in this process, and the rest of what the
/// service used, which is HTTP, JSON, and handing requests to the threads that answer them.
/// </summary>
internal static class HttpProfile
{
    /// <summary>Measures over HTTP, and tells the rates and the profile.</summary>
    internal static async Task Run(string mnist, int rounds)
    {
        using var folder = new BenchmarkFolder(mnist, BenchmarkFolder.Compared);
        var pictures = InferenceCosts.OfPictures(folder);
        var images = MnistDataset.ReadTest(mnist);
        foreach (var network in BenchmarkFolder.Compared)
        {
            var benchmark = new HttpBenchmark(folder, network);
            await benchmark.Measure(rounds);
            BenchmarkTable.Show(HttpBenchmark.Section([.. benchmark.Rows()], rounds));
            Show(benchmark, pictures, InferenceCosts.OfForwardPasses(folder, network, images));
        }
    }

    private static void Show(HttpBenchmark benchmark, Dictionary<string, double> pictures, Dictionary<string, double> passes)
    {
        Console.WriteLine();
        Console.WriteLine("network   picture        connections  microseconds of CPU time: decode  preprocess  forward   HTTP    all");
        foreach (var load in HttpBenchmark.Loads)
        {
            foreach (var mode in new[] { HttpBenchmark.Mnist, HttpBenchmark.Plain })
            {
                // A crowd shares passes.
                var forward = passes[$"forward {(load.Connections == 1 ? 1 : 8)}"];
                var all = benchmark.MedianOf(mode, load).Cpu;
                var (decode, preprocess) = (pictures[$"decode {load.Picture}"], pictures[$"{mode} {load.Picture}"]);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{benchmark.Network,-9} {load.Picture,-14} {load.Connections,11}  {mode,-25} {decode,7:F0} {preprocess,11:F0} {forward,8:F0} {all - decode - preprocess - forward,6:F0} {all,6:F0}"));
            }
        }

        Console.WriteLine();
    }
}
