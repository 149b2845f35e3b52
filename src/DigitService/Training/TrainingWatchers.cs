using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace DigitService.Training;

/// <summary>The clients of the hub.</summary>
internal sealed partial class TrainingWatchers
{
    // A little more than a twentieth of a second: on its way a message may catch up with the one before.
    private const int ShortestPause = 55;

    private readonly ConcurrentDictionary<string, TrainingWatcher> _watchers = new();
    private readonly IHubContext<TrainingHub, ITrainingClient> _hub;
    private readonly TrainingQueue _queue;
    private readonly int _most;
    private readonly ILogger<TrainingWatchers> _logger;

    public TrainingWatchers(
        IHubContext<TrainingHub, ITrainingClient> hub,
        TrainingQueue queue,
        IOptions<TrainingServiceOptions> options,
        ILogger<TrainingWatchers> logger)
    {
        _hub = hub;
        _queue = queue;
        _most = options.Value.Connections;
        _logger = logger;
        queue.Changed += () =>
        {
            foreach (var watcher in _watchers.Values)
            {
                watcher.Wake();
            }
        };
    }

    /// <summary>Begins to tell a client, unless too many are told already.</summary>
    internal bool TryAdd(string connection, CancellationToken aborted)
    {
        var watcher = new TrainingWatcher(_hub.Clients.Client(connection), _queue, Pause);
        _watchers[connection] = watcher;
        if (_watchers.Count > _most)
        {
            _watchers.TryRemove(connection, out _);
            LogTooMany(_most);
            return false;
        }

        _ = WatchAsync(watcher, aborted);
        return true;
    }

    internal void Remove(string connection) => _watchers.TryRemove(connection, out _);

    internal void RequestSnapshot(string connection)
    {
        if (_watchers.TryGetValue(connection, out var watcher))
        {
            watcher.RequestSnapshot();
        }
    }

    // However many watch, all together are told about a thousand times a second.
    private TimeSpan Pause() => TimeSpan.FromMilliseconds(Math.Max(ShortestPause, _watchers.Count));

    private async Task WatchAsync(TrainingWatcher watcher, CancellationToken aborted)
    {
        try
        {
            await watcher.RunAsync(aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (Exception error)
        {
            LogLost(error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A client was turned away: {Most} watch training already (Training:Connections)")]
    private partial void LogTooMany(int most);

    [LoggerMessage(LogLevel.Error, "A client is no longer told of training")]
    private partial void LogLost(Exception error);
}
