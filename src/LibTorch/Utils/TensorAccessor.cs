using System.Collections;

namespace TorchSharp.Utils;

/// <summary>Reads and writes a CPU tensor's elements in row-major order. It is valid for as long as the tensor is.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
    }

    public long Count { get; }

    /// <summary>The element at the given place: one index for each dimension, or a single index in row-major order.</summary>
    public unsafe T this[params long[] indices]
    {
        get
        {
            var value = *(Address() + Offset(indices));
            GC.KeepAlive(_tensor);
            return value;
        }

        set
        {
            *(Address() + Offset(indices)) = value;
            GC.KeepAlive(_tensor);
        }
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>Copies elements, from number <paramref name="tensorIndex"/> on, until either side ends.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Math.Max(0, Count - tensorIndex));
        var address = Address();
        if (_contiguous)
        {
            new ReadOnlySpan<T>(address + tensorIndex, count).CopyTo(target);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = address[Offset(tensorIndex + i)];
            }
        }

        // Nothing else may hold the tensor, and its finaliser frees the memory that is read here.
        GC.KeepAlive(_tensor);
    }

    /// <summary>Overwrites elements, from number <paramref name="tensorIndex"/> on, until either side ends.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Math.Max(0, Count - tensorIndex));
        var address = Address();
        for (var i = 0; i < count; i++)
        {
            address[Offset(tensorIndex + i)] = source[i];
        }

        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to release: the tensor owns the memory.</summary>
    public void Dispose()
    {
    }

    private unsafe T* Address() => (T*)_tensor.Data();

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            return Offset(indices[0]);
        }

        if (indices.Length != _shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices were given for {_shape.Length} dimensions.");
        }

        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i])
            {
                throw new IndexOutOfRangeException($"Index {indices[i]} is outside of dimension {i}, which has {_shape[i]}.");
            }

            offset += indices[i] * _strides[i];
        }

        return offset;
    }

    private long Offset(long index)
    {
        if (index < 0 || index >= Count)
        {
            throw new IndexOutOfRangeException($"Index {index} is outside of the tensor's {Count} elements.");
        }

        if (_contiguous)
        {
            return index;
        }

        var offset = 0L;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            offset += index % _shape[i] * _strides[i];
            index /= _shape[i];
        }

        return offset;
    }
}
