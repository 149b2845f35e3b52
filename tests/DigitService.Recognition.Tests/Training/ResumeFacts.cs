using DigitService.Recognition.Data;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Training;

public sealed class ResumeFacts : IDisposable
{
    private static readonly TrainingOptions _options = new()
    {
        Network = "mlp-bn",
        Epochs = 5,
        BatchSize = 64,
        Seed = 6,
        ValidationSize = 200,
        Augmentation = Augmentation.Elastic,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OptimizerKind.Sgd, ScheduleKind.OneCycle, 7)]
    [InlineData(OptimizerKind.Momentum, ScheduleKind.Cosine, 5)]
    [InlineData(OptimizerKind.Momentum, ScheduleKind.OneCycle, 20)]
    [InlineData(OptimizerKind.Adam, ScheduleKind.Cycles, 7)]
    [InlineData(OptimizerKind.Adam, ScheduleKind.Cycles, 20)]
    [InlineData(OptimizerKind.Adam, ScheduleKind.Cycles, 22)]
    [InlineData(OptimizerKind.Adam, ScheduleKind.Plateau, 18)]
    [InlineData(OptimizerKind.Adam, ScheduleKind.OneCycle, 16)]
    [InlineData(OptimizerKind.AdamW, ScheduleKind.Step, 12)]
    [InlineData(OptimizerKind.AdamW, ScheduleKind.None, 1)]
    public void AStoppedRunEndsWithTheBitsOfOneThatWasNot(OptimizerKind optimizer, ScheduleKind schedule, int stopAfter)
    {
        var options = _options with
        {
            Optimizer = optimizer,
            Schedule = schedule,
            LearningRate = 0.01,
            Momentum = optimizer == OptimizerKind.Momentum ? 0.9 : 0,
            WeightDecay = 0.001,
        };
        RequireSameBits(options, stopAfter);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void ARunWithExtrasAndMeanWeightsEndsWithTheSameBitsToo(int stopAfter)
    {
        var options = _options with
        {
            Network = "vgg",
            Epochs = 2,
            Augmentation = Augmentation.World,
            DrawnDigits = 0.25,
            NonDigits = 0.5,
            WeightAveraging = 0.9,
        };
        RequireSameBits(options, stopAfter);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    public void ARunInCyclesWithMeanWeightsEndsWithTheSameBitsToo(int stopAfter) =>
        RequireSameBits(_options with { Epochs = 3, Schedule = ScheduleKind.Cycles, WeightAveraging = 0.9 }, stopAfter);

    [Fact]
    public void EarlyStoppingCountsTheEpochsBeforeTheStop()
    {
        var options = _options with { Epochs = 50, LearningRate = 0.02, EarlyStopping = 2 };
        var images = Mnist.First(500, 1).Train;
        using var whole = new Trainer(options, images);
        whole.Run();
        Assert.InRange(whole.Epochs.Count, 3, 49);

        // Stopped one batch before the run's end, when only the last epoch is left to tell that it is the end.
        var path = _folder.File("checkpoint.pth");
        using (var cancellation = new CancellationTokenSource())
        using (var stopped = new Trainer(options, images) { OnBatch = Stop(cancellation, whole.StepsDone - 1) })
        {
            Assert.Throws<OperationCanceledException>(() => stopped.Run(cancellation.Token));
            stopped.CreateCheckpoint().Write(path);
        }

        using var resumed = new Trainer(options, images, Checkpoint.Read(path));
        resumed.Run();
        Assert.Equal(Figures(whole), Figures(resumed));
    }

    [Fact]
    public void ACheckpointOfOtherImagesIsRefused()
    {
        var path = Checkpointed();
        var error = Assert.Throws<PthFormatException>(
            () => new Trainer(_options with { Epochs = 1 }, Mnist.First(501, 1).Train, Checkpoint.Read(path)));
        Assert.Contains("other training images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckpointOfOtherOptionsIsRefusedWithTheDifference()
    {
        var path = Checkpointed();
        var error = Assert.Throws<PthFormatException>(
            () => new Trainer(_options with { Epochs = 1, BatchSize = 32 }, Mnist.First(500, 1).Train, Checkpoint.Read(path)));
        Assert.Contains("batch_size was 64 and is now 32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsAloneCannotBeGoneOnFrom()
    {
        using var trainer = new Trainer(_options, Mnist.First(500, 1).Train);
        var error = Assert.Throws<PthFormatException>(
            () => new Trainer(_options, Mnist.First(500, 1).Train, Checkpoint.OfWeights(trainer.Network)));
        Assert.Contains("how far", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss_sum")]
    [InlineData("epochs")]
    public void DamagedProgressIsRefused(string field)
    {
        var path = Checkpointed();
        var content = (PthDictionary)PthFile.Read(path)!;
        ((PthDictionary)content["progress"]!)[field] = "nonsense";
        PthFile.Write(path, content);
        var error = Assert.Throws<PthFormatException>(
            () => new Trainer(_options with { Epochs = 1 }, Mnist.First(500, 1).Train, Checkpoint.Read(path)));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatAnEarlierVersionDidNotKnowWereOff()
    {
        var path = Checkpointed();
        var content = (PthDictionary)PthFile.Read(path)!;
        var options = Without((PthDictionary)content["options"]!, "weight_averaging");
        options["augmentation"] = Without((PthDictionary)options["augmentation"]!, "degradation");
        content["options"] = options;
        PthFile.Write(path, content);
        using var resumed = new Trainer(_options with { Epochs = 1 }, Mnist.First(500, 1).Train, Checkpoint.Read(path));
        Assert.Single(resumed.Epochs);
        var error = Assert.Throws<PthFormatException>(() => new Trainer(
            _options with { Epochs = 1, WeightAveraging = 0.5 }, Mnist.First(500, 1).Train, Checkpoint.Read(path)));
        Assert.Contains("weight_averaging was 0 and is now 0.5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("average_model_state_dict")]
    [InlineData("best_model_state_dict")]
    public void StatesThatHoldSomethingElseThanTensorsAreRefused(string state)
    {
        var options = _options with { Epochs = 1, WeightAveraging = 0.5 };
        using var trainer = new Trainer(options, Mnist.First(500, 1).Train);
        trainer.Run();
        var path = _folder.File("made.pth");
        trainer.CreateCheckpoint().Write(path);
        var content = (PthDictionary)PthFile.Read(path)!;
        ((PthDictionary)content[state]!)[4L] = "nonsense";
        PthFile.Write(path, content);
        var error = Assert.Throws<PthFormatException>(() => new Trainer(options, Mnist.First(500, 1).Train, Checkpoint.Read(path)));
        Assert.Contains(state, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Fails unless a run that is stopped after some steps, and goes on from its checkpoint, ends as one that was not stopped.</summary>
    private void RequireSameBits(TrainingOptions options, int stopAfter)
    {
        var images = Mnist.First(500, 1).Train;
        using var whole = new Trainer(options, images);
        whole.Run();

        var path = _folder.File("checkpoint.pth");
        using (var cancellation = new CancellationTokenSource())
        using (var stopped = new Trainer(options, images) { OnBatch = Stop(cancellation, stopAfter) })
        {
            Assert.Throws<OperationCanceledException>(() => stopped.Run(cancellation.Token));
            stopped.CreateCheckpoint().Write(path);
        }

        using var resumed = new Trainer(options, images, Checkpoint.Read(path));
        Assert.Equal(stopAfter, resumed.StepsDone);
        resumed.Run();
        Assert.Equal(Figures(whole), Figures(resumed));
        Assert.Equal(Weights(whole), Weights(resumed));
        whole.UseBestWeights();
        resumed.UseBestWeights();
        Assert.Equal(Weights(whole), Weights(resumed));
    }

    private static PthDictionary Without(PthDictionary dictionary, string key)
    {
        var rest = new PthDictionary();
        foreach (var entry in dictionary.Where(entry => !entry.Key.Equals(key)))
        {
            rest.Add((string)entry.Key, entry.Value);
        }

        Assert.Equal(dictionary.Count - 1, rest.Count);
        return rest;
    }

    private string Checkpointed()
    {
        using var trainer = new Trainer(_options with { Epochs = 1 }, Mnist.First(500, 1).Train);
        trainer.Run();
        var path = _folder.File("made.pth");
        trainer.CreateCheckpoint().Write(path);
        return path;
    }

    private static Action<BatchProgress> Stop(CancellationTokenSource cancellation, int after) => progress =>
    {
        if (progress.Step == after)
        {
            cancellation.Cancel();
        }
    };

    private static IEnumerable<EpochMetrics> Figures(Trainer trainer) =>
        trainer.Epochs.Select(epoch => epoch with { Seconds = 0 });

    private static byte[] Weights(Trainer trainer) =>
        [.. trainer.Network.state_dict().Values.SelectMany(tensor => tensor.bytes.ToArray())];
}
