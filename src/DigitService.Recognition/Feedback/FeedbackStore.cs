using DigitService.Recognition.Imaging;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// Pictures with what people say that they show, a folder each: <c>sample.json</c> and the picture as it came. A sample
/// is whole or not there, and on the disk when a method that stores or changes it returns. Any number of threads and
/// processes may read and change them.
/// </summary>
public sealed class FeedbackStore
{
    private const int FewPictures = 2;

    private readonly TimeProvider _time;
    private readonly FeedbackIndex _index;

    /// <summary>Opens a store, and removes what processes left that were killed. The folder is made with the first picture.</summary>
    /// <param name="folder">The folder of the samples' folders.</param>
    /// <param name="limits">How much is kept, and for how long; the defaults where null.</param>
    /// <param name="time">The clock; the system's where null.</param>
    public FeedbackStore(string folder, FeedbackLimits? limits = null, TimeProvider? time = null)
    {
        Folder = Path.GetFullPath(folder);
        Limits = limits ?? new FeedbackLimits();
        _time = time ?? TimeProvider.System;
        _index = new FeedbackIndex(Folder, id => FolderOf(id).Read());
        TemporaryEntry.TryDeleteAllIn(Folder, LockPath);
    }

    public string Folder { get; }

    public FeedbackLimits Limits { get; }

    /// <summary>What messages call the folder: for callers who are not to know its path, a name.</summary>
    public string ShownAs { get; init; } = "feedback";

    /// <summary>How long a change waits for another process's before it gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many samples there are, damaged ones too.</summary>
    public int Count => _index.Ids().Count();

    private string LockPath => Path.Combine(Folder, ".lock");

    /// <summary>All samples, the newest first, and after them those that are damaged, with the reason.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public IReadOnlyList<FeedbackEntry> List() =>
    [
        .. _index.Read()
            .OrderByDescending(entry => entry.Sample?.CreatedAt ?? DateTimeOffset.MinValue)
            .ThenBy(entry => entry.Id, StringComparer.Ordinal),
    ];

    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such sample.</exception>
    /// <exception cref="DamagedEntryException">A file of it is missing or nonsense.</exception>
    public FeedbackSample Get(string id)
    {
        Require(id);
        try
        {
            return FolderOf(id).Read();
        }
        catch (DamagedEntryException) when (!Directory.Exists(PathOf(id)))
        {
            // Deleted by somebody else in the middle of reading.
            throw Missing(id);
        }
    }

    /// <summary>The picture of a sample, as it came.</summary>
    /// <exception cref="EntryNotFoundException">It has been deleted.</exception>
    /// <exception cref="DamagedEntryException">The picture is missing or cannot be read.</exception>
    public Stream OpenPicture(FeedbackSample sample)
    {
        Require(sample.Id);
        return FolderOf(sample.Id).OpenPicture(sample);
    }

    /// <summary>Stores a picture. One that is there already keeps all but its label, which becomes the new one.</summary>
    /// <exception cref="ArgumentException">The label or the input is none.</exception>
    /// <exception cref="ImageException">The bytes are of no format that is read.</exception>
    /// <exception cref="FeedbackFullException">No more is kept. Nothing that is there gives way.</exception>
    /// <exception cref="EntryConflictException">Another process is changing the store, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public StoredFeedback Add(NewFeedback picture) => AddAll([picture]) is [var stored] ? stored : throw Full();

    /// <summary>Stores pictures in turn until no more are kept. All those whose results come back are on the disk.</summary>
    /// <returns>What became of each; fewer than there are pictures if those that are left do not fit.</returns>
    /// <exception cref="ArgumentException">A label or an input is none. Nothing is stored.</exception>
    /// <exception cref="ImageException">Bytes are of no format that is read. Nothing is stored.</exception>
    /// <exception cref="EntryConflictException">Another process is changing the store, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public IReadOnlyList<StoredFeedback> AddAll(IReadOnlyList<NewFeedback> pictures)
    {
        List<FeedbackSample> samples = [.. pictures.Select(picture => FeedbackSample.Of(picture, _time.GetUtcNow()))];
        return Change(pictures.Count == 1 ? "store the picture" : "store the pictures", () =>
        {
            DeleteOlder();
            var kept = _index.Read(checkChanges: false);
            var (count, bytes) = (kept.Count, kept.Sum(entry => entry.Sample?.Size ?? 0));
            var stored = new List<StoredFeedback>(samples.Count);
            using var batch = new FeedbackBatch(Folder, ShownAs, samples.Count <= FewPictures);
            foreach (var (sample, picture) in samples.Zip(pictures))
            {
                if (batch.Contains(sample.Id) || IsThere(sample.Id))
                {
                    batch.MoveIntoPlace();
                    stored.Add(Relabel(Get(sample.Id), sample.Label));
                }
                else if (count >= Limits.MaximumSamples || bytes + sample.Size > Limits.MaximumBytes)
                {
                    break;
                }
                else
                {
                    batch.Add(sample, picture.Picture.Span);
                    (count, bytes) = (count + 1, bytes + sample.Size);
                    stored.Add(new StoredFeedback(sample, FeedbackOutcome.Added));
                }
            }

            batch.MoveIntoPlace();
            return stored;
        });
    }

