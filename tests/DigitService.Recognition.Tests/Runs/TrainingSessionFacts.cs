using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

public sealed class TrainingSessionFacts : IDisposable
{
    private static readonly TrainingOptions _options = new()
    {
        Network = "mlp-bn",
        Epochs = 3,
        BatchSize = 64,
        Seed = 4,
        ValidationSize = 100,
        Schedule = ScheduleKind.OneCycle,
        LearningRate = 0.005,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly RunStore _runs;
    private readonly ModelRegistry _models;

    public TrainingSessionFacts()
    {
        _runs = new RunStore(_folder.File("runs"));
        _models = new ModelRegistry(_folder.File("models"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunBecomesAModelThatIsEvaluatedAndActive()
    {
        var id = Train(_models);
        var record = _runs.Get(id);
        var model = Assert.Single(_models.List());
        Assert.True(model.IsActive);
        Assert.Equal((RunStatus.Completed, model.Id, 3), (record.Status, record.ModelId, record.Epochs.Count));
        Assert.Equal(record.BestEpoch, model.Info!.Epochs);
        Assert.Equal(record.Epochs.Max(epoch => epoch.ValidationAccuracy), model.Info.ValidationAccuracy);

        var report = EvaluationReport.Parse(System.Text.Encoding.UTF8.GetString(_models.ReadEvaluation(model.Id)!));
        Assert.Equal((record.Result!.Accuracy, 50), (report.Accuracy, report.Count));
        Assert.InRange(report.TrainingAccuracy!.Value, report.Accuracy, 1);
        using var loaded = _models.Load(model.Id);
        Assert.Equal(report.Accuracy, Evaluator.Evaluate(loaded.Network, Mnist.First(500, 50).Test).Accuracy);
    }

    [Fact]
    public void TheSecondModelDoesNotTakeTheFirstOnesPlace()
    {
        Train(_models);
        Train(_models, _options with { Seed = 5 });
        Assert.Equal([false, true], _models.List().Select(model => model.IsActive));
    }

    [Fact]
    public void ARunThatCouldNotRegisterItsModelFailsWithTheReasonAndIsResumed()
    {
        File.WriteAllText(_folder.File("file"), "in the way");
        Assert.ThrowsAny<IOException>(() => Train(new ModelRegistry(_folder.File("file"))));
        var run = Assert.Single(_runs.List()).Record!;
        Assert.Equal((RunStatus.Failed, 3), (run.Status, run.Epochs.Count));
        Assert.NotEmpty(run.Reason!);

        Resume(run.Id);
        Assert.Equal(RunStatus.Completed, _runs.Get(run.Id).Status);
        Assert.Equal(Uninterrupted(), OnlyWeights());
    }

    [Fact]
    public void ARunThatEndedBetweenItsModelAndItsRecordDoesNotMakeASecondModel()
    {
        Train(_models);
        var id = _runs.List()[0].Id;
        var path = _folder.File($"runs/{id}/run.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"status\": \"completed\"", "\"status\": \"running\"", StringComparison.Ordinal));
        Assert.Equal(RunStatus.Interrupted, _runs.Get(id).Status);

        Resume(id);
        Assert.Equal(_models.List().Single().Id, _runs.Get(id).ModelId);
    }

    [Fact]
    public void AnErrorInAnEpochLeavesARunThatCanGoOn()
    {
        Assert.Throws<InvalidTimeZoneException>(() => Train(_models, onEpoch: epoch =>
        {
            if (epoch.Epoch == 2)
            {
                throw new InvalidTimeZoneException("Something unforeseen.");
            }
        }));
        var run = Assert.Single(_runs.List()).Record!;
        Assert.Equal((RunStatus.Failed, "Something unforeseen."), (run.Status, run.Reason));
        Resume(run.Id);
        Assert.Equal(Uninterrupted(), OnlyWeights());
    }

    [Fact]
    public void ADivergedRunSaysSo()
    {
        // A rate at which the very first steps lead out of all numbers.
        var options = _options with { Network = "mlp", Optimizer = OptimizerKind.Sgd, LearningRate = 10, Epochs = 100, Schedule = ScheduleKind.None, WeightDecay = 1 };
        Assert.Throws<TrainingDivergedException>(() => Train(_models, options));
        var run = Assert.Single(_runs.List()).Record!;
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("no longer a finite number", run.Reason, StringComparison.Ordinal);
        Assert.Empty(_models.List());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(7)]
    public void ARunThatTheProcessStopsIsInterruptedAndGoesOn(int stopAfter)
    {
        using var shutdown = new CancellationTokenSource();
        var session = new TrainingSession(_models, Mnist.First(500, 50))
        {
            // After the seventh batch of seven, the images held out are being read.
            OnBatch = batch => CancelIf(batch.Step == stopAfter, shutdown),
            Shutdown = shutdown.Token,
        };
        using (var run = _runs.Create(_options))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => session.Run(run));
            Assert.Equal(RunStatus.Interrupted, run.Record.Status);
            Assert.True(run.HasCheckpoint);
        }

        var record = _runs.Get(_runs.List()[0].Id);
        Assert.NotNull(record.EndedAt);
        Resume(record.Id);
        Assert.Equal(Uninterrupted(), OnlyWeights());
    }

    [Fact]
    public void ARunThatIsCancelledInItsLastEvaluationGoesOnFromItsLastEpoch()
    {
        using var cancellation = new CancellationTokenSource();
        var session = new TrainingSession(_models, Mnist.First(500, 50))
        {
            OnEpoch = epoch => CancelIf(epoch.Epoch == 3, cancellation),
        };
        using (var run = _runs.Create(_options))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => session.Run(run, cancellation.Token));
            Assert.Equal((RunStatus.Cancelled, 3), (run.Record.Status, run.Record.Epochs.Count));
        }

