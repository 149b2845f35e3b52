using DigitService.Feedback;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;
using Microsoft.Extensions.Options;

namespace DigitService.Training;

/// <summary>
/// Takes runs in, and tells of all that there are in the folder of runs, other processes' too. A run is on the disk from
/// the moment that it is taken in. When the service ends, or is killed, the run that trains and those that wait are
/// interrupted, and stay so until somebody resumes them: a service that is started again, perhaps because a run was too
/// much for the machine, begins with an empty queue and idle.
/// </summary>
internal sealed partial class TrainingService(
    RunStore store,
    TrainingQueue queue,
    ModelRegistry models,
    FeedbackStore feedback,
    IOptions<FeedbackOptions> feedbackOptions,
    DatasetSource datasets,
    ServerPaths paths,
    ILogger<TrainingService> logger)
{
    /// <summary>All runs, the newest first, and after them those that are damaged.</summary>
    internal IReadOnlyList<RunAnswer> List() => [.. store.List().Select(Describe)];

    /// <summary>A run with its loss curve.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such run.</exception>
    /// <exception cref="DamagedEntryException">The run's file is missing or nonsense.</exception>
    internal RunAnswer Get(string id)
    {
        if (queue.Find(id) is { Answer: { Status: not RunStatus.Queued } answer, Now: var now })
        {
            return answer with { Curve = CurveAnswer.Of(now.Curve) };
        }

        var described = Describe(new RunEntry(id, store.Get(id), null));
        try
        {
            return described with { Curve = CurveAnswer.Of(store.ReadHistory(id).Points) };
        }
        catch (DamagedEntryException error)
        {
            return described with { Curve = CurveAnswer.Of(default), Error = paths.HideIn(error.Message) };
        }
    }

    /// <summary>Makes a run, which trains when its turn comes. What it is to learn from is taken as it is now.</summary>
    /// <exception cref="BadHttpRequestException">The options are impossible; the message says which, and what is accepted.</exception>
    /// <exception cref="EntryNotFoundException">There is no such base, or no such dataset.</exception>
    /// <exception cref="DamagedEntryException">The base cannot be used.</exception>
    /// <exception cref="EntryConflictException">There is no corrected picture to learn from, or the dataset cannot be used.</exception>
    /// <exception cref="TrainingQueueFullException">There is no place.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    internal RunReference Add(TrainRequest wanted)
    {
        var model = wanted.Base is { } id ? models.Get(id) : null;
        var resolved = TrainRequestReader.Resolve(wanted, model);
        var options = TrainRequestReader.InItsWords(() => datasets.Fit(resolved, wanted));
        if (options.Feedback && !feedbackOptions.Value.Enabled)
        {
            throw new EntryConflictException(
                $"Feedback is turned off here ({FeedbackOptions.Section}:{nameof(FeedbackOptions.Enabled)}): there is no corrected picture to learn from.");
        }

        var name = wanted.Name ?? (model is null ? null : FineTuningRecipe.NameOf(model, options));
        var run = queue.Add(() => store.Create(options, name: name, inputs: TrainingInputs.Of(options, models, feedback)));
        LogQueued(run.Id);
        return new RunReference(run.Id, RunStatus.Queued);
    }

    /// <summary>Takes a run that was stopped in again, to go on from its checkpoint.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such run.</exception>
    /// <exception cref="EntryConflictException">It is completed, or waits or trains already.</exception>
    /// <exception cref="TrainingQueueFullException">There is no place.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    internal RunReference Resume(string id)
    {
        if (queue.Find(id) is { } found)
        {
            throw new EntryConflictException($"The run {id} is {Word(found.Answer.Status)}; only one that was stopped can be resumed.");
        }

        // Before a place is asked for: why a run cannot be resumed matters more than that none can at the moment.
        RequireStopped(store.Get(id));
        var run = queue.Add(() => store.Open(id));
        LogQueuedAgain(run.Id);
        return new RunReference(run.Id, RunStatus.Queued);
    }

    /// <summary>Stops a run: at once if it waits, after the current batch if it trains.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such run.</exception>
    /// <exception cref="EntryConflictException">It has ended already, or is trained by another process.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    internal RunReference Cancel(string id)
    {
        if (queue.Cancel(id) is not { } found)
        {
            var record = store.Get(id);
            throw new EntryConflictException(record.Status is RunStatus.Queued or RunStatus.Running
                ? $"The run {id} is in the hands of process {record.Owner.ProcessId} on {record.Owner.Host}, not of this service."
                : $"The run {id} is {Word(record.Status)}; only one that waits or trains can be cancelled.");
        }

        if (!found.IsWithdrawn)
        {
            return new RunReference(id, found.Run.Now.Record.Status);
        }

        try
        {
            found.Run.Handle.Cancel();
        }
        finally
        {
            queue.End(found.Run, found.Run.Handle.Record with { Status = RunStatus.Cancelled }, isStored: true);
        }

        LogCancelled(id);
        return new RunReference(id, RunStatus.Cancelled);
    }

    private static void RequireStopped(RunRecord record)
    {
        if (record.Status is RunStatus.Completed)
        {
            throw new EntryConflictException($"The run {record.Id} is completed; there is nothing to go on with.");
        }
    }

    private RunAnswer Describe(RunEntry entry)
    {
        if (entry.Record is not { } record)
        {
            return new RunAnswer { Id = entry.Id, Error = paths.HideIn(entry.Error!) };
        }

        // What is in this service's hands is newer in memory. A run that failed of a full disk reads as interrupted.
        return queue.Find(entry.Id)?.Answer
            ?? RunAnswer.Of(
                (record.Status == RunStatus.Interrupted ? queue.FindUnstored(entry.Id) : null)
                ?? record with { Reason = paths.HideIn(record.Reason) });
    }

    private static string Word(RunStatus? status) => $"{status}".ToLowerInvariant();

    [LoggerMessage(LogLevel.Information, "The run {Id} is queued")]
    private partial void LogQueued(string id);

    [LoggerMessage(LogLevel.Information, "The run {Id} is queued to go on")]
    private partial void LogQueuedAgain(string id);

    [LoggerMessage(LogLevel.Information, "The run {Id} is cancelled before its turn")]
    private partial void LogCancelled(string id);
}
