using System.ComponentModel;
using System.Globalization;
using DigitService.Recognition.Data;

namespace DigitService.Bench;

/// <summary>
/// <c>POST /predict</c> of the service, in both modes of its preprocessor, beside the same network with the same weights
/// behind FastAPI, uvicorn and PyTorch with two workers: pictures of a digit posted by 1 and by 32 connections, in
/// rounds, the contenders in turns, medians.
/// </summary>
internal sealed class HttpBenchmark
{
    private const int Rounds = 3;
    private const double Seconds = 2;
    private const string Peer = "FastAPI";

    private static readonly HttpLoad[] _loads =
        [.. BenchmarkFolder.Pictures.SelectMany(picture => new[] { new HttpLoad(picture, 1), new HttpLoad(picture, 32) })];

    private readonly BenchmarkFolder _folder;
    private readonly string _network;
    private readonly Dictionary<(string Contender, HttpLoad Load), List<HttpResult>> _results = [];

    private HttpBenchmark(BenchmarkFolder folder, string network)
    {
        _folder = folder;
        _network = network;
    }

    /// <returns>0; 1 if it could not be measured.</returns>
    internal static async Task<int> Run(string mnist)
    {
        using var folder = new BenchmarkFolder(mnist);
        try
        {
            var pictures = InferenceCosts.OfPictures(folder);
            var images = MnistDataset.Read(mnist).Test;
            foreach (var network in BenchmarkFolder.Networks)
            {
                var benchmark = new HttpBenchmark(folder, network);
                await benchmark.Measure();
                benchmark.Summarise();
                benchmark.ShowProfile(pictures, InferenceCosts.OfForwardPasses(folder, network, images));
            }

            return 0;
        }
        catch (Exception error) when (error is InvalidOperationException or HttpRequestException or Win32Exception)
        {
            // Caught here, so that what was started is ended.
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private async Task Measure()
    {
        using var service = HttpServer.StartService(_folder.RegistryOf(_network));
        using var peer = await StartFastestPeer();
        (string Name, HttpServer Server, string Query)[] contenders =
            [("DigitService, mnist", service, "?preprocess=mnist"), ("DigitService, plain", service, "?preprocess=plain"), (Peer, peer, "")];
        await Compare(service, peer);
        foreach (var (_, server, query) in contenders)
        {
            _ = new HttpLoad(BenchmarkFolder.Pictures[0], 32).Run(server, query, _folder, Seconds);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var load in _loads)
            {
                foreach (var (name, server, query) in contenders)
                {
                    if (!_results.TryGetValue((name, load), out var results))
                    {
                        _results[(name, load)] = results = [];
                    }

                    results.Add(load.Run(server, query, _folder, Seconds));
                }
            }
        }
    }

    /// <summary>Whether threads inside an operator help a worker depends on the machine: the peer gets what is faster.</summary>
    private async Task<HttpServer> StartFastestPeer()
    {
        var load = new HttpLoad(BenchmarkFolder.Pictures[0], 32);
        var rates = new Dictionary<int, double>();
        foreach (var threads in new[] { 0, 1 })
        {
            using var candidate = await Start(threads);
            rates[threads] = load.Run(candidate, "", _folder, Seconds).Rate;
        }

        var best = rates.MaxBy(rate => rate.Value).Key;
        Console.WriteLine(Text(
            $"{_network}: FastAPI's workers answer {rates[0]:N0} requests a second with PyTorch's own threads, {rates[1]:N0} with one each; {(best == 0 ? "its own" : "one")} it is"));
        return await Start(best);

        async Task<HttpServer> Start(int threads)
        {
            var server = HttpServer.StartPeer(_network, _folder.WeightsOf(_network), threads);
            await server.Predict(File.ReadAllBytes(_folder.PathOf(BenchmarkFolder.Pictures[0])), "");
            return server;
        }
    }

    private async Task Compare(HttpServer service, HttpServer peer)
    {
        foreach (var picture in BenchmarkFolder.Pictures)
        {
            var encoded = File.ReadAllBytes(_folder.PathOf(picture));
            var (ours, theirs) = (await service.Predict(encoded, "?preprocess=plain"), await peer.Predict(encoded, ""));
            var difference = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();

            // Where a picture is resized, a pixel may be rounded to the level beside.
            if (difference > 1e-3)
            {
                throw new InvalidOperationException(Text($"The two do not answer alike to {picture}: they differ by {difference}."));
            }

            Console.WriteLine(Text(
                $"{_network}: {picture} is a {Array.IndexOf(ours, ours.Max())} to both, with probabilities that differ by at most {difference:0.0e+0}"));
        }
    }

    private void Summarise()
    {
        Console.WriteLine();
        Console.WriteLine("network   picture        connections  server                requests/s  x FastAPI   p50 ms   p99 ms   CPU s/1,000");
        foreach (var load in _loads)
        {
            var peer = HttpResult.MedianOf(_results[(Peer, load)]).Rate;
            foreach (var ((contender, _), results) in _results.Where(entry => entry.Key.Load == load))
            {
                var median = HttpResult.MedianOf(results);
                Console.WriteLine(Text(
                    $"{_network,-9} {load.Picture,-14} {load.Connections,11}  {contender,-20} {median.Rate,11:N0} {median.Rate / peer,10:F1} {median.Median,9:F2} {median.Late,8:F2} {median.Cpu / 1e3,13:F3}"));
            }
        }
    }

    /// <summary>
    /// Where the CPU time of a request to the service goes: what its steps cost in this process, and the rest of what
    /// the service used, which is HTTP, JSON, and handing requests to the threads that answer them.
    /// </summary>
    private void ShowProfile(Dictionary<string, double> pictures, Dictionary<string, double> passes)
    {
        Console.WriteLine();
        Console.WriteLine("network   picture        connections  microseconds of CPU time: decode  preprocess  forward   HTTP    all");
        foreach (var load in _loads)
        {
            foreach (var mode in new[] { "mnist", "plain" })
            {
                // A crowd shares passes.
                var forward = passes[$"forward {(load.Connections == 1 ? 1 : 8)}"];
                var all = HttpResult.MedianOf(_results[($"DigitService, {mode}", load)]).Cpu;
                var (decode, preprocess) = (pictures[$"decode {load.Picture}"], pictures[$"{mode} {load.Picture}"]);
                Console.WriteLine(Text(
                    $"{_network,-9} {load.Picture,-14} {load.Connections,11}  {mode,-25} {decode,7:F0} {preprocess,11:F0} {forward,8:F0} {all - decode - preprocess - forward,6:F0} {all,6:F0}"));
            }
        }

        Console.WriteLine();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
