using DigitService.Recognition.Data;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Models;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Inference;

public sealed class DigitClassifierFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;
    private readonly string _first;
    private readonly string _second;

    public DigitClassifierFacts()
    {
        _registry = new ModelRegistry(_folder.File("models"));
        _first = Register(seed: 1);
        _second = Register(seed: 2);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ItAnswersAsTheModelDoesAlone()
    {
        using var classifier = new DigitClassifier(_registry);
        classifier.Activate(_first);
        using var model = _registry.Load(_first);
        var reader = new DigitReader(model);
        for (var i = 0; i < 5; i++)
        {
            var pixels = Mnist.First(1, 5).Test.Image(i).ToArray();
            var (prediction, id) = await classifier.ClassifyAsync(pixels);
            Assert.Equal(_first, id);
            Assert.Same(pixels, prediction.Input);
            Assert.Equal(reader.Predict(pixels).Probabilities, prediction.Probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    [Fact]
    public async Task ACrowdIsAnsweredAndEachGetsItsOwnAnswer()
    {
        var images = Mnist.First(1, 300).Test;
        using var classifier = new DigitClassifier(_registry, workers: 2);
        classifier.Activate(_first);
        var answers = await Task.WhenAll(Enumerable.Range(0, images.Count).Select(i =>
            Task.Run(() => classifier.ClassifyAsync(images.Image(i).ToArray()))));

        using var model = _registry.Load(_first);
        var reader = new DigitReader(model);
        foreach (var (i, answer) in answers.Index())
        {
            var expected = reader.Predict(images.Image(i).ToArray()).Probabilities;
            Assert.Equal(expected, answer.Prediction.Probabilities, (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public async Task AnotherModelTakesOverWhileRequestsAreUnderWayAndNoneIsLost()
    {
        using var classifier = new DigitClassifier(_registry, capacity: 10_000, workers: 2);
        classifier.Activate(_first);
        var pixels = Mnist.First(1, 1).Test.Image(0).ToArray();
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var ids = new List<string>();
            for (var i = 0; i < 200; i++)
            {
                ids.Add((await classifier.ClassifyAsync(pixels)).ModelId);
            }

            return ids;
        })).ToArray();
        for (var i = 0; i < 20; i++)
        {
            classifier.Activate(i % 2 == 0 ? _second : _first);
        }

        var answered = (await Task.WhenAll(asking)).SelectMany(ids => ids).ToArray();
        Assert.Equal(800, answered.Length);
        Assert.All(answered, id => Assert.True(id == _first || id == _second));
        Assert.Equal(_first, classifier.ActiveId);
    }

    [Fact]
    public void AModelIsFreedWhenTheLastOfItsHoldersLetsGo()
    {
        var model = new SharedModel(_registry.Load(_first));
        Assert.True(model.TryHold());
        model.Release();
        Assert.False(model.IsFreed);
        _ = model.Model.Network.parameters().First().sum().item<float>();

        model.Release();
        Assert.True(model.IsFreed);
        Assert.False(model.TryHold());
    }

    [Fact]
    public async Task AModelCanBeChosenForARequest()
    {
        using var classifier = new DigitClassifier(_registry);
        classifier.Activate(_first);
        var pixels = new byte[DigitImages.Pixels];
        Assert.Equal(_second, (await classifier.ClassifyAsync(pixels, _second)).ModelId);
        Assert.Equal(_first, (await classifier.ClassifyAsync(pixels)).ModelId);
        await Assert.ThrowsAsync<EntryNotFoundException>(() => classifier.ClassifyAsync(pixels, "20200101-000000-cnn"));
    }

    [Fact]
    public async Task WithoutAModelThatIsSaid()
    {
        using var classifier = new DigitClassifier(_registry);
        Assert.Null(classifier.ActiveId);
        var error = await Assert.ThrowsAsync<ClassifierUnavailableException>(() => classifier.ClassifyAsync(new byte[784]));
        Assert.Contains("no model yet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatDoesNotFitIntoTheQueueIsRefusedAtOnceAndTheRestIsAnswered()
    {
        using var classifier = new DigitClassifier(_registry, capacity: 1, workers: 1);
        classifier.Activate(_first);
        var answers = new List<Task<Classification>>();
        var refused = 0;

        // Far faster than a network reads; a machine on which none is refused would have answered all in no time.
        while (refused == 0 && answers.Count < 100_000)
        {
            try
            {
                answers.Add(classifier.ClassifyAsync(new byte[784]));
            }
            catch (ClassifierUnavailableException)
            {
                refused++;
            }
        }

        Assert.Equal(1, refused);
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(_first, answer.ModelId));
    }

    [Fact]
    public async Task WrongLengthSaysHowManyPixelsItNeeds()
    {
        using var classifier = new DigitClassifier(_registry);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => classifier.ClassifyAsync(new byte[100]));
        Assert.Contains("784", error.Message, StringComparison.Ordinal);
    }

    private string Register(long seed)
    {
        using var network = NetworkCatalog.Create("lenet5", seed);
        return _registry.Register(
            new ModelInfo
            {
                Network = "lenet5",
                Normalization = Normalization.Mnist,
                Parameters = network.parameters().Sum(parameter => parameter.numel()),
                Versions = LibraryVersions.Current(),
            },
            Checkpoint.OfWeights(network).Write).Id;
    }
}
