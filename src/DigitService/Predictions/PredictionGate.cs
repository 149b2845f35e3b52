namespace DigitService.Predictions;

/// <summary>Counts requests that are under way, and lets no more in than there may be.</summary>
internal sealed class PredictionGate(int capacity)
{
    private int _inside;

    internal bool IsFull => Volatile.Read(ref _inside) >= capacity;

    /// <summary>Lets a request in, which <see cref="Leave"/>s again, unless there are enough.</summary>
    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref _inside) <= capacity)
        {
            return true;
        }

        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref _inside);
}
