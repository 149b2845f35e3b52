using System.Collections;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// A Python tuple. PyTorch's optimisers keep some settings as tuples, Adam's betas among them, so a
/// tuple stays apart from a list on the way through a file.
/// </summary>
public sealed class PthTuple : IReadOnlyList<object?>
{
    private readonly object?[] _items;

    /// <summary>Creates a tuple of these values, in this order.</summary>
    public PthTuple(params ReadOnlySpan<object?> items) => _items = items.ToArray();

    /// <summary>The number of values.</summary>
    public int Count => _items.Length;

    /// <summary>The value at a position from 0.</summary>
    public object? this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
