using System.Runtime.InteropServices;
using TorchSharp;

namespace DigitService.Recognition.Training;

/// <summary>Settings of the process that make libtorch fast here. They are made once, before the first tensor.</summary>
public static partial class TorchRuntime
{
    private static readonly Lazy<bool> _configured = new(() =>
    {
        KeepFreedMemory();

        // Networks for small images have small tensors: threads inside an operator wait for one another longer than
        // they work. Replicas and requests are what runs side by side.
        torch.set_num_threads(1);
        return true;
    });

    /// <summary>Makes the settings, if they are not made yet.</summary>
    public static void Configure() => _ = _configured.Value;

    // glibc returns every large tensor to the kernel and takes it back zeroed at the next step, which halves the speed
    // of two threads. With these settings it keeps what it has.
    private static void KeepFreedMemory()
    {
        const int TrimThreshold = -1;
        const int MmapThreshold = -3;
        const int HalfHeap = 32 << 20;
        const int Never = int.MaxValue;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = mallopt(TrimThreshold, Never);
            _ = mallopt(MmapThreshold, HalfHeap);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc manages its memory otherwise.
        }
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
