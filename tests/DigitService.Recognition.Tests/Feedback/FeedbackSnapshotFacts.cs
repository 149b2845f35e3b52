using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Feedback;

public sealed class FeedbackSnapshotFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AboutOneInFiveIsHeldOutAndNotLearnedFrom(long seed)
    {
        var store = TurnedDigits.Store(_folder.File("feedback"), 200);
        var (snapshot, counts) = FeedbackSnapshot.Of(store.List(), seed, tellsDigits: false);
        Assert.DoesNotContain(snapshot.Ids, id => FeedbackSplit.IsHeldOut(id, seed));
        Assert.Equal(store.List().Count(entry => FeedbackSplit.IsHeldOut(entry.Id, seed)), counts.HeldOut);
        Assert.Equal((200 - counts.HeldOut, 0), (counts.Learned, counts.LeftOut));
        Assert.Equal(counts.Learned, snapshot.Images.Count);
        Assert.InRange(counts.HeldOut, 20, 60);
    }

    [Fact]
    public void AnotherSeedHoldsOutOthers()
    {
        var ids = Enumerable.Range(0, 100).Select(number => FeedbackSample.IdOf([(byte)number])).ToArray();
        string[] HeldOut(long seed) => [.. ids.Where(id => FeedbackSplit.IsHeldOut(id, seed))];
        Assert.NotEqual(HeldOut(1), HeldOut(2));
        Assert.Equal(HeldOut(1), HeldOut(1));
    }

    [Fact]
    public void WhatShowsNoDigitIsForNetworksThatLearnItAndWhatIsDamagedForNone()
    {
        var store = TurnedDigits.Store(_folder.File("feedback"), 20);
        var damaged = store.List().First(entry => !FeedbackSplit.IsHeldOut(entry.Id, 1)).Id;
        var noDigit = store.List().Last(entry => !FeedbackSplit.IsHeldOut(entry.Id, 1)).Id;
        store.SetLabel(noDigit, DigitImages.NoDigit);
        File.WriteAllText(_folder.File($"feedback/{damaged}/sample.json"), "nonsense");

        var (telling, learned) = FeedbackSnapshot.Of(store.List(), 1, tellsDigits: true);
        Assert.Equal(DigitImages.NoDigit, telling.Images.Label(telling.Ids.ToList().IndexOf(noDigit)));
        Assert.Equal(1, learned.LeftOut);

        var (digits, leftOut) = FeedbackSnapshot.Of(store.List(), 1, tellsDigits: false);
        Assert.DoesNotContain(noDigit, digits.Ids);
        Assert.Equal(learned with { Learned = learned.Learned - 1, LeftOut = 2 }, leftOut);
    }

    [Fact]
    public void WhatIsWrittenReadsBackEqual()
    {
        var store = TurnedDigits.Store(_folder.File("feedback"), 10);
        var (snapshot, _) = FeedbackSnapshot.Of(store.List(), 1, tellsDigits: false);
        snapshot.Write(_folder.File("feedback.pth"));
        var read = FeedbackSnapshot.Read(_folder.File("feedback.pth"));
        Assert.Equal(snapshot.Ids, read.Ids);
        Assert.Equal(snapshot.Images.Fingerprint, read.Images.Fingerprint);
    }

    [Fact]
    public void AFileThatHoldsSomethingElseIsRefused()
    {
        var path = _folder.File("feedback.pth");
        foreach (var content in new object?[]
        {
            null,
            new PthDictionary { ["labels"] = PthTensor.FromArray(new byte[2], 2) },
            Content(labels: [1, 11]),
            Content(labels: [1]),
        })
        {
            PthFile.Write(path, content);
            var error = Assert.Throws<PthFormatException>(() => FeedbackSnapshot.Read(path));
            Assert.Contains("does not hold the corrected pictures of a run", error.Message, StringComparison.Ordinal);
        }

        PthFile.Write(path, Content(labels: [1, 10]));
        Assert.Equal(2, FeedbackSnapshot.Read(path).Images.Count);
    }

    private static PthDictionary Content(byte[] labels) => new()
    {
        ["ids"] = PthTensor.FromArray(new byte[64], 2, 32),
        ["images"] = PthTensor.FromArray(new byte[2 * DigitImages.Pixels], 2, 28, 28),
        ["labels"] = PthTensor.FromArray(labels, labels.Length),
    };
}
