using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// Samples that are being stored: they are made under temporary names, brought to the disk together, and then renamed.
/// The caller holds the folder's lock.
/// </summary>
/// <param name="folder">The folder of the samples' folders.</param>
/// <param name="shownAs">What messages call it.</param>
/// <param name="isSmall">Whether there are so few that each is flushed alone, which leaves alone what others have written.</param>
internal sealed class FeedbackBatch(string folder, string shownAs, bool isSmall) : IDisposable
{
    private readonly bool _isFlushedAlone = isSmall || !DurableFolder.CanFlushDisk;
    private readonly Dictionary<string, string> _made = [];

    internal bool Contains(string id) => _made.ContainsKey(id);

    internal void Add(FeedbackSample sample, ReadOnlySpan<byte> picture)
    {
        var temporary = TemporaryEntry.NewPath(folder);
        _made[sample.Id] = temporary;
        new FeedbackFolder(temporary, shownAs).Make(sample, picture, _isFlushedAlone);
    }

    /// <summary>From here on they are there, and stay.</summary>
    internal void MoveIntoPlace()
    {
        if (_made.Count == 0)
        {
            return;
        }

        if (!_isFlushedAlone)
        {
            DurableFolder.FlushDisk(folder);
        }

        foreach (var (id, temporary) in _made)
        {
            Directory.Move(temporary, Path.Combine(folder, id));
        }

        _made.Clear();
        DurableFolder.Flush(folder);
    }

    public void Dispose()
    {
        foreach (var temporary in _made.Values)
        {
            TemporaryEntry.TryDelete(temporary);
        }
    }
}
