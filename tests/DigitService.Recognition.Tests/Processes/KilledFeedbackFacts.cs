using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;

namespace DigitService.Recognition.Tests.Processes;

public sealed class KilledFeedbackFacts : IDisposable
{
    private const int Kills = 12;
    private const int LongestMilliseconds = 600;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, int> _known = [];

    private string Root => _folder.File("feedback");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NoSampleIsHalfThereOrLostWheneverTheWriterIsKilled()
    {
        var delays = Shuffle.Order(count: Kills, seed: 8, epoch: 1);
        var changes = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = new ChildProcess("feedback", Root, $"{kill}");
            child.WaitFor(RegistryWorker.Ready);
            Thread.Sleep(delays[kill] * LongestMilliseconds / Kills);
            child.Kill();
            changes += RequireWhole(child.WaitForEnd().Output.Split('\n'));
        }

        Assert.True(changes > Kills, $"Only {changes} changes came to their end between {Kills} kills.");
    }

    /// <summary>Sees that what was told to be done is, and that what was not is as before or done.</summary>
    private int RequireWhole(string[] told)
    {
        var (done, pending) = (0, new List<(string Id, int Label)>());
        foreach (var line in told.Where(line => line.Length > 0))
        {
            if (line == FeedbackWorker.Done)
            {
                pending.ForEach(Apply);
                pending.Clear();
                done++;
            }
            else
            {
                pending = [.. FeedbackWorker.Read(line)];
            }
        }

        var store = new FeedbackStore(Root);
        var entries = store.List();
        Assert.All(entries, entry => Assert.Null(entry.Error));
        foreach (var entry in entries)
        {
            using var picture = store.OpenPicture(entry.Sample!);
            var bytes = new byte[picture.Length];
            picture.ReadExactly(bytes);
            Assert.Equal(entry.Id, FeedbackSample.IdOf(bytes));
        }

        var found = entries.ToDictionary(entry => entry.Id, entry => entry.Sample!.Label);
        foreach (var id in found.Keys.Union(_known.Keys))
        {
            var (now, before) = (found.GetValueOrDefault(id, FeedbackWorker.Deleted), _known.GetValueOrDefault(id, FeedbackWorker.Deleted));
            var isPending = pending.Exists(change => change == (id, now));
            Assert.True(now == before || isPending, $"{id} is {now}; it was {before}, and nothing was to change that.");
            Apply((id, now));
        }

        // A process may be killed before it has made anything.
        var names = Directory.Exists(Root) ? Directory.GetFileSystemEntries(Root).Select(path => Path.GetFileName(path)) : [];
        Assert.Equal(found.Keys.Order(), names.Where(name => name != ".lock").Order());
        return done;

        void Apply((string Id, int Label) change)
        {
            if (change.Label == FeedbackWorker.Deleted)
            {
                _known.Remove(change.Id);
            }
            else
            {
                _known[change.Id] = change.Label;
            }
        }
    }
}