        Assert.Empty(_models.List());
        Resume(_runs.List()[0].Id);
        Assert.Equal(Uninterrupted(), OnlyWeights());
    }

    [Fact]
    public void ADamagedCheckpointFailsTheRunUntilItIsMended()
    {
        Assert.Throws<InvalidTimeZoneException>(() => Train(_models, onEpoch: _ => throw new InvalidTimeZoneException()));
        var id = _runs.List()[0].Id;
        var path = _folder.File($"runs/{id}/checkpoint.pth");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^100]);
        Assert.Throws<PthFormatException>(() => Resume(id));
        Assert.Equal(RunStatus.Failed, _runs.Get(id).Status);

        File.WriteAllBytes(path, whole);
        Resume(id);
        Assert.Equal(Uninterrupted(), OnlyWeights());
    }

    [Fact]
    public void NonsenseInActiveJsonDoesNotCostAModel()
    {
        Directory.CreateDirectory(_models.Folder);
        File.WriteAllText(_folder.File("models/active.json"), "nonsense");
        var id = Train(_models);
        Assert.Equal(RunStatus.Completed, _runs.Get(id).Status);
        Assert.Single(_models.List());
    }

    private string Train(ModelRegistry models, TrainingOptions? options = null, Action<EpochMetrics>? onEpoch = null)
    {
        using var run = _runs.Create(options ?? _options);
        new TrainingSession(models, Mnist.First(500, 50)) { OnEpoch = onEpoch }.Run(run);
        return run.Id;
    }

    private void Resume(string id)
    {
        using var run = _runs.Open(id);
        new TrainingSession(_models, Mnist.First(500, 50)).Run(run);
    }

    private static void CancelIf(bool isTime, CancellationTokenSource cancellation)
    {
        if (isTime)
        {
            cancellation.Cancel();
        }
    }

    private byte[] OnlyWeights() => Weights(_models);

    private byte[] Uninterrupted()
    {
        var models = new ModelRegistry(_folder.File("uninterrupted"));
        using var run = new RunStore(_folder.File("other-runs")).Create(_options);
        new TrainingSession(models, Mnist.First(500, 50)).Run(run);
        return Weights(models);
    }

    private static byte[] Weights(ModelRegistry models)
    {
        using var weights = models.OpenWeights(Assert.Single(models.List()).Id);
        using var bytes = new MemoryStream();
        weights.CopyTo(bytes);
        return bytes.ToArray();
    }
}
