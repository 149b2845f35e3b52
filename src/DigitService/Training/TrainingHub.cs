using Microsoft.AspNetCore.SignalR;

namespace DigitService.Training;

/// <summary>Where clients watch training; what they see comes from <see cref="TrainingWatchers"/>.</summary>
internal sealed class TrainingHub(TrainingWatchers watchers) : Hub<ITrainingClient>
{
    public override Task OnConnectedAsync()
    {
        if (!watchers.TryAdd(Context.ConnectionId, Context.ConnectionAborted))
        {
            Context.Abort();
        }

        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watchers.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>Asks for a <c>snapshot</c> message, in its place among the others.</summary>
    public void GetSnapshot() => watchers.RequestSnapshot(Context.ConnectionId);
}
