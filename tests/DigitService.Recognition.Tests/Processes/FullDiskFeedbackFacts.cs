using DigitService.Recognition.Feedback;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests.Feedback;

namespace DigitService.Recognition.Tests.Processes;

public sealed class FullDiskFeedbackFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [MountFact]
    public void AFullDiskIsSaidAndLeavesNoHalfSample()
    {
        using var child = new ChildProcess(MountFactAttribute.FullDisk(_folder.File("")), ["full-disk-feedback", _folder.File("")]);
        var (exitCode, _, errors) = child.WaitForEnd();
        Assert.True(exitCode == 0, errors);
    }

    /// <summary>In the child: the folder is a disk of 1 MiB.</summary>
    internal static void Fill(string folder)
    {
        var store = new FeedbackStore(Path.Combine(folder, "feedback"));
        var stored = 0;
        var error = Assert.Throws<IOException>(AddUntilFull);
        Assert.StartsWith("Could not store the picture in feedback; nothing was changed.", error.Message, StringComparison.Ordinal);
        Assert.InRange(stored, 10, 100);
        RequireWhole(stored);

        NewFeedback[] many = [.. Enumerable.Range(stored, 20).Select(i => FeedbackPictures.Of(FeedbackPictures.Bmp(i), 1))];
        Assert.Throws<IOException>(() => store.AddAll(many));
        RequireWhole(stored);

        // With room again, all goes on.
        store.DeleteAll();
        Assert.Equal(many.Length, store.AddAll(many).Count);
        RequireWhole(many.Length);

        void AddUntilFull()
        {
            for (; ; stored++)
            {
                store.Add(FeedbackPictures.Of(FeedbackPictures.Bmp(stored), 1));
            }
        }

        void RequireWhole(int count)
        {
            var entries = new FeedbackStore(store.Folder).List();
            Assert.Equal(count, entries.Count);
            Assert.All(entries, entry => Assert.Null(entry.Error));
            Assert.False(TemporaryEntry.AnyIn(store.Folder));
        }
    }
}
