using System.Runtime.InteropServices;

namespace TorchSharp;

// Gradients and the modes that switch recording off (native/autograd.cpp).
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int lt_backward(ReadOnlySpan<IntPtr> tensors, long count, ReadOnlySpan<IntPtr> gradients,
        long gradientCount, int retainGraph, int createGraph, ReadOnlySpan<IntPtr> inputs, long inputCount);

    [LibraryImport(Library)]
    internal static partial int lt_grad(ReadOnlySpan<IntPtr> outputs, long outputCount, ReadOnlySpan<IntPtr> inputs,
        long inputCount, ReadOnlySpan<IntPtr> gradients, long gradientCount, int retainGraph, int createGraph,
        int allowUnused, Span<IntPtr> results);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_grad(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_set_grad(TensorHandle tensor, TensorHandle gradient);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_requires_grad(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_set_requires_grad(TensorHandle tensor, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_retain_grad(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_is_leaf(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_set_data(TensorHandle tensor, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int lt_grad_enabled(out int result);

    [LibraryImport(Library)]
    internal static partial int lt_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    internal static partial int lt_inference_mode_enter(int enabled, out InferenceModeHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_inference_mode_enabled(out int result);

    [LibraryImport(Library)]
    internal static partial void lt_inference_mode_leave(IntPtr mode);
}
