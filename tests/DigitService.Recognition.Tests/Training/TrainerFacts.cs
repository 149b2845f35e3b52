using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using TorchSharp;

namespace DigitService.Recognition.Tests.Training;

public class TrainerFacts
{
    private static readonly TrainingOptions _short = new() { Epochs = 1, Seed = 3 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheSameSeedEndsWithTheSameBits(int replicas)
    {
        var options = _short with { Replicas = replicas };
        Assert.Equal(Weights(options), Weights(options));
    }

    [Fact]
    public void AnotherSeedEndsElsewhere() =>
        Assert.NotEqual(Weights(_short), Weights(_short with { Seed = 4 }));

    [Fact]
    public void ReplicasComputeTheGradientOfTheWholeBatch()
    {
        var images = Mnist.First(100, 1).Train;
        int[] batch = [.. Enumerable.Range(0, 97)];
        using var one = new ReplicaGroup(() => NetworkCatalog.Create("cnn", 1), 1);
        using var three = new ReplicaGroup(() => NetworkCatalog.Create("cnn", 1), 3);
        Assert.Equal(one.Backward(images, batch), three.Backward(images, batch), 1e-5);

        using var scope = torch.NewDisposeScope();
        foreach (var (single, shared) in one.Network.parameters().Zip(three.Network.parameters()))
        {
            var (expected, actual) = (single.grad!, shared.grad!);
            var scale = expected.abs().max().item<float>();
            Assert.InRange(expected.sub(actual).abs().max().item<float>() / scale, 0, 1e-5);
        }
    }

    [Fact]
    public void ReplicasAreRefusedWhereTheyWouldNotBeDeterministic()
    {
        var error = Assert.Throws<NotSupportedException>(() => new ReplicaGroup(() => torch.nn.Sequential(torch.nn.Dropout()), 2));
        Assert.Contains("use 1 replica", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => new ReplicaGroup(() => torch.nn.Sequential(torch.nn.BatchNorm2d(1)), 2));
        new ReplicaGroup(() => torch.nn.Sequential(torch.nn.Dropout()), 1).Dispose();
    }

    [Fact]
    public void ABatchSmallerThanTheReplicasIsStillLearned()
    {
        var images = Mnist.First(10, 1).Train;
        using var group = new ReplicaGroup(() => NetworkCatalog.Create("cnn", 1), 4);
        Assert.InRange(group.Backward(images, new[] { 3 }), 2, 3);
        Assert.All(group.Network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void AFailureInAReplicaReachesTheCaller()
    {
        var images = Mnist.First(10, 1).Train;
        using var group = new ReplicaGroup(() => NetworkCatalog.Create("cnn", 1), 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => group.Backward(images, new[] { 0, 99 }));
        Assert.InRange(group.Backward(images, new[] { 0, 1 }), 2, 3);
    }

    [Fact]
    public void ProgressTellsOfEveryBatchAndEpoch()
    {
        var batches = new List<BatchProgress>();
        var epochs = new List<EpochResult>();
        using var trainer = new Trainer(_short with { Epochs = 2, BatchSize = 100 }, Mnist.First(950, 200))
        {
            OnBatch = batches.Add,
            OnEpoch = epochs.Add,
        };
        trainer.Run();
        Assert.Equal(20, batches.Count);
        Assert.Equal((2, 10, 10), (batches[^1].Epoch, batches[^1].Batch, batches[^1].Batches));
        Assert.Equal(TimeSpan.Zero, batches[^1].TimeLeft);
        Assert.All(batches, batch => Assert.True(batch.ImagesPerSecond > 0));
        Assert.Equal([1, 2], epochs.Select(epoch => epoch.Epoch));
        Assert.True(epochs[1].TrainLoss < epochs[0].TrainLoss);
        Assert.InRange(epochs[1].TestAccuracy, 0.6, 1);
    }

    [Fact]
    public void CancellingStopsAfterTheBatchThatRuns()
    {
        using var cancellation = new CancellationTokenSource();
        using var trainer = new Trainer(_short with { BatchSize = 100 }, Mnist.First(1_000, 10))
        {
            OnBatch = progress =>
            {
                if (progress.Batch == 4)
                {
                    cancellation.Cancel();
                }
            },
        };
        Assert.Throws<OperationCanceledException>(() => trainer.Run(cancellation: cancellation.Token));
        Assert.Equal((0, 4), (trainer.EpochsDone, trainer.BatchesDone));
    }

    [Fact]
    public void ADivergedLossEndsTheRun()
    {
        using var trainer = new Trainer(_short with { LearningRate = 1, Epochs = 3 }, Mnist.First(200, 10));
        using (torch.no_grad())
        {
            trainer.Network.parameters().First().fill_(float.NaN);
        }

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Run());
        Assert.Contains("epoch 1, batch 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(TrainingOptions.Epochs))]
    [InlineData(nameof(TrainingOptions.BatchSize))]
    [InlineData(nameof(TrainingOptions.LearningRate))]
    [InlineData(nameof(TrainingOptions.Replicas))]
    public void AnOptionOutOfRangeIsNamedWithWhatIsAccepted(string name)
    {
        var options = name switch
        {
            nameof(TrainingOptions.Epochs) => _short with { Epochs = 0 },
            nameof(TrainingOptions.BatchSize) => _short with { BatchSize = 10_001 },
            nameof(TrainingOptions.LearningRate) => _short with { LearningRate = double.NaN },
            _ => _short with { Replicas = 0 },
        };
        var error = Assert.Throws<ArgumentException>(options.Validate);
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("accepted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownNetworkIsAnsweredWithTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => NetworkCatalog.Create("vgg", 0));
        Assert.Contains("cnn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FourPlainEpochsReachTheAccuracyOfTheOriginal()
    {
        var accuracies = new List<double>();
        using var trainer = new Trainer(new TrainingOptions { Seed = 0 }, Mnist.Whole)
        {
            OnEpoch = epoch => accuracies.Add(epoch.TestAccuracy),
        };
        trainer.Run();
        Assert.Equal(4, accuracies.Count);
        Assert.InRange(accuracies[^1], 0.985, 1);
    }

    private static byte[] Weights(TrainingOptions options)
    {
        using var trainer = new Trainer(options, Mnist.First(2_000, 10));
        trainer.Run();
        return [.. trainer.Network.state_dict().Values.SelectMany(tensor => tensor.bytes.ToArray())];
    }
}
