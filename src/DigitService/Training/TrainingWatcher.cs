using System.Threading.Channels;
using DigitService.Recognition.Runs;

namespace DigitService.Training;

/// <summary>
/// Tells one client what is new, at its own pace: it looks, sends, waits until that is sent, and looks again. So a slow
/// client gets fewer and larger messages, and slows nobody.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="queue">What there is to tell.</param>
/// <param name="pause">How long it is between two looks at a run that trains.</param>
internal sealed class TrainingWatcher(ITrainingClient client, TrainingQueue queue, Func<TimeSpan> pause)
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _wantsSnapshot = true;

    // What the client has been told: changes up to a number, and of the run that trains its curve and epochs.
    private long _number;
    private LiveRun? _running;
    private int _step;
    private int _epochs;

    internal void Wake() => _wake.Writer.TryWrite(true);

    internal void RequestSnapshot()
    {
        _wantsSnapshot = true;
        Wake();
    }

    internal async Task RunAsync(CancellationToken aborted)
    {
        while (true)
        {
            var sentBatch = await SendNewsAsync();
            if (sentBatch || _running is not null || _wantsSnapshot)
            {
                await Task.Delay(pause(), aborted);
            }
            else
            {
                await _wake.Reader.ReadAsync(aborted);
            }
        }
    }

    /// <returns>Whether a batch message was sent, of which there is one between two pauses at most.</returns>
    private async Task<bool> SendNewsAsync()
    {
        if (_wantsSnapshot || queue.ChangesAfter(_number) is not { } changes)
        {
            await SendSnapshotAsync();
            return true;
        }

        var sentBatch = false;
        foreach (var change in changes)
        {
            var isRunning = change.Answer.Status == RunStatus.Running;
            if (change.Run == _running && !isRunning)
            {
                // Before its end is told, all of the run is.
                if (sentBatch || _wantsSnapshot)
                {
                    return sentBatch;
                }

                sentBatch = await SendProgressAsync(change.Run);
                if (_wantsSnapshot)
                {
                    return sentBatch;
                }

                _running = null;
            }
            else if (change.Run != _running && isRunning)
            {
                (_running, _step, _epochs) = (change.Run, 0, change.Answer.Epochs!.Count);
            }

            await client.Run(change.Answer);
            _number = change.Number;
        }

        return sentBatch || (_running is { } running && await SendProgressAsync(running));
    }

    private async Task SendSnapshotAsync()
    {
        _wantsSnapshot = false;
        var moment = queue.Moment;
        var answer = moment.Running is null ? null : RunAnswer.Of(moment.Now.Record, moment.Now.Progress);
        _number = moment.Number;
        _running = moment.Running;
        _step = moment.Running is null ? 0 : moment.Now.Step;
        _epochs = answer?.Epochs!.Count ?? 0;
        await client.Snapshot(new SnapshotMessage(
            answer is null ? null : answer with { Curve = CurveAnswer.Of(moment.Now.Curve) }, moment.Waiting));
    }

    private async Task<bool> SendProgressAsync(LiveRun run)
    {
        var now = run.Now;
        if (now.CurveAfter(_step) is not { } points)
        {
            _wantsSnapshot = true;
            return false;
        }

        var sentBatch = now.Progress is not null && points.Length > 0;
        if (sentBatch)
        {
            var message = new BatchMessage(run.Id, ProgressAnswer.Of(now.Progress!), CurveAnswer.Of(points, _step));
            _step = now.Step;
            await client.Batch(message);
        }

        foreach (var epoch in now.Record.Epochs.Skip(_epochs))
        {
            _epochs++;
            await client.Epoch(new EpochMessage(run.Id, epoch));
        }

        return sentBatch;
    }
}
