using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Imaging;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Feedback;

public sealed class FeedbackStoreFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private string Root => _folder.File("feedback");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APictureIsStoredWholeAndIsFoundByTheNextStore()
    {
        var prediction = new FeedbackPrediction("model", null, 4, 0.4f, 0.3f);
        var picture = FeedbackPictures.New(1, 7, prediction);
        var (stored, outcome) = Open().Add(picture);
        Assert.Equal(FeedbackOutcome.Added, outcome);

        var store = Open();
        var sample = Assert.Single(store.List()).Sample!;
        Assert.Equal((stored.Id, 7, FeedbackSource.Drawn, "image/png"), (sample.Id, sample.Label, sample.Source, sample.MediaType));
        Assert.Equal((_time.GetUtcNow(), _time.GetUtcNow()), (sample.CreatedAt, sample.LabelledAt));
        Assert.Equal(prediction, sample.Prediction);
        Assert.Equal(picture.Input, sample.Input);
        Assert.Equal(picture.Picture.ToArray(), Read(store, sample));
        Assert.Equal([".lock", sample.Id], Names());
    }

    [Fact]
    public void TheSameBytesOnceMoreCorrectTheLabelAndKeepAllElse()
    {
        var store = Open();
        var first = store.Add(FeedbackPictures.New(1, 7)).Sample;
        _time.Advance(60);
        Assert.Equal(FeedbackOutcome.Unchanged, store.Add(FeedbackPictures.New(1, 7)).Outcome);
        var (second, outcome) = store.Add(FeedbackPictures.New(1, 1, new FeedbackPrediction("other", 1, 1, 1, null)));
        Assert.Equal(FeedbackOutcome.Corrected, outcome);
        Assert.Equal((1, first.CreatedAt, _time.GetUtcNow()), (second.Label, second.CreatedAt, second.LabelledAt));
        Assert.Null(second.Prediction);
        Assert.Equal(1, Assert.Single(Open().List()).Sample!.Label);
    }

    [Fact]
    public void PicturesThatComeTwiceInOneGoAreOneWithTheLastLabel()
    {
        var store = Open();
        var stored = store.AddAll([.. Enumerable.Range(0, 12).Select(i => FeedbackPictures.New(i % 4, i % 5))]);
        Assert.Equal(4, stored.Count(picture => picture.Outcome == FeedbackOutcome.Added));
        Assert.Equal([3, 4, 0, 1], Enumerable.Range(0, 4).Select(i => store.Get(FeedbackSample.IdOf(FeedbackPictures.Png(i))).Label));
        Assert.Equal(5, Names().Length);
    }

    [Fact]
    public void AFullStoreSaysSoKeepsWhatItHasAndStillCorrects()
    {
        var store = Open(new FeedbackLimits { MaximumSamples = 2 });
        Assert.Equal(2, store.AddAll([.. Enumerable.Range(0, 3).Select(i => FeedbackPictures.New(i, 1))]).Count);
        var error = Assert.Throws<FeedbackFullException>(() => store.Add(FeedbackPictures.New(3, 1)));
        Assert.Contains("2 pictures", error.Message, StringComparison.Ordinal);
        Assert.Equal(FeedbackOutcome.Corrected, store.Add(FeedbackPictures.New(0, 2)).Outcome);
        Assert.Equal(2, store.Count);

        store.Delete(FeedbackSample.IdOf(FeedbackPictures.Png(0)));
        Assert.Equal(FeedbackOutcome.Added, store.Add(FeedbackPictures.New(3, 1)).Outcome);

        var small = Open(new FeedbackLimits { MaximumBytes = 1_000 }, "small");
        Assert.Throws<FeedbackFullException>(() => small.Add(FeedbackPictures.Of(FeedbackPictures.Bmp(1), 1)));
        Assert.Equal(0, small.Count);
    }

    [Fact]
    public void WhatHasBeenKeptLongEnoughIsDeletedAndNothingElse()
    {
        var store = Open(new FeedbackLimits { RetentionDays = 30 });
        store.Add(FeedbackPictures.New(1, 1));
        _time.Advance(TimeSpan.FromDays(29).TotalSeconds);
        store.Add(FeedbackPictures.New(2, 2));
        Assert.Equal(0, store.DeleteExpired());
        _time.Advance(TimeSpan.FromDays(1.5).TotalSeconds);
        Assert.Equal(1, store.DeleteExpired());
        Assert.Equal(2, Assert.Single(store.List()).Sample!.Label);

        _time.Advance(TimeSpan.FromDays(30).TotalSeconds);
        store.Add(FeedbackPictures.New(3, 3));
        Assert.Equal(3, Assert.Single(store.List()).Sample!.Label);
    }

    [Theory]
    [InlineData("sample.json", "it is missing")]
    [InlineData("picture.png", "it is missing")]
    public void WhatIsDamagedIsListedWithTheReasonAndMakesRoomForItsPicture(string file, string reason)
    {
        var store = Open();
        var id = store.Add(FeedbackPictures.New(1, 1)).Sample.Id;
        store.Add(FeedbackPictures.New(2, 2));
        File.Delete(Path.Combine(Root, id, file));

        var entry = store.List()[^1];
        Assert.Equal((id, null), (entry.Id, entry.Sample));
        Assert.Contains(reason, entry.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Root, entry.Error, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<DamagedEntryException>(() => store.Get(id)).Message, StringComparison.Ordinal);

        Assert.Equal(FeedbackOutcome.Added, store.Add(FeedbackPictures.New(1, 5)).Outcome);
        Assert.Equal(5, store.Get(id).Label);
        Assert.DoesNotContain(store.List(), other => other.Error is not null);
    }

    [Fact]
    public void DeletingAllLeavesNothingOfItAndTouchesNothingElse()
    {
        var store = Open();
        Assert.Equal(0, store.DeleteAll());
        store.AddAll([.. Enumerable.Range(0, 5).Select(i => FeedbackPictures.New(i, i))]);
        Directory.CreateDirectory(Path.Combine(Root, "notes"));
        File.WriteAllText(Path.Combine(Root, "notes", "mine.txt"), "mine");
        Assert.Equal(5, store.DeleteAll());
        Assert.Empty(store.List());
        Assert.Equal([".lock", "notes"], Names());
        Assert.True(File.Exists(Path.Combine(Root, "notes", "mine.txt")));
    }

    [Fact]
    public void WhatAnotherStoreChangesIsSeenAtOnce()
    {
        var (one, other) = (Open(), Open());
        var id = one.Add(FeedbackPictures.New(1, 1)).Sample.Id;
        foreach (var label in new[] { 2, 3, DigitImages.NoDigit })
        {
            other.SetLabel(id, label);
            Assert.Equal(label, Assert.Single(one.List()).Sample!.Label);
        }

        other.Delete(id);
        Assert.Empty(one.List());
        Assert.Throws<EntryNotFoundException>(() => one.SetLabel(id, 1));
    }

    [Fact]
    public void SamplesAreFoundByLabelAnswerMistakeAndTime()
    {
        var store = Open();
        store.Add(FeedbackPictures.New(1, 7, new FeedbackPrediction("m", 7, 7, 1, null)));
        store.Add(FeedbackPictures.New(2, 7, new FeedbackPrediction("m", 1, 1, 1, null)));
        _time.Advance(60);
        store.Add(FeedbackPictures.New(3, 7, new FeedbackPrediction("m", null, 7, 1, 0.1f)));
        store.Add(FeedbackPictures.New(4, DigitImages.NoDigit, new FeedbackPrediction("m", null, 7, 1, 0.1f)));
        store.Add(FeedbackPictures.New(5, 3));
        Assert.Equal([1, 2, 3], Find(new FeedbackQuery { Label = 7 }));
        Assert.Equal([4], Find(new FeedbackQuery { Label = DigitImages.NoDigit }));
        Assert.Equal([2], Find(new FeedbackQuery { Predicted = 1 }));
        Assert.Equal([3, 4], Find(new FeedbackQuery { Predicted = DigitImages.NoDigit }));
        Assert.Equal([2, 3], Find(new FeedbackQuery { WrongOnly = true }));
        Assert.Equal([3], Find(new FeedbackQuery { WrongOnly = true, Since = _time.GetUtcNow() }));
        Assert.Equal([1, 2, 3, 4, 5], Find(new FeedbackQuery()));

        int[] Find(FeedbackQuery query) => [.. store.List()
            .Where(entry => query.Matches(entry.Sample!))
            .Select(entry => Enumerable.Range(1, 5).Single(i => entry.Id == FeedbackSample.IdOf(FeedbackPictures.Png(i))))
            .Order()];
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData(".lock")]
    [InlineData("")]
    [InlineData("9D5CF83D213D82C225620F19D2025416CD19A5F2A7734FE5A014A127A6A064B7")]
    public void WhatIsNoSha256IsNoId(string id)
    {
        var store = Open();
        Assert.Throws<InvalidInputException>(() => store.Get(id));
        Assert.Throws<InvalidInputException>(() => store.Delete(id));
        Assert.Throws<InvalidInputException>(() => store.SetLabel(id, 1));
    }

    [Fact]
    public void WhatIsNoPictureOrLabelIsRefusedAndLeavesNothing()
    {
        var store = Open();
        Assert.Throws<InvalidInputException>(() => store.Add(FeedbackPictures.New(1, 11)));
        Assert.Throws<InvalidInputException>(() => store.Add(FeedbackPictures.New(1, -1)));
        Assert.Throws<ImageException>(() => store.Add(new NewFeedback("text"u8.ToArray(), new byte[784], 1, FeedbackSource.Uploaded, null)));
        Assert.False(Directory.Exists(Root));
    }

    private FeedbackStore Open(FeedbackLimits? limits = null, string name = "feedback") => new(_folder.File(name), limits, _time);

    private string[] Names() => [.. Directory.GetFileSystemEntries(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static byte[] Read(FeedbackStore store, FeedbackSample sample)
    {
        using var picture = store.OpenPicture(sample);
        using var copy = new MemoryStream();
        picture.CopyTo(copy);
        return copy.ToArray();
    }
}
