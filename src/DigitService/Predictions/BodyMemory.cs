namespace DigitService.Predictions;

/// <summary>
/// The memory that bodies of requests may take together. A body takes it as it comes, so that a client that announces
/// much and sends little holds little; where no more is left, those that ask for more are refused and give back theirs.
/// </summary>
/// <param name="capacity">Bytes.</param>
internal sealed class BodyMemory(long capacity)
{
    private long _taken;

    /// <exception cref="BadHttpRequestException">No more is left: 503.</exception>
    internal void Take(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > capacity)
        {
            GiveBack(bytes);
            throw new BadHttpRequestException(
                "Too many large requests are being received. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    internal void GiveBack(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
