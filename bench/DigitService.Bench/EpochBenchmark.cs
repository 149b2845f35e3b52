using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Training;
using TorchSharp;

namespace DigitService.Bench;

/// <summary>
/// One epoch of the network <c>cnn</c>, batch 128, beside the same network in PyTorch for Python: same machine, same
/// run, one after the other, five epochs each, medians.
/// </summary>
internal sealed class EpochBenchmark : IDisposable
{
    private const int Epochs = 5;
    private const string Ours = "DigitService";

    private static readonly TrainingOptions _options = new() { Epochs = Epochs, Seed = 0, ValidationSize = 0 };

    private readonly Dictionary<string, List<Epoch>> _results = new() { [Ours] = [] };
    private readonly PyTorchPeer[] _peers;
    private readonly MnistDataset _data;

    private EpochBenchmark(string folder)
    {
        _data = MnistDataset.Read(folder);

        // Which of these is the fastest depends on the machine: threads inside an operator do little for tensors this small.
        _peers =
        [
            new("PyTorch, as it comes", folder, _options.BatchSize, threads: 0),
            new("PyTorch, one thread", folder, _options.BatchSize, threads: 1),
            new("PyTorch, one core", folder, _options.BatchSize, threads: 1, oneCore: true),
        ];
        foreach (var peer in _peers)
        {
            _results[peer.Name] = [];
        }
    }

    internal static void Run(string folder)
    {
        using var benchmark = new EpochBenchmark(folder);
        benchmark.Measure();
        benchmark.Summarise();
    }

    public void Dispose() => Array.ForEach(_peers, peer => peer.Dispose());

    private void Measure()
    {
        Console.WriteLine($"libtorch {torch.__version__}, PyTorch {_peers[0].Version}, {Environment.ProcessorCount} cores");
        Console.WriteLine("seconds of an epoch (60,000 images), test accuracy after it");
        Trainer? running = null;
        using var trainer = new Trainer(_options, _data.Train) { OnEpoch = metrics => AfterOurEpoch(metrics, running!) };
        running = trainer;
        trainer.Run();
    }

    private void AfterOurEpoch(EpochMetrics metrics, Trainer trainer)
    {
        Record(metrics.Epoch, Ours, new Epoch(metrics.Seconds, Evaluator.Evaluate(trainer.Network, _data.Test).Accuracy));
        foreach (var peer in _peers)
        {
            Record(metrics.Epoch, peer.Name, peer.TrainEpoch());
        }
    }

    private void Record(int number, string name, Epoch epoch)
    {
        _results[name].Add(epoch);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"epoch {number}  {name,-22} {epoch.Seconds,6:F2} s  {epoch.Accuracy:P2}"));
    }

    private void Summarise()
    {
        var ours = Median(_results[Ours]);
        Console.WriteLine();
        foreach (var (name, epochs) in _results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-22} median {Median(epochs),5:F2} s  (from {epochs.Min(epoch => epoch.Seconds):F2} to {epochs.Max(epoch => epoch.Seconds):F2})  accuracy {epochs[^1].Accuracy:P2}  DigitService takes {ours / Median(epochs):F2} of its time"));
        }
    }

    private static double Median(IEnumerable<Epoch> epochs) =>
        epochs.Select(epoch => epoch.Seconds).Order().ElementAt(Epochs / 2);
}
