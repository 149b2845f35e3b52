using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Feedback;
using DigitService.Recognition.Training;
using TorchSharp;

namespace DigitService.Recognition.Tests.Runs;

public sealed class FineTuningFacts : IDisposable
{
    private static readonly TrainingOptions _baseOptions = new()
    {
        Network = "mlp-bn",
        Epochs = 3,
        BatchSize = 64,
        Seed = 4,
        ValidationSize = 100,
        LearningRate = 0.005,
        Augmentation = Augmentation.Slight,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly MnistDataset _data = Mnist.First(1_000, 50);
    private readonly RunStore _runs;
    private readonly ModelRegistry _models;
    private readonly FeedbackStore _feedback;
    private readonly ModelInfo _base;

    public FineTuningFacts()
    {
        _runs = new RunStore(_folder.File("runs"));
        _models = new ModelRegistry(_folder.File("models"));
        _feedback = TurnedDigits.Store(_folder.File("feedback"), 40);
        using var run = _runs.Create(_baseOptions);
        _base = new TrainingSession(_models, _data).Run(run).Model;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheBaseLearnsWhatWasCorrectedAndForgetsNothing()
    {
        var learned = Assert.IsType<FeedbackSnapshot>(Inputs().Feedback).Images;
        using var before = _models.Load(_base.Id);
        using var after = _models.Load(FineTune(Create()));
        Assert.InRange(Accuracy(before, learned), 0, 0.5);
        Assert.InRange(Accuracy(after, learned), 0.75, 1);
        Assert.InRange(Accuracy(after, _data.Test), Accuracy(before, _data.Test) - 0.05, 1);
        Assert.Equal((_base.Id, true, 4L), (after.Info.Options!.Base, after.Info.Options.Feedback, after.Info.Options.Seed));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0)]
    public void TheBaseKeepsItsShareOfTheWeights(double averaging)
    {
        var options = Options() with { Epochs = 1, WeightAveraging = averaging };
        using var model = _models.Load(_base.Id);
        var (before, learned, shared) = (Values(model.Network), Ending(options with { BaseShare = 0 }), Ending(options with { BaseShare = 0.25 }));
        Assert.NotEqual(before, learned);
        Assert.All(shared.Index(), weight => Assert.Equal((0.25 * before[weight.Index]) + (0.75 * learned[weight.Index]), weight.Item, 1e-4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheBaseKeepsItsRunningStatistics(int replicas)
    {
        var options = Options() with { WeightAveraging = 0, BaseShare = 0, Replicas = replicas };
        using var before = _models.Load(_base.Id);
        using var trainer = new Trainer(options, _data.Train, inputs: Inputs());
        trainer.Run();
        Assert.Equal(Statistics(before.Network), Statistics(trainer.Network));
        Assert.NotEqual(Values(before.Network), Values(trainer.Network));
    }

    [Fact]
    public void TheSamePicturesGiveTheSameBits()
    {
        var first = Weights(FineTune(Create()));
        Assert.Equal(first, Weights(FineTune(Create())));
        _feedback.Delete(Inputs().Feedback!.Ids[0]);
        Assert.NotEqual(first, Weights(FineTune(Create())));
    }

    [Fact]
    public void WhatChangesAfterARunWasMadeChangesNothingInIt()
    {
        var expected = Weights(FineTune(Create()));
        using var run = Create();
        foreach (var entry in _feedback.List())
        {
            _feedback.SetLabel(entry.Id, 0);
        }

        _feedback.DeleteAll();
        _feedback.Add(TurnedDigits.New(100));
        Forget(_base.Id);
        Assert.Equal(expected, Weights(FineTune(run)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void AStoppedFineTuningEndsWithTheBitsOfOneThatWasNot(int stopAfter)
    {
        var expected = Weights(FineTune(Create()));
        using var shutdown = new CancellationTokenSource();
        var session = new TrainingSession(_models, _data)
        {
            OnBatch = batch =>
            {
                if (batch.Step == stopAfter)
                {
                    shutdown.Cancel();
                }
            },
            Shutdown = shutdown.Token,
        };
        using (var run = Create())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => session.Run(run));
        }

        _feedback.DeleteAll();
        Forget(_base.Id);
        var id = _runs.List().Single(entry => entry.Record!.Status == RunStatus.Interrupted).Id;
        using var resumed = _runs.Open(id);
        Assert.Equal(expected, Weights(FineTune(resumed)));
    }

    [Fact]
    public void ARunTellsWhatBecameOfThePicturesAndKeepsNoneOfThemWhenItIsDone()
    {
        var noDigit = Inputs().Feedback!.Ids[0];
        _feedback.SetLabel(noDigit, DigitImages.NoDigit);
        using var run = Create();
        var counts = run.Record.Feedback!;
        Assert.Equal((40, 1), (counts.Learned + counts.HeldOut + counts.LeftOut, counts.LeftOut));
        Assert.Equal(counts.HeldOut, _feedback.List().Count(entry => FeedbackSplit.IsHeldOut(entry.Id, 4)));
        Assert.Equal(["base.pth", "feedback.pth", "run.json"], Files(run.Id));
        FineTune(run);
        Assert.Equal(["checkpoint.pth", "curve.csv", "run.json"], Files(run.Id));
        Assert.Equal(counts, _runs.Get(run.Id).Feedback);
    }

    [Fact]
    public void PicturesThatAKilledProcessLeftWithACompletedRunAreGoneAtTheNextStart()
    {
        using (var run = Create())
        {
            var pictures = File.ReadAllBytes(_folder.File($"runs/{run.Id}/feedback.pth"));
            FineTune(run);
            File.WriteAllBytes(_folder.File($"runs/{run.Id}/feedback.pth"), pictures);
        }

        using var waiting = Create();
        _ = new RunStore(_folder.File("runs"));
        Assert.Equal(["base.pth", "feedback.pth", "run.json"], Files(waiting.Id));
        Assert.Single(Directory.GetFiles(_runs.Folder, "feedback.pth", SearchOption.AllDirectories));
    }

    [Fact]
    public void DamagedPicturesFailTheRunUntilTheyAreMended()
    {
        using var run = Create();
        var path = _folder.File($"runs/{run.Id}/feedback.pth");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^100]);
        Assert.Throws<PthFormatException>(() => FineTune(run));
        Assert.Equal(RunStatus.Failed, run.Record.Status);
        Assert.DoesNotContain(_folder.File(""), run.Record.Reason!, StringComparison.Ordinal);
        run.Dispose();

        File.WriteAllBytes(path, whole);
        using var mended = _runs.Open(run.Id);
        Assert.NotEmpty(FineTune(mended));
    }

    [Fact]
    public void NoDigitIsLearnedByTheNetworkThatTellsIt()
    {
        var options = new TrainingOptions { Network = "vgg", Epochs = 1, BatchSize = 32, TrainSize = 60, ValidationSize = 20, NonDigits = 0.4, Feedback = true };
        _feedback.Add(TurnedDigits.New(200, DigitImages.NoDigit));
        _feedback.Add(TurnedDigits.New(201, DigitImages.NoDigit));
        _feedback.Add(TurnedDigits.New(202, DigitImages.NoDigit));
        var inputs = TrainingInputs.Of(options, _models, _feedback);
        Assert.Contains(DigitImages.NoDigit, Enumerable.Range(0, inputs.Feedback!.Images.Count).Select(inputs.Feedback.Images.Label));
        using var run = _runs.Create(options, inputs: inputs);
        Assert.NotEmpty(FineTune(run));
    }

    [Fact]
    public void ABaseThatCannotBeUsedIsRefusedBeforeThereIsARun()
    {
        var options = new TrainingOverrides { Base = _base.Id, Feedback = true, TrainSize = 100 }.Resolve(_base);
        var other = Assert.Throws<PthFormatException>(() => TrainingInputs.Of(options with { Network = "mlp" }, _models, _feedback));
        Assert.Contains($"The base {_base.Id} cannot be used. It does not fit the network mlp", other.Message, StringComparison.Ordinal);
        Assert.Throws<EntryNotFoundException>(() => TrainingInputs.Of(options with { Base = "nobody" }, _models, _feedback));

        var path = _folder.File($"models/{_base.Id}/model.pth");
        var weights = File.ReadAllBytes(path);
        weights[weights.Length / 2] ^= 1;
        File.WriteAllBytes(path, weights);
        Assert.Throws<DamagedEntryException>(() => TrainingInputs.Of(options, _models, _feedback));
    }

    [Fact]
    public void ATrainerTakesNoOtherInputsThanItsOptionsSpeakOf()
    {
        var options = new TrainingOverrides { Base = _base.Id, Feedback = true, TrainSize = 100 }.Resolve(_base);
        Assert.Throws<InvalidInputException>(() => new Trainer(options, _data.Train));
        Assert.Throws<InvalidInputException>(() => new Trainer(_baseOptions, _data.Train, inputs: TrainingInputs.Of(options, _models, _feedback)));
        Assert.Throws<InvalidInputException>(() => _runs.Create(options));

        using var mlp = NetworkCatalog.Create("mlp", seed: 1);
        var wrong = TrainingInputs.None with { Base = Checkpoint.OfWeights(mlp) };
        var error = Assert.Throws<PthFormatException>(() => new Trainer(options with { Feedback = false }, _data.Train, inputs: wrong));
        Assert.Contains("It does not fit the network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithNothingToLearnFromThatIsSaidWithTheReason()
    {
        var options = new TrainingOverrides { Base = _base.Id, Feedback = true, TrainSize = 100 }.Resolve(_base);
        Assert.Contains("none is kept. Correct answers first", Refusal(null), StringComparison.Ordinal);
        var store = new FeedbackStore(_folder.File("other"));
        Assert.Contains("none is kept", Refusal(store), StringComparison.Ordinal);
        store.Add(TurnedDigits.New(0, DigitImages.NoDigit));
        Assert.Contains("1 show no digit, which mlp-bn does not tell", Refusal(store), StringComparison.Ordinal);
        store.DeleteAll();
        store.Add(Enumerable.Range(0, 100).Select(number => TurnedDigits.New(number)).First(IsHeldOut));
        Assert.Contains("the 1 that are kept are held out", Refusal(store), StringComparison.Ordinal);

        string Refusal(FeedbackStore? feedback) =>
            Assert.Throws<EntryConflictException>(() => TrainingInputs.Of(options, _models, feedback)).Message;

        static bool IsHeldOut(NewFeedback picture) => FeedbackSplit.IsHeldOut(FeedbackSample.IdOf(picture.Picture.Span), seed: 4);
    }

    private TrainingInputs Inputs() => TrainingInputs.Of(Options(), _models, _feedback);

    private TrainingOptions Options() =>
        new TrainingOverrides { Base = _base.Id, Feedback = true, TrainSize = 500, BatchSize = 64, Epochs = 2, LearningRate = 0.005 }.Resolve(_base);

    private RunHandle Create() => _runs.Create(Options(), inputs: Inputs());

    private string FineTune(RunHandle run) => new TrainingSession(_models, _data).Run(run).Model.Id;

    private void Forget(string model)
    {
        _models.Activate(_models.List().First(entry => entry.Id != model).Id);
        _models.Delete(model);
    }

    private string[] Files(string run) =>
        [.. new DirectoryInfo(Path.Combine(_runs.Folder, run)).EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    private byte[] Weights(string model)
    {
        using var weights = _models.OpenWeights(model);
        using var bytes = new MemoryStream();
        weights.CopyTo(bytes);
        return bytes.ToArray();
    }

    private float[] Ending(TrainingOptions options)
    {
        using var trainer = new Trainer(options, _data.Train, inputs: Inputs());
        trainer.Run();
        trainer.UseBestWeights();
        return Values(trainer.Network);
    }

    private static float[] Values(torch.nn.Module<torch.Tensor, torch.Tensor> network) =>
        [.. network.state_dict().Values.Where(tensor => tensor.dtype == torch.ScalarType.Float32).SelectMany(tensor => tensor.data<float>().ToArray())];

    private static float[] Statistics(torch.nn.Module<torch.Tensor, torch.Tensor> network) =>
        [.. network.buffers().SelectMany(buffer => buffer.to_type(torch.ScalarType.Float32).data<float>().ToArray())];

    private static double Accuracy(LoadedModel model, DigitImages images) => Evaluator.Evaluate(model.Network, images).Accuracy;
}
