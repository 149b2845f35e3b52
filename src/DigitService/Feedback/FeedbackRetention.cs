using DigitService.Recognition.Feedback;
using DigitService.Recognition.Persistence;

namespace DigitService.Feedback;

/// <summary>Deletes the pictures whose time is over: at the start, and then every hour, whether feedback is turned off or not.</summary>
internal sealed partial class FeedbackRetention(FeedbackStore store, TimeProvider time, ILogger<FeedbackRetention> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store.Limits.RetentionDays == 0)
        {
            return;
        }

        // The start waits for what comes before the first await.
        await Task.Yield();
        using var timer = new PeriodicTimer(_interval, time);
        do
        {
            DeleteExpired();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void DeleteExpired()
    {
        try
        {
            if (store.DeleteExpired() is > 0 and var count)
            {
                LogDeleted(count, store.Limits.RetentionDays);
            }
        }
        catch (Exception error) when (error is EntryConflictException || FeedbackChanges.IsFault(error))
        {
            LogKept(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Deleted {Count} pictures of feedback that were kept for {Days} days")]
    private partial void LogDeleted(int count, int days);

    [LoggerMessage(LogLevel.Warning, "Pictures of feedback whose time is over could not be deleted: {Reason}")]
    private partial void LogKept(string reason);
}
