using System.Diagnostics;
using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Export;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// From 28×28 pixels to probabilities in one process, one picture and 64 at a time, beside PyTorch for Python and ONNX
/// Runtime for Node.js with the same weights: whose turn it is, that one alone computes. Each peer's turns are right after
/// ours or right before: a machine that others use too is another one a few seconds later.
/// </summary>
internal sealed class ForwardBenchmark : IDisposable
{
    private const double Seconds = 0.1;
    private const double MostDifference = 1e-4;
    private static readonly int[] _sizes = [1, 64];
    private static readonly int[] _threads = [1, 0];

    private readonly string _network;
    private readonly LoadedModel _model;
    private readonly byte[][] _pictures;
    private readonly List<ForwardPeer> _peers = [];
    private readonly Dictionary<(ForwardPeer Peer, int Size), (List<double> Ours, List<double> Theirs)> _times = [];

    private ForwardBenchmark(BenchmarkFolder folder, string network, string mnist)
    {
        TorchRuntime.Configure();
        _network = network;
        var registry = new ModelRegistry(folder.RegistryOf(network));
        _model = registry.Load(registry.GetActiveId()!);
        var images = MnistDataset.ReadTest(mnist);
        _pictures = [.. Enumerable.Range(0, _sizes[^1]).Select(i => images.Image(i).ToArray())];
        _peers.AddRange(_threads.Select(threads => ForwardPeer.OfPyTorch(mnist, network, folder.WeightsOf(network), threads)));
        if (ForwardPeer.HasOnnxRuntime)
        {
            var onnx = folder.PathOf($"{network}.onnx");
            NetworkExport.Write(onnx, ExportFormat.Onnx, _model.Network, network, _model.Info.Normalization);
            _peers.AddRange(_threads.Select(threads => ForwardPeer.OfOnnxRuntime(mnist, onnx, threads)));
        }
    }

    internal static BenchmarkSection Measure(BenchmarkFolder folder, string mnist, int rounds)
    {
        var rows = new List<Comparison>();
        var runtimes = "";
        foreach (var network in BenchmarkFolder.Compared)
        {
            using var benchmark = new ForwardBenchmark(folder, network, mnist);
            benchmark.RequireSameAnswers();
            for (var round = 0; round <= rounds; round++)
            {
                benchmark.Measure(backwards: round % 2 == 1);
                if (round == 0)
                {
                    // By now everything has been compiled and is in the caches.
                    benchmark._times.Clear();
                }
            }

            rows.AddRange(benchmark.Rows());
            runtimes = string.Join(" and ", benchmark._peers.Where(peer => peer.Name.EndsWith("one thread", StringComparison.Ordinal)).Select(peer => $"{peer.Name.Split(',')[0]} {peer.Version}"));
        }

        return new(
            "In process",
            string.Create(
                CultureInfo.InvariantCulture,
                $"From 28×28 pixels to the probabilities of the digits, with the same weights, which give the same answers to within {MostDifference:0.0000}; each picture once, also where the service would look again. Peers: {runtimes}. {rounds} rounds with each of them: {Seconds} s here and {Seconds} s there, in the next round the other way round, and the median call of each. DigitService reads with one thread (several callers read at the same time); the peers were told to, or were left as they come, with a thread for every core."),
            rows);
    }

    public void Dispose()
    {
        _peers.ForEach(peer => peer.Dispose());
        _model.Dispose();
    }

    private void RequireSameAnswers()
    {
        var ours = ForwardPass.ReadOnce(_model, _pictures);
        foreach (var peer in _peers)
        {
            var difference = ours.Zip(peer.Probabilities(), (a, b) => a.Probabilities.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
            if (difference > MostDifference)
            {
                throw new InvalidOperationException($"{peer.Name} does not answer as {_network} here: the probabilities differ by {difference}.");
            }
        }
    }

    private void Measure(bool backwards)
    {
        foreach (var size in _sizes)
        {
            byte[][] batch = [.. _pictures.Take(size)];
            foreach (var peer in _peers)
            {
                if (!_times.TryGetValue((peer, size), out var times))
                {
                    _times[(peer, size)] = times = ([], []);
                }

                Action[] turns = [() => times.Ours.Add(MedianOfCalls(batch)), () => times.Theirs.Add(peer.Measure(size, Seconds))];
                foreach (var turn in backwards ? turns.Reverse() : turns)
                {
                    turn();
                }
            }
        }
    }

    private double MedianOfCalls(byte[][] batch)
    {
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < Seconds)
        {
            var start = Stopwatch.GetTimestamp();
            _ = ForwardPass.ReadOnce(_model, batch);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Comparison.Median(times);
    }

    private IEnumerable<Comparison> Rows()
    {
        foreach (var size in _sizes)
        {
            var what = size == 1 ? $"`{_network}`, one picture" : $"`{_network}`, {size} pictures at once";
            foreach (var peer in _peers)
            {
                var (ours, theirs) = _times[(peer, size)];
                yield return new(what, "ms", ours, peer.Name, theirs);
                Progress.Say(string.Create(
                    CultureInfo.InvariantCulture, $"{what}: {Comparison.Median(ours):G3} ms, {peer.Name} {Comparison.Median(theirs):G3} ms"));
            }

            if (!ForwardPeer.HasOnnxRuntime)
            {
                yield return new(what, "ms", [.. _peers.SelectMany(peer => _times[(peer, size)].Ours)], "ONNX Runtime", []);
            }
        }
    }
}
