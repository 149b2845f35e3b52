using DigitService.Models;
using DigitService.Recognition.Feedback;

namespace DigitService.Feedback;

/// <summary>Makes changes of the store one after the other, without a thread for each that waits for its turn.</summary>
internal sealed class FeedbackChanges(FeedbackStore store) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="change">The change, which blocks its thread until it is on the disk.</param>
    /// <param name="fault">The status for a disk that does not take it.</param>
    /// <param name="cancellation">Nobody waits for it any longer. Once begun, it is carried out.</param>
    /// <exception cref="BadHttpRequestException">The store is full: 507; or the disk is, or cannot be written to.</exception>
    internal async Task<T> MakeAsync<T>(Func<FeedbackStore, T> change, int fault, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => change(store), CancellationToken.None);
        }
        catch (Exception error) when (IsFault(error))
        {
            throw Fault(error, fault);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether there is no room, or the disk does not take what is written.</summary>
    internal static bool IsFault(Exception error) => error is FeedbackFullException || DiskFault.Is(error);

    /// <summary>What a caller is told of it: without the path of the folder.</summary>
    internal BadHttpRequestException Fault(Exception error, int status) => new(
        error.Message.Replace(store.Folder, store.ShownAs, StringComparison.Ordinal),
        error is FeedbackFullException ? StatusCodes.Status507InsufficientStorage : status,
        error);

    public void Dispose() => _turn.Dispose();
}
