using DigitService.Recognition.Feedback;
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

    internal string BasePath => Path.Combine(_path, "base.pth");

    internal string FeedbackPath => Path.Combine(_path, "feedback.pth");

    /// <summary>A message without the path of the store in it.</summary>
    internal string Shown(string message) => message.Replace(Path.GetDirectoryName(_path)!, _store, StringComparison.Ordinal);

    internal void Write(RunRecord record) => RecognitionJson.Write(RecordPath, record);

    /// <summary>Writes what the run begins with, before its record, without which there is no run.</summary>
    internal void Write(TrainingInputs inputs)
    {
        inputs.Base?.Write(BasePath);
        inputs.Feedback?.Write(FeedbackPath);
    }

    /// <exception cref="PthFormatException">A file is damaged.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    internal TrainingInputs ReadInputs(TrainingOptions options) => new()
    {
        Base = options.Base is null ? null : Checkpoint.Read(BasePath),
        Feedback = options.Feedback ? FeedbackSnapshot.Read(FeedbackPath) : null,
    };

    /// <summary>Removes what nobody needs any longer when the run is completed: people's pictures, which may have been deleted elsewhere, above all.</summary>
    internal void DeleteInputs()
    {
        File.Delete(FeedbackPath);
        File.Delete(BasePath);
    }

    /// <summary>Removes them where a process was killed between a run's end and that.</summary>
    internal void TryDeleteNeedlessInputs()
    {
        try
        {
            if ((File.Exists(FeedbackPath) || File.Exists(BasePath)) && ReadFile().Status == RunStatus.Completed)
            {
                DeleteInputs();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever only reads, from a read-only disk say, is not stopped by leftovers.
        }
    }

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
