using System.Globalization;

namespace DigitService.Bench;

/// <summary>
/// <c>POST /predict</c> of the service, in both modes of its preprocessor, beside the same network with the same weights
/// behind FastAPI, uvicorn and PyTorch with two workers: pictures of a digit posted by 1 and by 32 connections, the
/// contenders in turns, in two sittings with a start of each. Whether threads inside an operator help a worker depends on
/// the machine, the network and the load, so the peer runs with and without, and stands beside us with what was faster.
/// </summary>
internal sealed class HttpBenchmark
{
    internal const string Mnist = "mnist";
    internal const string Plain = "plain";
    private const string Peer = "FastAPI";
    private const string OneThread = "one thread";
    private const string OwnThreads = "PyTorch's own threads";
    private const int Sittings = 2;
    private const int Seconds = 1;

    private static readonly string[] _pictures = [BenchmarkFolder.Pictures[0], BenchmarkFolder.Pictures[^1]];

    private readonly BenchmarkFolder _folder;
    private readonly Dictionary<(string Contender, HttpLoad Load), List<HttpResult>> _results = [];

    internal HttpBenchmark(BenchmarkFolder folder, string network)
    {
        _folder = folder;
        Network = network;
    }

    internal static IReadOnlyList<HttpLoad> Loads { get; } =
        [.. _pictures.SelectMany(picture => new[] { new HttpLoad(picture, 1), new HttpLoad(picture, 32) })];

    internal string Network { get; }

    internal static async Task<BenchmarkSection> Measure(BenchmarkFolder folder, int rounds)
    {
        var rows = new List<Comparison>();
        foreach (var network in BenchmarkFolder.Compared)
        {
            var benchmark = new HttpBenchmark(folder, network);
            await benchmark.Measure(rounds);
            rows.AddRange(benchmark.Rows());
        }

        return Section(rows, rounds);
    }

    /// <summary>Measures in an even number of rounds.</summary>
    internal async Task Measure(int rounds)
    {
        for (var sitting = 0; sitting < Sittings; sitting++)
        {
            using var service = _folder.StartService(Network);
            using var peer = StartPeer(threads: 1);
            using var threadedPeer = StartPeer(threads: 0);
            (string Name, HttpServer Server, string Query)[] contenders =
            [
                (Mnist, service, "?preprocess=mnist"), (Plain, service, "?preprocess=plain"), (OneThread, peer, ""), (OwnThreads, threadedPeer, ""),
            ];
            await Compare(service, peer);
            await Compare(service, threadedPeer);
            foreach (var crowd in Loads.Where(load => load.Connections > 1))
            {
                foreach (var (_, server, query) in contenders)
                {
                    _ = crowd.Run(server, query, _folder, Seconds);
                }
            }

            for (var round = 0; round < rounds / Sittings; round++)
            {
                // To and fro, so that who comes first in one round comes last in the next.
                RunAll(round % 2 == 0 ? contenders : contenders.Reverse());
                Progress.Say($"http: {Network}, round {(sitting * rounds / Sittings) + round + 1} of {rounds}");
            }
        }
    }

    /// <summary>The medians of what a contender did: the service in a mode of its preprocessor, or the peer with some threads.</summary>
    internal HttpResult MedianOf(string contender, HttpLoad load) => HttpResult.MedianOf(_results[(contender, load)]);

    internal static BenchmarkSection Section(IReadOnlyList<Comparison> rows, int rounds) => new(
        "HTTP",
        $"`POST /predict` with a PNG of a digit, 28×28 in gray or 280×280 as a page's canvas saves it, posted by `wrk` on the same machine; beside it FastAPI on uvicorn with uvloop, httptools and two workers that share the connections (`UV_TCP_SINGLE_ACCEPT=1`), Pillow and PyTorch. The workers ran with one thread each and with as many as PyTorch sets itself, and each row has those that gave more answers a second. FastAPI's program resizes, as `plain` does here; `mnist`, the default, finds the ink and lays it out as well. {rounds} rounds of {Seconds} s each, in turns, in {Sittings} sittings with both started anew.",
        rows);

    internal IEnumerable<Comparison> Rows()
    {
        foreach (var load in Loads)
        {
            foreach (var mode in new[] { Mnist, Plain })
            {
                yield return Row(load, mode, "", "answers/s", result => result.Rate) with { MoreIsBetter = true };
                if (load.Connections > 1)
                {
                    yield return Row(load, mode, ", CPU time of an answer", "ms", result => result.Cpu / 1e3);
                }
            }

            yield return Row(load, Mnist, ", 99th percentile", "ms", result => result.Late) with { HasRatio = false };
        }
    }

    private Comparison Row(HttpLoad load, string mode, string what, string unit, Func<HttpResult, double> value) => new(
        $"`{Network}`, {(load.Picture == _pictures[0] ? "28×28" : "280×280")}, {(load.Connections == 1 ? "one connection" : $"{load.Connections} connections")}, `{mode}`{what}",
        unit,
        [.. _results[(mode, load)].Select(value)],
        Peer,
        [.. _results[(FasterPeer(load), load)].Select(value)]);

    private string FasterPeer(HttpLoad load) => MedianOf(OwnThreads, load).Rate > MedianOf(OneThread, load).Rate ? OwnThreads : OneThread;

    private void RunAll(IEnumerable<(string Name, HttpServer Server, string Query)> contenders)
    {
        foreach (var load in Loads)
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

    private HttpServer StartPeer(int threads) => HttpServer.StartPeer(Network, _folder.WeightsOf(Network), threads, workers: 2);

    private async Task Compare(HttpServer service, HttpServer peer)
    {
        foreach (var picture in _pictures)
        {
            var encoded = File.ReadAllBytes(_folder.PathOf(picture));
            var (ours, theirs) = (await service.Predict(encoded, "?preprocess=plain"), await peer.Predict(encoded, ""));
            var difference = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();

            // Where a picture is resized, a pixel may be rounded to the level beside.
            if (difference > 1e-3)
            {
                throw new InvalidOperationException(Text($"The two do not answer alike to {picture}: they differ by {difference}."));
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
