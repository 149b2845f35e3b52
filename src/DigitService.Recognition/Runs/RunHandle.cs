using DigitService.Recognition.Persistence;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Runs;

/// <summary>
/// A run in the hands of the one process that trains it, for one thread. Whatever ends the process, the folder is left
/// such that the run can go on from its last checkpoint: <see cref="AppendEpoch"/> comes before
/// <see cref="SaveCheckpoint"/>, so that no checkpoint is ahead of the metrics and the curve.
/// </summary>
/// <remarks>A handle that is disposed while its run is running leaves it interrupted.</remarks>
public sealed class RunHandle : IDisposable
{
    private static readonly TimeSpan _flushInterval = TimeSpan.FromSeconds(1);

    private readonly RunFolder _folder;
    private readonly FolderLock _lock;
    private readonly TimeProvider _time;
    private LossCurve? _curve;
    private double _secondsBefore;
    private long _startedAt;
    private long _flushedAt;

    internal RunHandle(RunFolder folder, RunRecord record, FolderLock held, TimeProvider time)
    {
        _folder = folder;
        _lock = held;
        _time = time;
        Record = record;
    }

    public string Id => Record.Id;

    /// <summary>The run as its file has it, but for a failure that the disk could not take.</summary>
    public RunRecord Record { get; private set; }

    /// <summary>Where the run's checkpoint is, if there is one.</summary>
    public string CheckpointPath => _folder.CheckpointPath;

    /// <summary>Whether there is a checkpoint to go on from.</summary>
    public bool HasCheckpoint => File.Exists(CheckpointPath);

    /// <summary>What the run begins with beside its options, as it was when the run was made.</summary>
    /// <exception cref="PthFormatException">A file is damaged.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public TrainingInputs ReadInputs() => _folder.ReadInputs(Record.Options);

    /// <summary>Starts the run from its beginning: what an earlier start left is dropped, its checkpoint too.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Start() => Start(0, 0);

    /// <summary>Starts the run from its checkpoint: epochs and batches after it are dropped, since they will come again.</summary>
    /// <param name="epochs">Epochs that the checkpoint has behind it.</param>
    /// <param name="step">Batches since the run's beginning that the checkpoint has behind it.</param>
    /// <exception cref="DamagedEntryException">The metrics or the curve end before the checkpoint: they are not of one run.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Start(int epochs, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var points = step > 0 ? _folder.ReadCurve() : [];
        if (points.Count < step || Record.Epochs.Count < epochs)
        {
            throw new DamagedEntryException(
                $"The run {Id} cannot go on: its checkpoint is at step {step} after {epochs} epochs, but "
                + $"curve.csv ends at step {points.Count} and run.json at epoch {Record.Epochs.Count}.");
        }

        if (step == 0)
        {
            // An old checkpoint would be ahead of the new curve.
            File.Delete(CheckpointPath);
        }

        _curve?.Dispose();
        _curve = LossCurve.Create(_folder.CurvePath, [.. points.Take(step)]);
        _secondsBefore = Record.DurationSeconds;
        _startedAt = _flushedAt = _time.GetTimestamp();
        Save(Record with
        {
            Status = RunStatus.Running,
            Reason = null,
            StartedAt = Record.StartedAt ?? _time.GetUtcNow(),
            EndedAt = null,
            Epochs = [.. Record.Epochs.Take(epochs)],
        });
    }

    /// <summary>Adds a batch to the curve. Other processes see it within a second or so.</summary>
    /// <exception cref="ArgumentException">It is not the next step, or not finite.</exception>
    /// <exception cref="IOException">The disk is full. The point is kept, and written with the next ones.</exception>
    public void AppendBatch(LossPoint point)
    {
        var curve = RequireStarted();
        curve.Append(point);
        if (_time.GetElapsedTime(_flushedAt) >= _flushInterval)
        {
            _flushedAt = _time.GetTimestamp();
            curve.Flush(toDisk: false);
        }
    }

    /// <summary>Adds an epoch's metrics. The epoch's checkpoint is saved after this.</summary>
    /// <exception cref="ArgumentException">It is not the next epoch.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void AppendEpoch(EpochMetrics metrics)
    {
        var curve = RequireStarted();
        if (metrics.Epoch != Record.Epochs.Count + 1)
        {
            throw new ArgumentException($"Epoch {metrics.Epoch} cannot follow epoch {Record.Epochs.Count} of the run {Id}.");
        }

        curve.Flush(toDisk: true);
        Save(Record with { Epochs = [.. Record.Epochs, metrics] });
    }

    /// <summary>Brings the curve onto the disk, and then writes a checkpoint.</summary>
    /// <param name="write">Writes the file of that path, whole or not at all.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void SaveCheckpoint(Action<string> write)
    {
        RequireStarted().Flush(toDisk: true);
        write(CheckpointPath);
    }

    /// <summary>Ends the run: all its epochs are done.</summary>
    /// <param name="modelId">The model that it made; null if it made none.</param>
    /// <param name="result">How well that reads the test images; null if they were not read.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Complete(string? modelId, RunResult? result)
    {
        End(Record with { Status = RunStatus.Completed, ModelId = modelId, Result = result });
        _folder.DeleteInputs();
    }

    /// <summary>Ends the run: somebody stopped it.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Cancel() => End(Record with { Status = RunStatus.Cancelled });

    /// <summary>Ends the run with an error.</summary>
    /// <param name="reason">What was wrong, as a sentence.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Fail(string reason) => End(Record with { Status = RunStatus.Failed, Reason = _folder.Shown(reason) });

    /// <summary>Ends the run with an error, as far as the disk lets it: one that is full may be what the run failed of.</summary>
    /// <remarks>Where it does not, <see cref="Record"/> tells the error and the file does not: the run reads as interrupted.</remarks>
    /// <param name="error">What was wrong.</param>
    public void TryFail(Exception error)
    {
        var reason = FailureReason.Of(error, Record.Options);
        try
        {
            Fail(reason);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            Record = Record with { Status = RunStatus.Failed, Reason = reason };
        }
    }

    /// <summary>Ends this process's part in the run: not who asked for it stops it, but the process, which is to end.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Interrupt() => End(Record with { Status = RunStatus.Interrupted });

    public void Dispose()
    {
        try
        {
            _curve?.Flush(toDisk: false);
        }
        catch (IOException)
        {
            // The points after the last checkpoint come again when the run goes on.
        }
        finally
        {
            _curve?.Dispose();
            _curve = null;
            _lock.Dispose();
        }
    }

    private LossCurve RequireStarted() =>
        _curve ?? throw new InvalidOperationException($"The run {Id} is {Record.Status}; it has to be started first.");

    private void End(RunRecord record)
    {
        _curve?.Flush(toDisk: true);
        Save(record with { EndedAt = _time.GetUtcNow() });
        _curve?.Dispose();
        _curve = null;
    }

    private void Save(RunRecord record)
    {
        record = _curve is null
            ? record
            : record with { DurationSeconds = _secondsBefore + _time.GetElapsedTime(_startedAt).TotalSeconds };
        _folder.Write(record);
        Record = record;
    }
}
