using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Runs;

/// <summary>
/// All training runs, a folder each: <c>run.json</c>, <c>curve.csv</c> and <c>checkpoint.pth</c>. Any number of threads
/// and processes may read; a run is changed by the one process that holds its <see cref="RunHandle"/>.
/// </summary>
public sealed class RunStore
{
    // Whoever asks whether a run is at work holds its lock for a moment.
    private static readonly TimeSpan _probing = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;

    // Runs that have ended seldom change again, and there are many of them. Replaced as a whole with every list.
    private Dictionary<string, (DateTime WrittenAt, RunEntry Entry)> _ended = [];

    /// <summary>Opens a store, and removes what processes left that were killed. The folder is made with the first run.</summary>
    /// <param name="folder">The folder of the runs' folders.</param>
    /// <param name="time">The clock for ids, dates and durations; the system's where null.</param>
    public RunStore(string folder, TimeProvider? time = null)
    {
        Folder = Path.GetFullPath(folder);
        _time = time ?? TimeProvider.System;
        TemporaryEntry.TryDeleteAllIn(Folder, LockPath);
        foreach (var id in Ids())
        {
            TemporaryEntry.TryDeleteAllIn(PathOf(id), FolderOf(id).LockPath);
            FolderOf(id).TryDeleteNeedlessInputs();
        }
    }

    public string Folder { get; }

    /// <summary>What messages call the folder: for callers who are not to know its path, a name.</summary>
    public string ShownAs { get; init; } = "runs";

    /// <summary>How long a new run waits for another process's before it gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    private string LockPath => Path.Combine(Folder, ".lock");

    /// <summary>All runs, the newest first, and after them those that are damaged, with the reason.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public IReadOnlyList<RunEntry> List()
    {
        var (known, ended) = (_ended, new Dictionary<string, (DateTime WrittenAt, RunEntry Entry)>());
        var entries = new List<RunEntry>();
        foreach (var id in Ids())
        {
            // The time comes first: what is written after it is found to be newer by the next list.
            var writtenAt = File.GetLastWriteTimeUtc(FolderOf(id).RecordPath);
            var entry = known.TryGetValue(id, out var last) && last.WrittenAt == writtenAt ? last.Entry : Describe(id);
            if (entry is not null)
            {
                entries.Add(entry);
            }

            if (entry?.Record is { EndedAt: not null, Status: not (RunStatus.Queued or RunStatus.Running) })
            {
                ended[id] = (writtenAt, entry);
            }
        }

        _ended = ended;
        return
        [
            .. entries
                .OrderByDescending(entry => entry.Record?.CreatedAt ?? DateTimeOffset.MinValue)
                .ThenByDescending(entry => entry.Id.Length)
                .ThenByDescending(entry => entry.Id, StringComparer.Ordinal),
        ];
    }

    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such run.</exception>
    /// <exception cref="DamagedEntryException">The run's file is missing or nonsense.</exception>
    public RunRecord Get(string id) => Require(id).Read();

    /// <summary>The run's loss curve so far, a point a batch.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such run.</exception>
    /// <exception cref="DamagedEntryException">The curve's file is nonsense.</exception>
    public IReadOnlyList<LossPoint> ReadCurve(string id) => Require(id).ReadCurve();

    /// <summary>The run's loss curve so far in bounded memory, whatever its length.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such run.</exception>
    /// <exception cref="DamagedEntryException">The curve's file is nonsense.</exception>
    public LossHistory ReadHistory(string id) => Require(id).ReadHistory();

