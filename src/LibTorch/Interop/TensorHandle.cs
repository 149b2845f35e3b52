using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// Owns one native tensor. The runtime keeps it alive while a native call uses it and frees it exactly once,
/// at the latest when it is finalised.
/// </summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for a missing optional tensor.</summary>
    internal static readonly TensorHandle None = new();

    public TensorHandle() : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    internal TensorHandle(IntPtr owned) : this() => SetHandle(owned);

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        Native.lt_tensor_free(handle);
        return true;
    }
}

/// <summary>Owns one native random number generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    internal static readonly GeneratorHandle None = new();

    public GeneratorHandle() : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        Native.lt_generator_free(handle);
        return true;
    }
}

/// <summary>Owns one native inference-mode guard, which must be released on the thread that made it.</summary>
internal sealed class InferenceModeHandle : SafeHandle
{
    public InferenceModeHandle() : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        Native.lt_inference_mode_leave(handle);
        return true;
    }
}
