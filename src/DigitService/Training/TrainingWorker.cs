using DigitService.Models;
using DigitService.Recognition.Models;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Training;

/// <summary>
/// Trains the runs of the queue, one after the other, each on a thread of its own that yields to requests. That thread
/// touches neither the thread pool nor anybody who waits: threads of the pool that it started would be as slow as it is.
/// What follows from a run's beginning and end is done here.
/// </summary>
internal sealed partial class TrainingWorker(
    TrainingQueue queue,
    RunStore store,
    ModelRegistry models,
    ModelSwitch active,
    DatasetSource datasets,
    ServerPaths paths,
    IHostApplicationLifetime lifetime,
    ILogger<TrainingWorker> logger) : IHostedService
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Work) { IsBackground = true, Name = "training queue" }.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _ended.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogLate();
        }
    }

    private void Work()
    {
        while (queue.Take(lifetime.ApplicationStopping) is { } run)
        {
            var failure = Train(run);
            var record = run.Handle.Record;

            // The session has named the first model that there is in active.json: who sees its run's end is answered by it.
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                active.FollowAsync(CancellationToken.None).GetAwaiter().GetResult();
            }

            queue.End(run, record with { Reason = paths.HideIn(record.Reason) }, IsStored(record));
            LogEnd(record, failure);
        }

        foreach (var run in queue.Close())
        {
            Interrupt(run);
        }

        _ended.SetResult();
    }

    private Exception? Train(LiveRun run)
    {
        Exception? failure = null;
        try
        {
            var thread = YieldingThread.Start("training", () => failure = TrainHere(run));
            run.WaitUntilBegun();
            if (run.Now.Record.Status == RunStatus.Running)
            {
                queue.Announce(run);
                LogStarted(run.Id);
            }

            thread.Join();
            return failure;
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            run.Handle.TryFail(error);
            return error;
        }
    }

    private Exception? TrainHere(LiveRun run)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation, lifetime.ApplicationStopping);
            var data = datasets.Read(run.Handle.Record.Options, either.Token);
            var session = new TrainingSession(models, data.Images)
            {
                EvaluatedOn = data.EvaluatedOn,
                OnStart = trainer => run.Begin(trainer.StepsDone > 0 ? store.ReadHistory(run.Id) : new LossHistory()),
                OnBatch = run.Add,
                OnEpoch = epoch =>
                {
                    run.Update(run.Handle.Record);
                    LogEpoch(run.Id, epoch.Epoch, epoch.TrainLoss, epoch.ValidationAccuracy);
                },
                Shutdown = lifetime.ApplicationStopping,
            };
            session.Run(run.Handle, run.Cancellation);
            return null;
        }
        catch (OperationCanceledException error) when (run.Handle.Record.Status == RunStatus.Queued)
        {
            StopUnbegun(run);
            return error;
        }
        catch (Exception error)
        {
            // The session tells the record of its failures, but not of those before it and in the telling.
            if (run.Handle.Record.Status is RunStatus.Queued or RunStatus.Running)
            {
                run.Handle.TryFail(error);
            }

            return error;
        }
        finally
        {
            run.StopWaiting();
        }
    }

    // While its images were read, before a session had it.
    private static void StopUnbegun(LiveRun run)
    {
        try
        {
            if (run.Cancellation.IsCancellationRequested)
            {
                run.Handle.Cancel();
            }
            else
            {
                run.Handle.Interrupt();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            run.Handle.TryFail(error);
        }
    }

    private void Interrupt(LiveRun run)
    {
        try
        {
            run.Handle.Interrupt();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Queued, in the hands of a process that is gone, reads as interrupted too.
        }

        queue.End(run, run.Handle.Record with { Status = RunStatus.Interrupted }, isStored: true);
        LogInterrupted(run.Id);
    }

    private bool IsStored(RunRecord record)
    {
        try
        {
            return store.Get(record.Id).Status == record.Status;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void LogEnd(RunRecord record, Exception? failure)
    {
        switch (record.Status)
        {
            case RunStatus.Completed:
                LogCompleted(record.Id, record.ModelId, record.Result!.Accuracy, record.DurationSeconds);
                break;
            case RunStatus.Cancelled:
                LogCancelled(record.Id, record.Epochs.Count);
                break;
            case RunStatus.Interrupted:
                LogInterrupted(record.Id);
                break;
            default:
                LogFailed(record.Id, record.Reason, failure);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "The run {Id} trains")]
    private partial void LogStarted(string id);

    [LoggerMessage(LogLevel.Debug, "The run {Id} has done epoch {Epoch}: loss {Loss}, validation accuracy {Accuracy}")]
    private partial void LogEpoch(string id, int epoch, double loss, double? accuracy);

    [LoggerMessage(LogLevel.Information, "The run {Id} is completed: the model {Model} reads {Accuracy:P2} of the test images, after {Seconds:F1} s")]
    private partial void LogCompleted(string id, string? model, double accuracy, double seconds);

    [LoggerMessage(LogLevel.Information, "The run {Id} is cancelled after {Epochs} epochs")]
    private partial void LogCancelled(string id, int epochs);

    [LoggerMessage(LogLevel.Information, "The run {Id} is interrupted, since the service ends; it can be resumed")]
    private partial void LogInterrupted(string id);

    [LoggerMessage(LogLevel.Error, "The run {Id} failed: {Reason}")]
    private partial void LogFailed(string id, string? reason, Exception? failure);

    [LoggerMessage(LogLevel.Warning, "Training did not stop in time; the run is resumed from its last epoch")]
    private partial void LogLate();
}
