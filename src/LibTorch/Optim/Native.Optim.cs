using System.Runtime.InteropServices;

namespace TorchSharp;

// The optimisers' steps (native/optim.cpp). An empty span is a null pointer: an optional list that is missing.
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int lt_adam_step(ReadOnlySpan<IntPtr> parameters, ReadOnlySpan<IntPtr> expAvgs,
        ReadOnlySpan<IntPtr> expAvgSqs, ReadOnlySpan<IntPtr> maxExpAvgSqs, Span<long> steps, long count, double lr,
        double beta1, double beta2, double eps, double weightDecay, int decoupled, int maximize);

    [LibraryImport(Library)]
    internal static partial int lt_sgd_step(ReadOnlySpan<IntPtr> parameters, ReadOnlySpan<IntPtr> momentumBuffers,
        ReadOnlySpan<byte> fresh, long count, double lr, double momentum, double dampening, double weightDecay,
        int nesterov, int maximize);

    [LibraryImport(Library)]
    internal static partial int lt_optimizer_zeros(TensorHandle parameter, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_optimizer_gradients(ReadOnlySpan<IntPtr> parameters, long count,
        Span<byte> present);

    [LibraryImport(Library)]
    internal static partial int lt_optimizer_zero_grad(ReadOnlySpan<IntPtr> parameters, long count);
}
