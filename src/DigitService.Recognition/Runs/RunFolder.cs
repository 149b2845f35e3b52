using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Runs;

/// <summary>The files of one run, and beside its folder the lock that its owner holds.</summary>
internal sealed class RunFolder
{
    private readonly string _path;
    private readonly string _store;

    /// <param name="path">The run's folder.</param>
    /// <param name="store">What messages call the folder that it is in.</param>
    internal RunFolder(string path, string store)
    {
        _path = path;
        _store = store;
    }

    internal string LockPath => Path.Combine(
        Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.lock");

    internal string RecordPath => Path.Combine(_path, "run.json");

    internal string CurvePath => Path.Combine(_path, "curve.csv");

    internal string CheckpointPath => Path.Combine(_path, "checkpoint.pth");

    /// <summary>A message without the path of the store in it.</summary>
    internal string Shown(string message) => message.Replace(Path.GetDirectoryName(_path)!, _store, StringComparison.Ordinal);

    internal void Write(RunRecord record) => RecognitionJson.Write(RecordPath, record);

    /// <summary>The run's record, in which a run without a living owner is not running.</summary>
    /// <exception cref="DamagedEntryException">The file is missing or nonsense.</exception>
    internal RunRecord Read()
    {
        var record = ReadFile();
        if (!IsUnderWay(record) || FolderLock.IsHeld(LockPath))
        {
            return record;
        }

        // The owner may have ended the run and let go between the two looks.
        return ReadAsOwner();
    }

    /// <summary>The record, as whoever holds the lock, or found it free, may read it: nobody is at work on the run.</summary>
    /// <exception cref="DamagedEntryException">The file is missing or nonsense.</exception>
    internal RunRecord ReadAsOwner()
    {
        var record = ReadFile();
        return IsUnderWay(record) ? record with { Status = RunStatus.Interrupted } : record;
    }

    /// <exception cref="DamagedEntryException">The file is nonsense, or cannot be read.</exception>
    internal IReadOnlyList<LossPoint> ReadCurve() => [.. LossCurve.Read(CurvePath)];

    /// <exception cref="DamagedEntryException">The file is nonsense, or cannot be read.</exception>
    internal LossHistory ReadHistory()
    {
        var history = new LossHistory();
        foreach (var point in LossCurve.Read(CurvePath))
        {
            history.Add(point);
        }

        return history;
    }

    private static bool IsUnderWay(RunRecord record) => record.Status is RunStatus.Queued or RunStatus.Running;

    private RunRecord ReadFile()
    {
        var record = RecognitionJson.Read<RunRecord>(RecordPath, Shown(RecordPath));
        return record.ProblemIn(Path.GetFileName(_path)) is { } problem
            ? throw RecognitionJson.Damaged(Shown(RecordPath), problem)
            : record;
    }
}
