using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Feedback;

public sealed class FeedbackComparisonFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _models;
    private readonly FeedbackStore _store;

    public FeedbackComparisonFacts()
    {
        _models = new ModelRegistry(_folder.File("models"));
        _store = new FeedbackStore(_folder.File("feedback"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OnlyPicturesAreReadThatTheModelHasNeverLearnedFrom()
    {
        _store.AddAll([.. Enumerable.Range(0, 60).Select(i => FeedbackPictures.New(i, 5))]);
        var (model, other) = (Info(seed: 3, learned: true), Info(seed: 3, learned: true));
        var heldOut = FeedbackComparison.HeldOut(_store, model, other);
        Assert.InRange(heldOut.Count, 3, 25);
        Assert.All(heldOut, sample => Assert.True(FeedbackSplit.IsHeldOut(sample.Id, 3)));
        Assert.Equal(Ids(heldOut), Ids(FeedbackComparison.HeldOut(_store, model, Info(seed: 4, learned: false))));

        // What the other has learned by another seed is no proof of either.
        var fewer = FeedbackComparison.HeldOut(_store, model, Info(seed: 4, learned: true));
        Assert.Equal(Ids(heldOut).Where(id => FeedbackSplit.IsHeldOut(id, 4)), Ids(fewer));
        Assert.NotEqual(heldOut.Count, fewer.Count);
        Assert.All(FeedbackComparison.HeldOut(_store, model with { Options = null }, other), sample => Assert.True(FeedbackSplit.IsHeldOut(sample.Id, 1)));
    }

    [Fact]
    public void BothModelsReadThePicturesAndWhatOnlyOneReadsRightIsAChange()
    {
        var (five, none) = (Register(TellingModel.Five), Register(TellingModel.NoDigit));
        using var before = _models.Load(none);
        using var after = _models.Load(five);
        var samples = _store.AddAll([.. Enumerable.Range(0, 6).Select(i => FeedbackPictures.New(i, i < 3 ? 5 : i == 3 ? DigitImages.NoDigit : 8))])
            .Select(stored => stored.Sample).ToList();
        var read = FeedbackComparison.Read(_store, samples, before, after)!;
        Assert.Equal((1 / 6.0, 3 / 6.0), (read.Before.Accuracy, read.After.Accuracy));
        Assert.Equal((6, 3, 1), (read.Changes.Images, read.Changes.NowRight, read.Changes.NowWrong));
        var worse = read.Changes.Changes[0];
        Assert.Equal((samples[3].Id, null, null, null, 5, false), (worse.Sample, worse.Index, worse.Actual, worse.Before.Digit, worse.After.Digit, worse.IsRight));
        Assert.All(read.Changes.Changes.Skip(1), change => Assert.Equal((5, null, 5, true), (change.Actual, change.Before.Digit, change.After.Digit, change.IsRight)));

        // A 5 without a doubt, and what would be a 4, of five pictures that show digits.
        Assert.InRange(read.After.MeanConfidence!.Value, 0.99, 1);
        Assert.InRange(read.Before.MeanConfidence!.Value, 0.9, 0.99);
    }

    [Fact]
    public void EachModelReadsAPictureInItsOwnWay()
    {
        var (mnist, plain) = (Register(TellingModel.Five), Register(TellingModel.Five, info => info with { Preprocess = "plain" }));
        using var before = _models.Load(mnist);
        using var after = _models.Load(plain);
        var sample = _store.Add(FeedbackPictures.New(1, 5)).Sample;
        var read = FeedbackComparison.Read(_store, [sample], before, after)!;
        Assert.Equal((1, 1.0, 1.0), (read.Changes.Images, read.Before.Accuracy, read.After.Accuracy));
        Assert.Empty(read.Changes.Changes);
    }

    [Fact]
    public void PicturesThatAreDamagedOrDeletedMeanwhileAreLeftOut()
    {
        var five = Register(TellingModel.Five);
        using var before = _models.Load(five);
        using var after = _models.Load(five);
        var samples = _store.AddAll([.. Enumerable.Range(0, 3).Select(i => FeedbackPictures.New(i, 5))]).Select(stored => stored.Sample).ToList();
        var picture = Path.Combine(_store.Folder, samples[0].Id, "picture.png");
        File.WriteAllBytes(picture, File.ReadAllBytes(picture)[..40]);
        _store.Delete(samples[1].Id);
        Assert.Equal(1, FeedbackComparison.Read(_store, samples, before, after)!.Changes.Images);
        Assert.Null(FeedbackComparison.Read(_store, samples.Take(2), before, after));
    }

    [Fact]
    public void NobodyHasToWaitForTheEnd()
    {
        var five = Register(TellingModel.Five);
        using var before = _models.Load(five);
        using var after = _models.Load(five);
        var sample = _store.Add(FeedbackPictures.New(1, 5)).Sample;
        Assert.Throws<OperationCanceledException>(() => FeedbackComparison.Read(_store, [sample], before, after, new CancellationToken(canceled: true)));
    }

    private static IEnumerable<string> Ids(IEnumerable<FeedbackSample> samples) => samples.Select(sample => sample.Id);

    private static ModelInfo Info(long seed, bool learned) =>
        Processes.RegistryWorker.Info("model") with { Options = new TrainingOptions { Seed = seed, Feedback = learned } };

    private string Register(IReadOnlyList<(int Class, float Logit)> answer, Func<ModelInfo, ModelInfo>? tell = null) =>
        TellingModel.Register(_models.Folder, answer, tell);
}
