using System.Buffers;

namespace DigitService.Predictions;

/// <summary>
/// A body of a request as it comes, in borrowed pieces of equal size: it takes of the memory what has come, and pieces
/// are easily used again, which arrays of all sizes are not.
/// </summary>
internal sealed class BodyBuffer(BodyMemory memory) : IDisposable
{
    private readonly List<byte[]> _pieces = new(1);
    private byte[]? _joined;

    internal int Length { get; private set; }

    /// <summary>Reads a stream to its end, or until there are more bytes than there may be. What was read before is gone.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="limit">How many bytes there may be.</param>
    /// <param name="cancellation">Nobody waits for them any longer.</param>
    /// <returns>Whether there are no more than <paramref name="limit"/>.</returns>
    /// <exception cref="BadHttpRequestException">There is no memory for it now: 503.</exception>
    internal async ValueTask<bool> TryReadAsync(Stream source, int limit, CancellationToken cancellation)
    {
        Dispose();
        while (await source.ReadAsync(Free(), cancellation) is > 0 and var read)
        {
            Length += read;
            if (Length > limit)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All bytes in one piece, which may be written to. It ends with this.</summary>
    internal Memory<byte> Join()
    {
        if (_joined is null && _pieces.Count > 1)
        {
            _joined = ArrayPool<byte>.Shared.Rent(Length);
            for (var start = 0; start < Length; start += BodyMemory.PieceSize)
            {
                _pieces[start / BodyMemory.PieceSize].AsSpan(0, Math.Min(BodyMemory.PieceSize, Length - start)).CopyTo(_joined.AsSpan(start));
            }

            ReturnPieces();
        }

        return _joined is not null ? _joined.AsMemory(0, Length) : Length == 0 ? default : _pieces[0].AsMemory(0, Length);
    }

    public void Dispose()
    {
        ReturnPieces();
        Length = 0;
        if (_joined is not null)
        {
            ArrayPool<byte>.Shared.Return(_joined);
            _joined = null;
        }
    }

    private Memory<byte> Free()
    {
        if (Length == _pieces.Count * BodyMemory.PieceSize)
        {
            _pieces.Add(memory.Take());
        }

        return _pieces[^1].AsMemory(Length - ((_pieces.Count - 1) * BodyMemory.PieceSize), (_pieces.Count * BodyMemory.PieceSize) - Length);
    }

    private void ReturnPieces()
    {
        _pieces.ForEach(memory.GiveBack);
        _pieces.Clear();
    }
}
