using System.Runtime.InteropServices;

namespace TorchSharp;

// The operators behind layers and losses (native/nn.cpp).
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int lt_linear(TensorHandle input, TensorHandle weight, TensorHandle bias,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_conv2d(TensorHandle input, TensorHandle weight, TensorHandle bias,
        ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, long groups,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_winograd_weights(TensorHandle weight, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_winograd_conv2d(TensorHandle input, TensorHandle weights, TensorHandle weight,
        TensorHandle bias, ReadOnlySpan<long> padding, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_batch_norm(TensorHandle input, TensorHandle weight, TensorHandle bias,
        TensorHandle runningMean, TensorHandle runningVar, int training, double momentum, double eps,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_dropout(TensorHandle input, double probability, int training, int inPlace,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_max_pool2d(TensorHandle input, ReadOnlySpan<long> kernel,
        ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, int ceilMode,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lt_avg_pool2d(TensorHandle input, ReadOnlySpan<long> kernel,
        ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, int ceilMode, int countIncludePad, long* divisor,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_adaptive_avg_pool2d(TensorHandle input, ReadOnlySpan<long> outputSize,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_adaptive_max_pool2d(TensorHandle input, ReadOnlySpan<long> outputSize,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_cross_entropy(TensorHandle input, TensorHandle target, TensorHandle weight,
        long ignoreIndex, long reduction, double labelSmoothing, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_nll_loss(TensorHandle input, TensorHandle target, TensorHandle weight,
        long reduction, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_mse_loss(TensorHandle input, TensorHandle target, long reduction,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_affine_grid(TensorHandle theta, ReadOnlySpan<long> size, long rank,
        int alignCorners, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_grid_sample(TensorHandle input, TensorHandle grid, long interpolation,
        long padding, int alignCorners, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_one_hot(TensorHandle input, long classes, out TensorHandle result);
}
