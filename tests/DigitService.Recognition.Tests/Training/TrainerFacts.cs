using DigitService.Recognition.Data;
using DigitService.Recognition.Data.Synthesis;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using TorchSharp;

namespace DigitService.Recognition.Tests.Training;

public class TrainerFacts
{
    private static readonly TrainingOptions _short = new() { Epochs = 1, Seed = 3, ValidationSize = 200 };

    [Theory]
    [InlineData("cnn", 1)]
    [InlineData("cnn", 2)]
    [InlineData("cnn", 3)]
    [InlineData("mlp-bn", 2)]
    [InlineData("convnet", 3)]
    [InlineData("resnet-se", 2)]
    [InlineData("vgg", 2)]
    public void TheSameSeedEndsWithTheSameBits(string network, int replicas)
    {
        var options = _short with
        {
            Network = network,
            Replicas = replicas,
            Augmentation = Augmentation.Elastic,
            NonDigits = NetworkCatalog.Require(network).TellsDigits ? 0.3 : 0,
        };
        Assert.Equal(Weights(options), Weights(options));
    }

    [Fact]
    public void AnotherSeedEndsElsewhere() =>
        Assert.NotEqual(Weights(_short), Weights(_short with { Seed = 4 }));

    [Fact]
    public void ProgressTellsOfEveryBatchAndEpoch()
    {
        var batches = new List<BatchProgress>();
        var epochs = new List<EpochMetrics>();
        using var trainer = new Trainer(_short with { Epochs = 2, BatchSize = 100 }, Mnist.First(1_150, 1).Train)
        {
            OnBatch = batches.Add,
            OnEpoch = epochs.Add,
        };
        trainer.Run();
        Assert.Equal(20, batches.Count);
        Assert.Equal((2, 10, 10, 20), (batches[^1].Epoch, batches[^1].Batch, batches[^1].Batches, batches[^1].Step));
        Assert.Equal(TimeSpan.Zero, batches[^1].TimeLeft);
        Assert.All(batches, batch => Assert.True(batch.ImagesPerSecond > 0));
        Assert.Equal([1, 2], epochs.Select(epoch => epoch.Epoch));
        Assert.True(epochs[1].TrainLoss < epochs[0].TrainLoss);
        Assert.InRange(epochs[1].TrainAccuracy, 0.6, 1);
        Assert.InRange(epochs[1].ValidationAccuracy!.Value, 0.6, 1);
    }

    [Fact]
    public void CancellingStopsAfterTheBatchThatRuns()
    {
        using var cancellation = new CancellationTokenSource();
        using var trainer = new Trainer(_short with { BatchSize = 100 }, Mnist.First(1_200, 1).Train)
        {
            OnBatch = progress =>
            {
                if (progress.Batch == 4)
                {
                    cancellation.Cancel();
                }
            },
        };
        Assert.Throws<OperationCanceledException>(() => trainer.Run(cancellation.Token));
        Assert.Equal((0, 4), (trainer.Epochs.Count, trainer.BatchesDone));
    }

