using DigitService.Recognition.Data;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Inference;

public sealed class DigitClassifierFacts : IDisposable
{
    private readonly TwoModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task ItAnswersAsTheModelDoesAlone()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        for (var i = 0; i < 5; i++)
        {
            var pixels = Mnist.First(1, 5).Test.Image(i).ToArray();
            var (prediction, id) = await classifier.ClassifyAsync(pixels);
            Assert.Equal(_models.First, id);
            Assert.Same(pixels, prediction.Input);
            Assert.Equal(_models.ProbabilitiesBy(_models.First, pixels), prediction.Probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    [Fact]
    public async Task ACrowdIsAnsweredAndEachGetsItsOwnAnswer()
    {
        var images = Mnist.First(1, 300).Test;
        using var classifier = new DigitClassifier(_models.Registry, workers: 2);
        classifier.Activate(_models.First);
        var answers = await Task.WhenAll(Enumerable.Range(0, images.Count).Select(i =>
            Task.Run(() => classifier.ClassifyAsync(images.Image(i).ToArray()))));

        using var model = _models.Registry.Load(_models.First);
        var reader = new DigitReader(model);
        foreach (var (i, answer) in answers.Index())
        {
            var expected = reader.Predict(images.Image(i).ToArray()).Probabilities;
            Assert.Equal(expected, answer.Prediction.Probabilities, (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public async Task PicturesThatAreAskedAboutTogetherAreAnsweredInTheirOrder()
    {
        var images = Mnist.First(1, 150).Test;
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        using var model = await classifier.HoldAsync();
        byte[][] pictures = [.. Enumerable.Range(0, images.Count).Select(i => images.Image(i).ToArray())];
        var answers = await model.ClassifyAllAsync(pictures);
        Assert.Equal(pictures, answers.Select(answer => answer.Prediction.Input));
    }

    [Fact]
    public async Task ALeaseKeepsItsModelWhateverIsActivated()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        using var model = await classifier.HoldAsync();
        classifier.Activate(_models.Second);
        Assert.Equal(PreprocessMode.Mnist, model.Preprocess);
        Assert.Equal(_models.First, (await model.ClassifyAsync(new byte[784])).ModelId);
        Assert.Equal(_models.Second, (await classifier.ClassifyAsync(new byte[784])).ModelId);

        var late = model.ClassifyAllAsync([new byte[784], new byte[784]]);
        model.Dispose();
        Assert.All(await late, answer => Assert.Equal(_models.First, answer.ModelId));
        Assert.Throws<ObjectDisposedException>(() => { _ = model.ClassifyAsync(new byte[784]); });
    }

    [Fact]
    public void AModelIsFreedWhenTheLastOfItsHoldersLetsGo()
    {
        var model = new SharedModel(_models.Registry.Load(_models.First));
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
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        var pixels = new byte[DigitImages.Pixels];
        Assert.Equal(_models.Second, (await classifier.ClassifyAsync(pixels, _models.Second)).ModelId);
        Assert.Equal(_models.First, (await classifier.ClassifyAsync(pixels, _models.First)).ModelId);
        Assert.Equal(_models.First, (await classifier.ClassifyAsync(pixels)).ModelId);
        await Assert.ThrowsAsync<EntryNotFoundException>(() => classifier.ClassifyAsync(pixels, "20200101-000000-cnn"));
        await Assert.ThrowsAsync<InvalidInputException>(() => classifier.ClassifyAsync(pixels, "../models"));
    }

    [Fact]
    public async Task ADeletedModelThatIsForgottenAnswersNoLonger()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        await classifier.ClassifyAsync(new byte[784], _models.Second);
        _models.Registry.Delete(_models.Second);
        Assert.Equal(_models.Second, (await classifier.ClassifyAsync(new byte[784], _models.Second)).ModelId);

        classifier.Forget(_models.Second);
        await Assert.ThrowsAsync<EntryNotFoundException>(() => classifier.ClassifyAsync(new byte[784], _models.Second));
    }

    [Fact]
    public async Task AModelThatWasChangedIsLoadedAnewOnceItIsForgottenAndOthersStay()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        var third = _models.Register(seed: 3);
        var info = _models.Registry.Get(_models.Second);
        Assert.Equal(_models.Registry.Get(_models.First), classifier.ActiveInfo);
        using var kept = await classifier.HoldAsync(third);
        var before = await classifier.ClassifyAsync(new byte[784], _models.Second);
        _models.Registry.Update(info with { Temperature = 50 }, "{}"u8.ToArray());

        Assert.Equal(before.Prediction.Probabilities, (await classifier.ClassifyAsync(new byte[784], _models.Second)).Prediction.Probabilities);
        classifier.ForgetChanged();
        Assert.NotEqual(before.Prediction.Probabilities, (await classifier.ClassifyAsync(new byte[784], _models.Second)).Prediction.Probabilities);

        // What is still in memory needs no file.
        File.Delete(Path.Combine(_models.Registry.Folder, third, "model.pth"));
        Assert.Equal(third, (await classifier.ClassifyAsync(new byte[784], third)).ModelId);
        classifier.ForgetChanged();
        await Assert.ThrowsAsync<DamagedEntryException>(() => classifier.ClassifyAsync(new byte[784], third));
        Assert.Equal(third, (await kept.ClassifyAsync(new byte[784])).ModelId);
    }

    [Fact]
    public async Task WithoutAModelThatIsSaid()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        Assert.Null(classifier.ActiveId);
        var error = await Assert.ThrowsAsync<ClassifierUnavailableException>(() => classifier.ClassifyAsync(new byte[784]));
        Assert.Contains("no model yet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatDoesNotFitIntoTheQueueIsRefusedAtOnceAndTheRestIsAnswered()
    {
        using var classifier = new DigitClassifier(_models.Registry, capacity: 2, workers: 1);
        classifier.Activate(_models.First);
        using var model = await classifier.HoldAsync();
        Assert.Throws<ClassifierUnavailableException>(() => { _ = model.ClassifyAllAsync([new byte[784], new byte[784], new byte[784]]); });
        var answers = await model.ClassifyAllAsync([new byte[784], new byte[784]]);
        Assert.All(answers, answer => Assert.Equal(_models.First, answer.ModelId));

        // Eight threads ask faster than one network answers, and only two of them may wait.
        var refused = 0;
        var asking = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100_000 && Volatile.Read(ref refused) == 0; i++)
            {
                try
                {
                    Assert.Equal(_models.First, (await classifier.ClassifyAsync(new byte[784])).ModelId);
                }
                catch (ClassifierUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }));
        await Task.WhenAll(asking);
        Assert.InRange(refused, 1, 8);
    }

    [Fact]
    public async Task WrongLengthSaysHowManyPixelsItNeeds()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => classifier.ClassifyAsync(new byte[100]));
        Assert.Contains("784", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACancelledRequestIsNotReadAndTheOthersAre()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        using var model = await classifier.HoldAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.ClassifyAllAsync([new byte[784]], cancelled.Token));
        Assert.Equal(cancelled.Token, error.CancellationToken);
        Assert.Equal(_models.First, (await model.ClassifyAsync(new byte[784])).ModelId);
    }

