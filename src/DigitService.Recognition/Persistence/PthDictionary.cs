using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// A Python dictionary in insertion order, with strings or 64-bit integers as keys: state
/// dictionaries use the first, optimisers number their parameters with the second.
/// </summary>
public sealed class PthDictionary : IReadOnlyDictionary<object, object?>
{
    private readonly OrderedDictionary<object, object?> _entries = new(new KeyComparer());

    /// <summary>Creates an empty dictionary.</summary>
    /// <param name="ordered">
    /// Whether Python sees a <c>collections.OrderedDict</c>, as <c>state_dict()</c> returns, or a
    /// plain <c>dict</c>. <c>load_state_dict</c> takes both.
    /// </param>
    public PthDictionary(bool ordered = false) => IsOrdered = ordered;

    /// <summary>Whether Python sees a <c>collections.OrderedDict</c>.</summary>
    public bool IsOrdered { get; }

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>The keys in order, each a <see cref="string"/> or a <see cref="long"/>.</summary>
    public IReadOnlyList<object> Keys => _entries.Keys;

    /// <summary>The values in order.</summary>
    public IReadOnlyList<object?> Values => _entries.Values;

    IEnumerable<object> IReadOnlyDictionary<object, object?>.Keys => Keys;

    IEnumerable<object?> IReadOnlyDictionary<object, object?>.Values => Values;

    object? IReadOnlyDictionary<object, object?>.this[object key] => Find(key);

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public object? this[string key]
    {
        get => Find(key);
        set => Set(key, value);
    }

    /// <summary>The value of a number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    public object? this[long key]
    {
        get => Find(key);
        set => Set(key, value);
    }

    /// <summary>Adds an entry.</summary>
    /// <exception cref="ArgumentException">The name is there already.</exception>
    public void Add(string key, object? value) => _entries.Add(key, value);

    /// <summary>Adds an entry.</summary>
    /// <exception cref="ArgumentException">The number is there already.</exception>
    public void Add(long key, object? value) => _entries.Add(key, value);

    /// <summary>Whether there is an entry of this name.</summary>
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <summary>Whether there is an entry of this number.</summary>
    public bool ContainsKey(long key) => _entries.ContainsKey(key);

    /// <summary>Gets the value of a name. The value may be null, Python's None, and yet be there.</summary>
    public bool TryGetValue(string key, out object? value) => _entries.TryGetValue(key, out value);

    /// <summary>Gets the value of a number. The value may be null, Python's None, and yet be there.</summary>
    public bool TryGetValue(long key, out object? value) => _entries.TryGetValue(key, out value);

    bool IReadOnlyDictionary<object, object?>.ContainsKey(object key) => _entries.ContainsKey(key);

    bool IReadOnlyDictionary<object, object?>.TryGetValue(object key, out object? value) =>
        _entries.TryGetValue(key, out value);

    /// <summary>The entries in order.</summary>
    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Sets an entry whose key comes from a file; false where it is no string or integer.</summary>
    internal bool TrySet(object? key, object? value)
    {
        if (key is not (string or long))
        {
            return false;
        }

        _entries[key] = value;
        return true;
    }

    private object? Find(object key) => _entries.TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"The dictionary has no '{key}'.");

    private void Set(object key, object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        _entries[key] = value;
    }

    /// <summary>
    /// Hashes numbers with the process's random seed, as strings are: <c>long</c>'s own hash lets a
    /// file choose keys that all collide, and reading would take hours.
    /// </summary>
    private sealed class KeyComparer : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? x, object? y) => Equals(x, y);

        public int GetHashCode([DisallowNull] object obj) => obj is long number
            ? HashCode.Combine((int)number, (int)(number >> 32))
            : obj.GetHashCode();
    }
}
