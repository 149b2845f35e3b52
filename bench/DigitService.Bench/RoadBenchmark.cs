using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// The seconds of training that 99% of the test images take: the recipe <c>fast</c> with three seeds, and in turns with
/// it the network <c>cnn</c> as PyTorch's examples train it, epoch by epoch until it is there, at most ten.
/// </summary>
internal static class RoadBenchmark
{
    private const double Goal = 0.99;
    private const int MostEpochs = 10;

    private static readonly long[] _seeds = [0, 1, 2];

    internal static IReadOnlyList<RoadResult> Run(string folder)
    {
        var data = MnistDataset.Read(folder);
        return [.. _seeds.SelectMany(seed => new[] { TrainFast(data, seed), TrainPeer(folder, seed) })];
    }

    private static RoadResult TrainFast(MnistDataset data, long seed)
    {
        var options = RecipeCatalog.Require("fast").Options with { Seed = seed };
        using var trainer = new Trainer(options, data.Train);
        trainer.Run();
        var accuracy = Evaluator.Evaluate(trainer.Network, data.Test, options.Normalization).Accuracy;
        return Show(new("`digits train --recipe fast`", seed, trainer.Epochs.Count, trainer.Epochs.Sum(epoch => epoch.Seconds), accuracy));
    }

    // The peer is asked after every epoch, which it is not charged for.
    private static RoadResult TrainPeer(string folder, long seed)
    {
        using var peer = new PyTorchPeer("cnn in PyTorch", folder, 128, threads: 0, seed: seed);
        var epochs = new List<Epoch>();
        while (epochs.Count < MostEpochs && !epochs.Exists(epoch => epoch.Accuracy >= Goal))
        {
            epochs.Add(peer.TrainEpoch());
        }

        return Show(new("the network `cnn` in PyTorch", seed, epochs.Count, epochs.Sum(epoch => epoch.Seconds), epochs.Max(epoch => epoch.Accuracy)));
    }

    private static RoadResult Show(RoadResult result)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Name,-28} seed {result.Seed}  {result.Epochs,2} epochs  {result.Seconds,6:F1} s  {result.Accuracy:P2}{(result.Accuracy < Goal ? "  (not there)" : "")}"));
        return result;
    }
}

/// <summary>How far somebody came.</summary>
/// <param name="Name">Who.</param>
/// <param name="Seed">With which seed.</param>
/// <param name="Epochs">Epochs that were trained.</param>
/// <param name="Seconds">The time that they took together.</param>
/// <param name="Accuracy">The share of the test images that was read right: the best, of a peer that was asked after every epoch.</param>
internal sealed record RoadResult(string Name, long Seed, int Epochs, double Seconds, double Accuracy);
