using System.Runtime.InteropServices;

namespace TorchSharp;

// Tensors made from nothing, from a caller's memory, or at random (native/tensor_creation.cpp).
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int lt_empty(ReadOnlySpan<long> sizes, long rank, sbyte dtype, int deviceType,
        int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_zeros(ReadOnlySpan<long> sizes, long rank, sbyte dtype, int deviceType,
        int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_ones(ReadOnlySpan<long> sizes, long rank, sbyte dtype, int deviceType,
        int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_full(ReadOnlySpan<long> sizes, long rank, ScalarValue value, sbyte dtype,
        int deviceType, int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_arange(ScalarValue start, ScalarValue stop, ScalarValue step, sbyte dtype,
        int deviceType, int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_eye(long rows, long columns, sbyte dtype, int deviceType, int deviceIndex,
        int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_rand(ReadOnlySpan<long> sizes, long rank, GeneratorHandle generator, sbyte dtype,
        int deviceType, int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_randn(ReadOnlySpan<long> sizes, long rank, GeneratorHandle generator, sbyte dtype,
        int deviceType, int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_randint(long low, long high, ReadOnlySpan<long> sizes, long rank,
        GeneratorHandle generator, sbyte dtype, int deviceType, int deviceIndex, int requiresGrad,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_randperm(long count, GeneratorHandle generator, sbyte dtype, int deviceType,
        int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lt_from_data(void* data, sbyte dataDtype, ReadOnlySpan<long> sizes, long rank,
        sbyte dtype, int deviceType, int deviceIndex, int requiresGrad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_uniform_(TensorHandle tensor, double @from, double to,
        GeneratorHandle generator);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_normal_(TensorHandle tensor, double mean, double deviation,
        GeneratorHandle generator);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_bernoulli_(TensorHandle tensor, double probability,
        GeneratorHandle generator);
}
