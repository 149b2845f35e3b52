using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using TorchSharp;

namespace DigitService.Recognition.Tests.Evaluation;

public class EvaluatorFacts
{
    // More than two batches, the last one not full.
    private static readonly DigitImages _images = Mnist.First(1, 600).Test;

    [Theory]
    [InlineData("cnn")]
    [InlineData("lenet5")]
    public void AReportAgreesWithTheEvaluationDuringTraining(string name)
    {
        using var network = NetworkCatalog.Create(name, 1);
        var result = Evaluator.Evaluate(network, _images);
        var report = EvaluationReport.Of(Evaluator.Probabilities(network, _images), _images);
        Assert.Equal(result.Accuracy, report.Accuracy);
        Assert.Equal(result.Loss, report.Loss, 1e-6);
    }

    [Fact]
    public void NoResultDependsOnTheNumberOfThreads()
    {
        using var network = NetworkCatalog.Create("cnn", 1);
        var probabilities = Evaluator.Probabilities(network, _images);
        Assert.Equal(probabilities, Evaluator.Probabilities(network, _images, threads: 2));
        Assert.Equal(probabilities, Evaluator.Probabilities(network, _images, threads: 5));

        int[] all = [.. Enumerable.Range(0, _images.Count)];
        using var team = new WorkerTeam(3);
        Assert.Equal(Evaluator.Evaluate(network, _images), Evaluator.Evaluate(network, _images, all, Normalization.Mnist, team));
    }

    [Fact]
    public void ATemperatureDividesTheLogarithmsOfTheOdds()
    {
        using var network = NetworkCatalog.Create("cnn", 1);
        var (plain, cooled) = (Evaluator.Probabilities(network, _images), Evaluator.Probabilities(network, _images, temperature: 2.5));
        for (var i = 0; i < plain.Length; i += 10)
        {
            Assert.Equal(Math.Log(plain[i] / plain[i + 1]) / 2.5, Math.Log(cooled[i] / cooled[i + 1]), 1e-5);
        }
    }

    [Fact]
    public void ImagesAreNormalisedAsTheNetworkWasTrained()
    {
        // The mean of 784 normalised pixels, on the answer 0; nothing on the others.
        using var network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(DigitImages.Pixels, 10));
        using (torch.no_grad())
        {
            foreach (var parameter in network.parameters())
            {
                parameter.fill_(0);
            }

            network.parameters().First()[0].fill_(1f / DigitImages.Pixels);
        }

        var ink = new DigitImages([.. Enumerable.Repeat((byte)51, DigitImages.Pixels)], [0]);
        Assert.Equal((0.2 - 0.1307) / 0.3081, FirstLogit(Normalization.Mnist), 1e-4);
        Assert.Equal(0.2, FirstLogit(Normalization.Unit), 1e-4);
        Assert.Equal(-0.6, FirstLogit(Normalization.Symmetric), 1e-4);

        double FirstLogit(Normalization normalization)
        {
            var probabilities = Evaluator.Probabilities(network, ink, normalization);
            var loss = Evaluator.Evaluate(network, ink, normalization).Loss;
            Assert.Equal(-Math.Log(probabilities[0]), loss, 1e-6);
            return Math.Log(probabilities[0] / probabilities[1]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheNetworkIsLeftInItsMode(bool training)
    {
        using var network = NetworkCatalog.Create("cnn", 1);
        network.train(training);
        Evaluator.Probabilities(network, Mnist.First(1, 3).Test);
        Assert.Equal(training, network.training);
    }

    [Fact]
    public void ANetworkThatGivesNoNumbersIsSaidToDoSo()
    {
        using var network = NetworkCatalog.Create("cnn", 1);
        using (torch.no_grad())
        {
            network.parameters().Last().fill_(float.NaN);
        }

        var images = Mnist.First(1, 3).Test;
        var error = Assert.Throws<ArgumentException>(() => EvaluationReport.Of(Evaluator.Probabilities(network, images), images));
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task WhatIsCancelledIsNotReadToItsEnd(int threads)
    {
        using var network = NetworkCatalog.Create("lenet5", 1);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.Throws<OperationCanceledException>(() => Evaluator.Probabilities(network, _images, threads: threads, cancellation: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => TemperatureScaling.Fit(network, _images, [0, 1], threads: threads, cancellation: cancelled.Token));
    }

    [Fact]
    public void AtLeastOneThreadIsNeeded()
    {
        using var network = NetworkCatalog.Create("cnn", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluator.Probabilities(network, _images, threads: 0));
    }
}