    /// <summary>Makes a run, which waits until it is started.</summary>
    /// <param name="options">What it is to be trained with.</param>
    /// <param name="versions">What will compute it; what this process has where null.</param>
    /// <param name="name">What a person calls its model; null for no name.</param>
    /// <param name="inputs">What the options' base and feedback stand for, which is kept with the run; nothing where null.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the inputs are not what the options speak of.</exception>
    /// <exception cref="EntryConflictException">Another process is changing the store, for longer than <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public RunHandle Create(
        TrainingOptions options, LibraryVersions? versions = null, string? name = null, TrainingInputs? inputs = null)
    {
        options.Validate();
        inputs ??= TrainingInputs.None;
        inputs.RequireFor(options);
        versions ??= LibraryVersions.Current();
        return LockedFolder.Change(Folder, ShownAs, LockPath, Patience, "create a run", () =>
        {
            var now = _time.GetUtcNow();
            var record = new RunRecord
            {
                Id = EntryId.New(now, options.Network, taken => Path.Exists(PathOf(taken))),
                Status = RunStatus.Queued,
                Name = name,
                Options = options,
                Feedback = inputs.Counts,
                CreatedAt = now,
                Versions = versions,
                Owner = RunOwner.Current,
            };
            var folder = FolderOf(record.Id);
            var held = Acquire(folder, record.Id);
            try
            {
                MakeFolder(record, inputs);
                return new RunHandle(folder, record, held, _time);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        });
    }

    /// <summary>Takes a run that is not completed in hand, to start it again or to go on from its checkpoint. Until then it is queued.</summary>
    /// <param name="id">The run.</param>
    /// <param name="versions">What will compute it; what this process has where null.</param>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such run.</exception>
    /// <exception cref="EntryConflictException">It is completed, or another handle is at work on it.</exception>
    /// <exception cref="DamagedEntryException">The run's file is missing or nonsense.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public RunHandle Open(string id, LibraryVersions? versions = null)
    {
        var folder = Require(id);
        versions ??= LibraryVersions.Current();
        var held = Acquire(folder, id);
        try
        {
            var record = folder.ReadAsOwner();
            if (record.Status == RunStatus.Completed)
            {
                throw new EntryConflictException($"The run {id} is completed; there is nothing to go on with.");
            }

            TemporaryEntry.DeleteAllIn(PathOf(id));
            record = record with { Status = RunStatus.Queued, Reason = null, EndedAt = null, Versions = versions, Owner = RunOwner.Current };
            folder.Write(record);
            return new RunHandle(folder, record, held, _time);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private string PathOf(string id) => Path.Combine(Folder, id);

    private RunFolder FolderOf(string id) => new(PathOf(id), ShownAs);

    private IEnumerable<string> Ids() => Directory.Exists(Folder)
        ? Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.'))
        : [];

    private RunFolder Require(string id)
    {
        EntryId.Require(id);
        return Directory.Exists(PathOf(id))
            ? FolderOf(id)
            : throw new EntryNotFoundException($"There is no run {id} in {ShownAs}.");
    }

    private RunEntry? Describe(string name)
    {
        try
        {
            return EntryId.IsValid(name)
                ? new RunEntry(name, FolderOf(name).Read(), null)
                : new RunEntry(name, null, "The folder's name is not an id of a run.");
        }
        catch (DamagedEntryException error)
        {
            return Directory.Exists(PathOf(name)) ? new RunEntry(name, null, error.Message) : null;
        }
    }

    private void MakeFolder(RunRecord record, TrainingInputs inputs)
    {
        var temporary = TemporaryEntry.NewPath(Folder);
        try
        {
            Directory.CreateDirectory(temporary);
            var folder = new RunFolder(temporary, ShownAs);
            folder.Write(inputs);
            folder.Write(record);
            Directory.Move(temporary, PathOf(record.Id));
        }
        catch
        {
            TemporaryEntry.TryDelete(temporary);
            throw;
        }

        DurableFolder.Flush(Folder);
    }

    private static FolderLock Acquire(RunFolder folder, string id) =>
        FolderLock.Acquire(folder.LockPath, _probing, () =>
        {
            var owner = folder.Read().Owner;
            return $"The run {id} is in the hands of process {owner.ProcessId} on {owner.Host}; only one can train it at a time.";
        });
}
