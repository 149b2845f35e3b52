using System.Buffers;

namespace DigitService.Predictions;

/// <summary>
/// The memory that bodies of requests may take together, in pieces of equal size. A body takes one as it comes, so that a
/// client that announces much and sends little holds little; where no more is left, those that ask for more are refused
/// and give back theirs. Pieces that were given back are kept for the next: the pool that all programs share keeps a few
/// dozen, and a crowd would leave the rest of thousands to the garbage collector.
/// </summary>
/// <param name="capacity">Bytes.</param>
internal sealed class BodyMemory(long capacity)
{
    /// <summary>Bytes of a piece. Most pictures have fewer.</summary>
    internal const int PieceSize = 16 << 10;

    private readonly ArrayPool<byte> _pieces = ArrayPool<byte>.Create(PieceSize, (int)(capacity / PieceSize));
    private long _taken;

    /// <exception cref="BadHttpRequestException">No more is left: 503.</exception>
    internal byte[] Take()
    {
        if (Interlocked.Add(ref _taken, PieceSize) > capacity)
        {
            Interlocked.Add(ref _taken, -PieceSize);
            throw new BadHttpRequestException(
                "Too many large requests are being received. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }

        return _pieces.Rent(PieceSize);
    }

    internal void GiveBack(byte[] piece)
    {
        _pieces.Return(piece);
        Interlocked.Add(ref _taken, -PieceSize);
    }
}
