using System.Globalization;

namespace DigitService.Bench;

/// <summary>
/// <c>POST /predict</c> of the service, in both modes of its preprocessor, beside the same network with the same weights
/// behind FastAPI, uvicorn and PyTorch with two workers: pictures of a digit posted by 1 and by 32 connections, the
/// contenders in turns, in two sittings with a start of each.
/// </summary>
internal sealed class HttpBenchmark
{
    internal const string Mnist = "mnist";
    internal const string Plain = "plain";
    private const string Peer = "FastAPI";
    private const int Sittings = 2;
    private const int Seconds = 1;

    private static readonly string[] _pictures = [BenchmarkFolder.Pictures[0], BenchmarkFolder.Pictures[^1]];

    private readonly BenchmarkFolder _folder;
    private readonly Dictionary<(string Contender, HttpLoad Load), List<HttpResult>> _results = [];
    private int _peerThreads;

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
        var notes = new List<string>();
        foreach (var network in BenchmarkFolder.Compared)
        {
            var benchmark = new HttpBenchmark(folder, network);
            notes.Add($"{(await benchmark.Measure(rounds) == 0 ? "PyTorch's own threads" : "one thread")} for `{network}`");
            rows.AddRange(benchmark.Rows());
        }

        return Section(rows, rounds, string.Join(" and ", notes));
    }

    /// <summary>Measures in an even number of rounds.</summary>
    /// <returns>The threads inside an operator that the peer is fastest with; 0 for those that PyTorch sets itself.</returns>
    internal async Task<int> Measure(int rounds)
    {
        _peerThreads = await FastestThreads();
        for (var sitting = 0; sitting < Sittings; sitting++)
        {
            using var service = _folder.StartService(Network);
            using var peer = await StartPeer(_peerThreads);
            (string Name, HttpServer Server, string Query)[] contenders =
                [(Mnist, service, "?preprocess=mnist"), (Plain, service, "?preprocess=plain"), (Peer, peer, "")];
            await Compare(service, peer);
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

        return _peerThreads;
    }

    /// <summary>The medians of what the service did in a mode of its preprocessor.</summary>
    internal HttpResult MedianOf(string mode, HttpLoad load) => HttpResult.MedianOf(_results[(mode, load)]);

    internal static BenchmarkSection Section(IReadOnlyList<Comparison> rows, int rounds, string threads) => new(
        "HTTP",
        $"`POST /predict` with a PNG of a digit, 28×28 in gray or 280×280 as a page's canvas saves it, posted by `wrk` on the same machine; beside it FastAPI on uvicorn with uvloop, httptools and two workers that share the connections (`UV_TCP_SINGLE_ACCEPT=1`), Pillow and PyTorch, with what made them faster: {threads}. FastAPI's program resizes, as `plain` does here; `mnist`, the default, finds the ink and lays it out as well. {rounds} rounds of {Seconds} s each, in turns, in {Sittings} sittings with both started anew.",
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
        [.. _results[(Peer, load)].Select(value)]);

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

    /// <summary>
    /// Whether threads inside an operator help a worker depends on the machine: the peer gets what is faster, and one thread,
    /// which leaves the other cores to the other worker, where the two are within a tenth of each other.
    /// </summary>
    private async Task<int> FastestThreads()
    {
        var rates = new Dictionary<int, double>();
        foreach (var threads in new[] { 0, 1 })
        {
            using var candidate = await StartPeer(threads);
            rates[threads] = Enumerable.Range(0, 3).Max(_ => Loads[1].Run(candidate, "", _folder, Seconds).Rate);
        }

        Progress.Say(Text(
            $"{Network}: FastAPI's workers answer {rates[0]:N0} requests a second with PyTorch's own threads, {rates[1]:N0} with one each"));
        return rates[0] > 1.1 * rates[1] ? 0 : 1;
    }

    private async Task<HttpServer> StartPeer(int threads)
    {
        var server = HttpServer.StartPeer(Network, _folder.WeightsOf(Network), threads, workers: 2);
        await server.Predict(File.ReadAllBytes(_folder.PathOf(_pictures[0])), "");
        return server;
    }

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
