using System.Runtime.InteropServices;

namespace DigitService.Recognition.Persistence;

/// <summary>Lays out the elements of a strided view row-major, without gaps.</summary>
internal static class StridedCopy
{
    /// <summary>Whether a view that holds elements is row-major already.</summary>
    internal static bool IsContiguous(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        var expected = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            // The stride of a dimension of one element is never used, and PyTorch writes any.
            if (shape[dimension] != 1 && strides[dimension] != expected)
            {
                return false;
            }

            expected *= shape[dimension];
        }

        return true;
    }

    /// <summary>Copies a view; offset, shape and strides are known to lie within the source.</summary>
    internal static byte[] Gather(
        byte[] source, int elementSize, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            count *= dimension;
        }

        var target = new byte[count * elementSize];
        switch (elementSize)
        {
            case 1: Gather<byte>(source, target, (int)offset, shape, strides); break;
            case 4: Gather<uint>(source, target, (int)offset, shape, strides); break;
            case 8: Gather<ulong>(source, target, (int)offset, shape, strides); break;
            default: throw new ArgumentOutOfRangeException(nameof(elementSize), elementSize, "Not a size of elements.");
        }

        return target;
    }

    /// <summary>Counts through the dimensions like an odometer, the last one fastest.</summary>
    private static void Gather<T>(
        byte[] source, byte[] target, int offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
        where T : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, T>(source.AsSpan());
        var position = (long)offset;
        var index = new long[shape.Length];
        foreach (ref var element in MemoryMarshal.Cast<byte, T>(target.AsSpan()))
        {
            element = from[(int)position];
            for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
            {
                position += strides[dimension];
                if (++index[dimension] < shape[dimension])
                {
                    break;
                }

                position -= strides[dimension] * shape[dimension];
                index[dimension] = 0;
            }
        }
    }
}