    /// <summary>Says that a picture shows something else.</summary>
    /// <exception cref="ArgumentException">That is no label, or not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such sample.</exception>
    /// <exception cref="DamagedEntryException">A file of it is missing or nonsense.</exception>
    /// <exception cref="EntryConflictException">Another process is changing the store, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public FeedbackSample SetLabel(string id, int label)
    {
        FeedbackLabel.Require(label);
        Require(id);
        return Change($"change {id}", () => Relabel(Get(id), label).Sample);
    }

    /// <summary>Removes a sample, a damaged one too.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such sample.</exception>
    /// <exception cref="EntryConflictException">Another process is changing the store, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Delete(string id)
    {
        Require(id);
        Change($"delete {id}", () =>
        {
            Require(id);
            return Remove([id]);
        });
    }

    /// <summary>Removes all samples, damaged ones too.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="EntryConflictException">Another process is changing the store, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public int DeleteAll() => Directory.Exists(Folder) ? Change("delete all", () => Remove([.. _index.Ids()])) : 0;

    /// <summary>Removes those that have been kept for as long as <see cref="FeedbackLimits.RetentionDays"/> says.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="EntryConflictException">Another process is changing the store, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public int DeleteExpired() => Limits.RetentionDays > 0 && Directory.Exists(Folder) ? Change("delete the oldest", DeleteOlder) : 0;

    private int DeleteOlder()
    {
        if (Limits.RetentionDays == 0)
        {
            return 0;
        }

        // What is damaged may not tell its time any longer; its folder does.
        var latest = _time.GetUtcNow() - TimeSpan.FromDays(Limits.RetentionDays);
        return Remove([.. _index.Read(checkChanges: false)
            .Where(entry => (entry.Sample?.CreatedAt ?? Directory.GetLastWriteTimeUtc(PathOf(entry.Id))) < latest)
            .Select(entry => entry.Id)]);
    }

    private int Remove(IReadOnlyCollection<string> ids)
    {
        List<string> removed = [];
        foreach (var id in ids)
        {
            removed.Add(TemporaryEntry.NewPath(Folder));
            Directory.Move(PathOf(id), removed[^1]);
        }

        if (removed.Count > 0)
        {
            DurableFolder.Flush(Folder);
        }

        removed.ForEach(TemporaryEntry.TryDelete);
        return removed.Count;
    }

    private StoredFeedback Relabel(FeedbackSample sample, int label)
    {
        if (sample.Label == label)
        {
            return new StoredFeedback(sample, FeedbackOutcome.Unchanged);
        }

        sample = sample with { Label = label, LabelledAt = _time.GetUtcNow() };
        FolderOf(sample.Id).Replace(sample);
        return new StoredFeedback(sample, FeedbackOutcome.Corrected);
    }

    // What is damaged makes room for the picture that has come again.
    private bool IsThere(string id)
    {
        try
        {
            return Directory.Exists(PathOf(id)) && FolderOf(id).Read().Id == id;
        }
        catch (DamagedEntryException)
        {
            Remove([id]);
            return false;
        }
    }

    private string PathOf(string id) => Path.Combine(Folder, id);

    private FeedbackFolder FolderOf(string id) => new(PathOf(id), ShownAs);

    private void Require(string id)
    {
        if (!FeedbackIndex.IsId(id))
        {
            throw new InvalidInputException(
                $"{PthFormatException.Quote(id)} is not an id. An id of feedback is a SHA-256: 64 of the characters 0 to 9 and a to f.");
        }

        if (!Directory.Exists(PathOf(id)))
        {
            throw Missing(id);
        }
    }

    private EntryNotFoundException Missing(string id) => new($"There is no picture {id} in {ShownAs}.");

    private FeedbackFullException Full() => new(
        $"No more feedback is kept here than {Limits.MaximumSamples:N0} pictures and {Limits.MaximumBytes >> 20:N0} MB. "
        + "Delete some, or allow more in the settings; nothing is given up by itself.");

    private T Change<T>(string what, Func<T> change) =>
        LockedFolder.Change(Folder, ShownAs, LockPath, Patience, what, change);
}