    [Fact]
    public void ADivergedLossEndsTheRun()
    {
        using var trainer = new Trainer(_short with { Epochs = 3 }, Mnist.First(400, 1).Train);
        using (torch.no_grad())
        {
            trainer.Network.parameters().First().fill_(float.NaN);
        }

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Run());
        Assert.Contains("epoch 1, batch 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(0)]
    public void AStepThatGoesWrongInAnEpochsLastBatchIsNoticed(int validationSize)
    {
        // One batch an epoch, all of it ones. Neurons of astronomic activity that the last layer does not listen to yet
        // give a small loss, and a gradient with which it will listen too much.
        var options = _short with
        {
            Network = "mlp",
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 10,
            BatchSize = 1_000,
            ValidationSize = validationSize,
        };
        var images = new DigitImages(new byte[400 * DigitImages.Pixels], [.. Enumerable.Repeat((byte)1, 400)]);
        var losses = new List<double>();
        using var trainer = new Trainer(options, images) { OnBatch = batch => losses.Add(batch.Loss) };
        using (torch.no_grad())
        {
            var state = trainer.Network.state_dict();
            state["fc2.bias"].fill_(3e38f);
            state["fc2.weight"].zero_();
            state["fc3.bias"].zero_();
            state["fc3.weight"].zero_();
        }

        Assert.Throws<TrainingDivergedException>(() => trainer.Run());
        Assert.Equal(Math.Log(10), Assert.Single(losses), 1e-5);
        Assert.Empty(trainer.Epochs);
    }

    [Fact]
    public void SixtyFourReplicasShareABatch()
    {
        using var trainer = new Trainer(_short with { Network = "mlp-bn", Replicas = 64, ValidationSize = 0 }, Mnist.First(256, 1).Train);
        trainer.Run();
        Assert.InRange(trainer.Epochs[0].TrainLoss, 1, 3);
    }

    [Fact]
    public void ImagesHeldOutAreNotLearnedFrom()
    {
        var images = Mnist.First(1_000, 1).Train;
        var held = DatasetSplit.Stratified(images, _short.ValidationSize, null, _short.Seed).Validation;
        var pixels = Enumerable.Range(0, images.Count)
            .SelectMany(i => held.Contains(i) ? new byte[DigitImages.Pixels] : images.Image(i).ToArray());
        var labels = Enumerable.Range(0, images.Count).Select(i => (byte)images.Label(i)).ToArray();
        Assert.Equal(Weights(_short, images), Weights(_short, new DigitImages([.. pixels], labels)));
    }

    [Fact]
    public void TheWeightsOfTheBestEpochAreKept()
    {
        var images = Mnist.First(1_200, 1).Train;
        var options = _short with { Network = "mlp", Epochs = 4 };
        Trainer? running = null;
        using var trainer = new Trainer(options, images) { OnEpoch = SpoilAfterTheSecond };
        running = trainer;
        trainer.Run();
        var best = trainer.Epochs.Max(epoch => epoch.ValidationAccuracy!.Value);
        Assert.Equal(2, trainer.Epochs.Last(epoch => epoch.IsBest).Epoch);
        Assert.True(best > trainer.Epochs[^1].ValidationAccuracy);
        trainer.UseBestWeights();
        var held = DatasetSplit.Stratified(images, options.ValidationSize, null, options.Seed).Validation;
        using var team = new WorkerTeam(1);
        Assert.Equal(best, Evaluator.Evaluate(trainer.Network, images, held, options.Normalization, team).Accuracy);

        void SpoilAfterTheSecond(EpochMetrics epoch)
        {
            if (epoch.Epoch == 2)
            {
                Spoil(running!.Network);
            }
        }

        // All weights zero: a network that has nothing to tell its neurons apart by, and learns no more.
        static void Spoil(torch.nn.Module network)
        {
            using var noGrad = torch.no_grad();
            foreach (var parameter in network.parameters())
            {
                parameter.zero_();
            }
        }
    }

    [Fact]
    public void EarlyStoppingEndsTheRunSomeEpochsAfterTheBest()
    {
        var options = _short with { Epochs = 50, LearningRate = 0.02, EarlyStopping = 2 };
        using var trainer = new Trainer(options, Mnist.First(700, 1).Train);
        trainer.Run();
        Assert.InRange(trainer.Epochs.Count, 3, 49);
        Assert.Equal(trainer.Epochs.Count - 2, trainer.Epochs.Last(epoch => epoch.IsBest).Epoch);
    }

    [Fact]
    public void TheLastBatchIsLeftOutWhenItIsTooSmallToBeShared()
    {
        // 303 images in batches of 100: 3 are left, and two replicas need 4.
        using var left = new Trainer(_short with { Network = "mlp-bn", BatchSize = 100, ValidationSize = 0 }, Mnist.First(303, 1).Train);
        using var taken = new Trainer(_short with { Network = "mlp-bn", BatchSize = 100, ValidationSize = 0 }, Mnist.First(304, 1).Train);
        Assert.Equal((3, 4), (left.BatchesPerEpoch, taken.BatchesPerEpoch));
        left.Run();
        taken.Run();
    }

    [Fact]
    public void LabelSmoothingRaisesTheLossThatIsReported()
    {
        Assert.InRange(LossWith(0.2) - LossWith(0), 0.02, 1);

        static double LossWith(double smoothing)
        {
            var loss = 0.0;
            using var trainer = new Trainer(_short with { LabelSmoothing = smoothing }, Mnist.First(1_000, 1).Train)
            {
                OnBatch = batch => loss = batch.Loss,
            };
            trainer.Run();
            return loss;
        }
    }

    [Fact]
    public void AGradientIsClippedToItsLength()
    {
        // One step of plain descent moves the weights by the rate times the gradient's length.
        var options = _short with { Optimizer = OptimizerKind.Sgd, LearningRate = 1, BatchSize = 1_000, GradientClipping = 0.01 };
        using var trainer = new Trainer(options, Mnist.First(1_000, 1).Train);
        using var scope = torch.NewDisposeScope();
        var before = trainer.Network.parameters().Select(parameter => parameter.detach().clone()).ToArray();
        trainer.Run();
        var squares = trainer.Network.parameters().Zip(before)
            .Sum(pair => pair.First.detach().sub(pair.Second).square().sum().item<float>());
        Assert.Equal(0.01, Math.Sqrt(squares), 1e-5);
    }

    [Fact]
    public void AnUnknownNetworkIsAnsweredWithTheKnownOnes()
    {
        var error = Assert.Throws<InvalidInputException>(() => NetworkCatalog.Create("alexnet", 0));
        Assert.Contains("cnn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkLearnsToTellDigitsFromAllElse()
    {
        var options = _short with { Network = "vgg", Epochs = 3, LearningRate = 3e-3, NonDigits = 0.5, WeightAveraging = 0.9 };
        using var trainer = new Trainer(options, Mnist.First(4_000, 1).Train);
        trainer.Run();
        trainer.UseBestWeights();
        trainer.Network.eval();
        var extras = new Extras(0, 1, Mnist.Whole.Train, [.. Enumerable.Range(50_000, 1_000)], seed: 77);
        var (digits, others) = (new byte[300 * DigitImages.Pixels], new byte[300 * DigitImages.Pixels]);
        for (var i = 0; i < 300; i++)
        {
            var place = i * DigitImages.Pixels;
            Mnist.Whole.Test.Image(i).CopyTo(digits.AsSpan(place));
            extras.Make([i], 0, 1, others.AsSpan(place, DigitImages.Pixels));
        }

        Assert.InRange(Refused(trainer.Network, digits), 0, 0.15);
        Assert.InRange(Refused(trainer.Network, others), 0.7, 1);
    }

    [Fact]
    public void MeanWeightsAreKeptAndNotThoseOfTheLastStep()
    {
        var images = Mnist.First(1_000, 1).Train;
        using var trainer = new Trainer(_short with { WeightAveraging = 0.9 }, images);
        trainer.Run();
        var last = Weights(trainer);
        trainer.UseBestWeights();
        Assert.NotEqual(last, Weights(trainer));
        Assert.Equal(
            trainer.Epochs[0].ValidationAccuracy!.Value,
            Evaluator.Evaluate(trainer.Network, Validation(images, _short)).Accuracy,
            precision: 12);
    }

    [Fact]
    public void TheMeanOfTheLastEpochIsTheBestUnlessTheRunIsStoppedEarly()
    {
        var images = Mnist.First(1_000, 1).Train;
        var options = _short with { Epochs = 4, LearningRate = 0.5, Optimizer = OptimizerKind.Sgd, WeightAveraging = 0.5 };
        using var whole = new Trainer(options, images);
        whole.Run();
        Assert.All(whole.Epochs, epoch => Assert.True(epoch.IsBest));

        using var chosen = new Trainer(options with { EarlyStopping = 4 }, images);
        chosen.Run();
        var best = chosen.Epochs.Where(epoch => epoch.IsBest).Select(epoch => epoch.ValidationAccuracy!.Value).ToList();
        Assert.Equal(best.Order(), best);
        Assert.Equal(chosen.Epochs.Max(epoch => epoch.ValidationAccuracy), best[^1]);
        Assert.Contains(chosen.Epochs, epoch => !epoch.IsBest);
    }

    [Fact]
    public void CyclesLeaveTheMeanOfTheWeightsThatTheyEndWith()
    {
        var images = Mnist.First(1_000, 1).Train;
        var options = _short with { Network = "mlp-bn", Epochs = 20, LearningRate = 0.01, Schedule = ScheduleKind.Cycles };
        var atEpoch = new List<float[]>();
        Trainer? running = null;
        using var trainer = running = new Trainer(options, images) { OnEpoch = _ => atEpoch.Add(Values(running!)) };
        trainer.Run();
        Assert.Equal([19], trainer.Epochs.Where(epoch => !epoch.IsBest).Select(epoch => epoch.Epoch));

        trainer.UseBestWeights();
        var (first, second) = (atEpoch[17], atEpoch[19]);
        Assert.NotEqual(first, second);
        Assert.All(Values(trainer).Index(), value => Assert.Equal(
            (first[value.Index] + second[value.Index]) / 2, value.Item, tolerance: 1e-5f));
        Assert.Equal(
            trainer.Epochs[^1].ValidationAccuracy!.Value,
            Evaluator.Evaluate(trainer.Network, Validation(images, options)).Accuracy,
            precision: 12);
    }

    [Fact]
    public void FourPlainEpochsReachTheAccuracyOfTheOriginal()
    {
        using var trainer = new Trainer(new TrainingOptions { Seed = 0, ValidationSize = 0 }, Mnist.Whole.Train);
        trainer.Run();
        Assert.InRange(Evaluator.Evaluate(trainer.Network, Mnist.Whole.Test).Accuracy, 0.985, 1);
    }

    private static double Refused(torch.nn.Module<torch.Tensor, torch.Tensor> network, byte[] pixels)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var images = new DigitImages(pixels, new byte[pixels.Length / DigitImages.Pixels]);
        var (input, _) = Batch.Make(images, [.. Enumerable.Range(0, images.Count)]);
        return network.call(input).argmax(1).eq(DigitImages.NoDigit).sum().item<long>() / (double)images.Count;
    }

    private static DigitImages Validation(DigitImages images, TrainingOptions options)
    {
        var heldOut = options.Split(images).Validation;
        return new DigitImages(
            [.. heldOut.SelectMany(number => images.Image(number).ToArray())], [.. heldOut.Select(number => (byte)images.Label(number))]);
    }

    private static byte[] Weights(TrainingOptions options, DigitImages? images = null)
    {
        using var trainer = new Trainer(options, images ?? Mnist.First(1_000, 1).Train);
        trainer.Run();
        return Weights(trainer);
    }

    private static float[] Values(Trainer trainer) =>
        [.. trainer.Network.state_dict().Values.Where(tensor => tensor.dtype == torch.ScalarType.Float32).SelectMany(tensor => tensor.data<float>().ToArray())];

    private static byte[] Weights(Trainer trainer)
    {
        return [.. trainer.Network.state_dict().Values.SelectMany(tensor => tensor.bytes.ToArray())];
    }
}
