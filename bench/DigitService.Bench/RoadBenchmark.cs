using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Training;

namespace DigitService.Bench;

/// <summary>
/// The seconds of training that 99% of the test images take: the recipe <c>fast</c>, and in turns with it what PyTorch
/// takes with the same recipe, and with the network <c>cnn</c> as PyTorch's examples train it. Who is there is asked after
/// every epoch, which nobody is charged for.
/// </summary>
internal static class RoadBenchmark
{
    private const double Goal = 0.99;
    private const int MostEpochs = 10;
    private const string Ours = "`digits train --recipe fast`";

    /// <summary>Both of the peer's roads, with three seeds.</summary>
    internal static IReadOnlyList<RoadResult> Run(string mnist)
    {
        var data = MnistDataset.Read(mnist);
        return
        [
            .. Enumerable.Range(0, 3).SelectMany(seed => new[]
            {
                TrainFast(data, seed),
                TrainPeer("`fast` in PyTorch", mnist, "fast", 0, seed),
                TrainPeer("the network `cnn` in PyTorch", mnist, "cnn", 0, seed),
            }),
        ];
    }

    /// <summary>The recipe <c>fast</c> alone, here and in PyTorch.</summary>
    internal static BenchmarkSection Measure(string mnist, int seeds)
    {
        var data = MnistDataset.Read(mnist);
        var (ours, asItComes, oneThread) = (new List<RoadResult>(), new List<RoadResult>(), new List<RoadResult>());
        for (var seed = 0; seed < seeds; seed++)
        {
            ours.Add(TrainFast(data, seed));
            asItComes.Add(TrainPeer("PyTorch, as it comes", mnist, "fast", 0, seed));
            oneThread.Add(TrainPeer("PyTorch, one thread", mnist, "fast", 1, seed));
        }

        return new(
            "To 99% of the test images",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The recipe `fast` on both sides: LeNet-5, 60,000 images, batch 128, Adam in one cycle of three epochs, with {seeds} seeds in turns. The seconds are those of the epochs until 99% of the test images are read, or of all three. {Reached("DigitService", ours)}; {Reached("PyTorch as it comes", asItComes)}; {Reached("with one thread", oneThread)}."),
            [Row(ours, asItComes), Row(ours, oneThread)]);
    }

    private static Comparison Row(List<RoadResult> ours, List<RoadResult> theirs) =>
        new("the recipe `fast`", "s", [.. ours.Select(road => road.Seconds)], theirs[0].Name, [.. theirs.Select(road => road.Seconds)]);

    private static string Reached(string name, List<RoadResult> roads) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} was there in {roads.Count(road => road.Accuracy >= Goal)} of {roads.Count} ({string.Join(", ", roads.Select(road => $"{road.Percent}%"))})");

    private static RoadResult TrainFast(MnistDataset data, long seed)
    {
        var options = RecipeCatalog.Require("fast").Options with { Seed = seed };
        using var there = new CancellationTokenSource();
        Trainer? running = null;
        var epochs = new List<Epoch>();
        using var trainer = new Trainer(options, data.Train)
        {
            OnEpoch = metrics =>
            {
                var accuracy = Evaluator.Evaluate(running!.Network, data.Test, options.Normalization).Accuracy;
                epochs.Add(new(metrics.Seconds, accuracy));
                if (accuracy >= Goal)
                {
                    there.Cancel();
                }
            },
        };
        running = trainer;
        try
        {
            trainer.Run(there.Token);
        }
        catch (OperationCanceledException) when (there.IsCancellationRequested)
        {
        }

        return Show(Ours, seed, epochs);
    }

    private static RoadResult TrainPeer(string name, string mnist, string recipe, int threads, long seed)
    {
        using var peer = new PyTorchTraining(name, mnist, recipe, threads, seed);
        var most = recipe == "fast" ? RecipeCatalog.Require(recipe).Options.Epochs : MostEpochs;
        var epochs = new List<Epoch>();
        while (epochs.Count < most && !epochs.Exists(epoch => epoch.Accuracy >= Goal))
        {
            epochs.Add(peer.TrainEpoch());
        }

        return Show(name, seed, epochs);
    }

    private static RoadResult Show(string name, long seed, List<Epoch> epochs)
    {
        var result = new RoadResult(name, seed, epochs.Count, epochs.Sum(epoch => epoch.Seconds), epochs[^1].Accuracy);
        Progress.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, seed {seed}: {result.Epochs} epochs, {result.Seconds:F1} s, {result.Percent}%{(result.Accuracy < Goal ? " (not there)" : "")}"));
        return result;
    }
}

/// <summary>How far somebody came.</summary>
/// <param name="Name">Who.</param>
/// <param name="Seed">With which seed.</param>
/// <param name="Epochs">Epochs that were trained.</param>
/// <param name="Seconds">The time that they took together.</param>
/// <param name="Accuracy">The share of the test images that was read right at the end.</param>
internal sealed record RoadResult(string Name, long Seed, int Epochs, double Seconds, double Accuracy)
{
    internal string Percent => (100 * Accuracy).ToString("F2", CultureInfo.InvariantCulture);
}
