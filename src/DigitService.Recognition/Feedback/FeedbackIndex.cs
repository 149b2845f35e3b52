using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// What is known of the samples of a folder. Their files are read once, and again when they have changed: other processes
/// may change them too. Any number of threads may ask.
/// </summary>
/// <param name="folder">The folder of the samples' folders.</param>
/// <param name="read">Reads a sample.</param>
internal sealed class FeedbackIndex(string folder, Func<string, FeedbackSample> read)
{
    // Within it, a file may be written twice and have one time.
    private static readonly TimeSpan _clockStep = TimeSpan.FromSeconds(1);

    private Dictionary<string, (DateTime WrittenAt, FeedbackEntry Entry)> _known = [];

    /// <summary>Whether a folder's name is that of a sample: a SHA-256 in hexadecimal.</summary>
    internal static bool IsId(string name) => name.Length == 64 && name.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    /// <summary>The ids of all samples, damaged ones too.</summary>
    internal IEnumerable<string> Ids() => Directory.Exists(folder)
        ? Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Where(IsId)
        : [];

    /// <summary>All samples, in no order.</summary>
    /// <param name="checkChanges">
    /// Whether labels have to be those of now. Where sizes and times matter only, which never change, files that were
    /// read before need not be looked at.
    /// </param>
    internal IReadOnlyCollection<FeedbackEntry> Read(bool checkChanges = true)
    {
        var (known, now) = (_known, new Dictionary<string, (DateTime WrittenAt, FeedbackEntry Entry)>());
        var entries = new List<FeedbackEntry>();
        foreach (var id in Ids())
        {
            var isKnown = known.TryGetValue(id, out var last);
            var writtenAt = isKnown && !checkChanges ? last.WrittenAt : File.GetLastWriteTimeUtc(Path.Combine(folder, id, "sample.json"));
            var isSame = isKnown && last.WrittenAt == writtenAt;
            if ((isSame ? last.Entry : Describe(id)) is not { } entry)
            {
                continue;
            }

            entries.Add(entry);
            if (isSame || (entry.Sample is not null && DateTime.UtcNow - writtenAt > _clockStep))
            {
                now[id] = (writtenAt, entry);
            }
        }

        _known = now;
        return entries;
    }

    private FeedbackEntry? Describe(string id)
    {
        try
        {
            return new FeedbackEntry(id, read(id), null);
        }
        catch (DamagedEntryException error)
        {
            // Or it was deleted by somebody else in the meantime.
            return Directory.Exists(Path.Combine(folder, id)) ? new FeedbackEntry(id, null, error.Message) : null;
        }
    }
}