    [Fact]
    public async Task WhatWaitsWhenItEndsIsAnsweredAndLaterRequestsAreToldTheTruth()
    {
        var classifier = new DigitClassifier(_models.Registry, workers: 1);
        classifier.Activate(_models.First);
        using var model = await classifier.HoldAsync();
        var waiting = model.ClassifyAllAsync([.. Enumerable.Range(0, 500).Select(_ => new byte[784])]);
        classifier.Dispose();

        Assert.Equal(500, (await waiting).Length);
        Assert.Null(classifier.ActiveId);
        Assert.Throws<ObjectDisposedException>(() => { _ = model.ClassifyAsync(new byte[784]); });
        await Assert.ThrowsAsync<ObjectDisposedException>(() => classifier.ClassifyAsync(new byte[784]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => classifier.ClassifyAsync(new byte[784], _models.Second));
        Assert.Throws<ObjectDisposedException>(() => classifier.Activate(_models.First));
        classifier.Dispose();
    }

    [Fact]
    public async Task AModelThatCannotBeUsedLeavesTheActiveOne()
    {
        using var classifier = new DigitClassifier(_models.Registry);
        classifier.Activate(_models.First);
        await File.AppendAllTextAsync(Path.Combine(_models.Registry.Folder, _models.Second, "model.pth"), "x");
        Assert.Throws<DamagedEntryException>(() => classifier.Activate(_models.Second));
        Assert.Equal(_models.First, (await classifier.ClassifyAsync(new byte[784])).ModelId);
    }
}
