using System.Runtime.InteropServices;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// A tensor as a file holds it: an element type, a shape and the elements' bytes, row-major without
/// gaps, little-endian. It knows nothing of libtorch and owns no native memory.
/// </summary>
public sealed class PthTensor
{
    private readonly long[] _shape;

    /// <summary>Wraps bytes that are already laid out; they are not copied.</summary>
    /// <param name="elementType">What the bytes are.</param>
    /// <param name="shape">The size of each dimension, outermost first; empty for a scalar.</param>
    /// <param name="data">Exactly as many bytes as the shape needs.</param>
    /// <exception cref="ArgumentException">
    /// A dimension is negative, the shape is too large to count, the bytes do not fit the shape, or
    /// a bool is neither 0 nor 1.
    /// </exception>
    public PthTensor(PthElementType elementType, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = [.. shape];
        var count = CountElements(_shape)
            ?? throw new ArgumentException(
                $"The shape {Format(_shape)} is negative or too large to count.", nameof(shape));
        var size = ElementTypes.Size(elementType);
        if (data.Length % size != 0 || data.Length / size != count)
        {
            throw new ArgumentException(
                $"The shape {Format(_shape)} has {count} elements of {size} bytes, but there are {data.Length} bytes.",
                nameof(data));
        }

        if (elementType == PthElementType.Bool && !ElementTypes.AreBooleans(data.Span))
        {
            throw new ArgumentException("A bool is stored as 0 or 1.", nameof(data));
        }

        ElementType = elementType;
        ElementCount = count;
        Data = data;
    }

    /// <summary>What each element is.</summary>
    public PthElementType ElementType { get; }

    /// <summary>The size of each dimension, outermost first; empty for a scalar. A copy.</summary>
    public long[] Shape => [.. _shape];

    /// <summary>The product of the dimensions; 1 for a scalar.</summary>
    public long ElementCount { get; }

    /// <summary>The elements' bytes, row-major without gaps, little-endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Copies float32 elements. Without a shape the array must hold one element, a scalar.</summary>
    public static PthTensor FromArray(float[] values, params long[] shape) => Copy<float>(values, shape);

    /// <summary>Copies float64 elements. Without a shape the array must hold one element, a scalar.</summary>
    public static PthTensor FromArray(double[] values, params long[] shape) => Copy<double>(values, shape);

    /// <summary>Copies int64 elements. Without a shape the array must hold one element, a scalar.</summary>
    public static PthTensor FromArray(long[] values, params long[] shape) => Copy<long>(values, shape);

    /// <summary>Copies int32 elements. Without a shape the array must hold one element, a scalar.</summary>
    public static PthTensor FromArray(int[] values, params long[] shape) => Copy<int>(values, shape);

    /// <summary>Copies uint8 elements. Without a shape the array must hold one element, a scalar.</summary>
    public static PthTensor FromArray(byte[] values, params long[] shape) => Copy<byte>(values, shape);

    /// <summary>Copies bool elements. Without a shape the array must hold one element, a scalar.</summary>
    public static PthTensor FromArray(bool[] values, params long[] shape) => Copy<bool>(values, shape);

    /// <summary>The elements as their C# type, row-major, without a copy.</summary>
    /// <typeparam name="T">float, double, long, int, byte or bool, as <see cref="ElementType"/> says.</typeparam>
    /// <exception cref="InvalidOperationException">The tensor holds another type.</exception>
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged
    {
        if (ElementTypes.Of<T>() != ElementType)
        {
            throw new InvalidOperationException($"The tensor holds {ElementType}, not {typeof(T).Name}.");
        }

        return MemoryMarshal.Cast<byte, T>(Data.Span);
    }

    /// <summary>The type and the shape, such as <c>Float32 [10, 128]</c>.</summary>
    public override string ToString() => $"{ElementType} {Format(_shape)}";

    internal ReadOnlySpan<long> Dimensions => _shape;

    internal static string Format(ReadOnlySpan<long> numbers) => $"[{string.Join(", ", numbers.ToArray())}]";

    /// <summary>
    /// The product of the dimensions, or null where one is negative or the product passes 64 bits.
    /// Zeros are left out of that test, since strides are products of the other dimensions.
    /// </summary>
    internal static long? CountElements(ReadOnlySpan<long> shape)
    {
        var product = 1L;
        var empty = false;
        foreach (var dimension in shape)
        {
            var next = Math.BigMul(product, Math.Max(dimension, 1));
            if (dimension < 0 || next > long.MaxValue)
            {
                return null;
            }

            product = (long)next;
            empty |= dimension == 0;
        }

        return empty ? 0 : product;
    }

    private static PthTensor Copy<T>(T[] values, long[] shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return new PthTensor(ElementTypes.Of<T>(), shape, ElementTypes.ToBytes<T>(values));
    }
}
