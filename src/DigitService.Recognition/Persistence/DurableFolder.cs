using System.Runtime.InteropServices;

namespace DigitService.Recognition.Persistence;

/// <summary>Makes renames outlast a power failure.</summary>
internal static partial class DurableFolder
{
    /// <summary>
    /// Brings a folder's entries to the disk. A folder that cannot be flushed is left to the operating system: the
    /// rename has happened for every process, and only a power failure in the next seconds could undo it.
    /// </summary>
    internal static void Flush(string folder)
    {
        const int ReadOnly = 0;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // .NET opens no folders, so that the C library has to.
        var descriptor = open(folder, ReadOnly);
        if (descriptor >= 0)
        {
            _ = fsync(descriptor);
            _ = close(descriptor);
        }
    }

    /// <summary>Whether many files can be brought to the disk at once, which takes no longer than for one of them.</summary>
    internal static bool CanFlushDisk => OperatingSystem.IsLinux();

    /// <summary>Brings all that was written on a folder's disk there, where <see cref="CanFlushDisk"/>.</summary>
    /// <exception cref="IOException">Some of it cannot be.</exception>
    internal static void FlushDisk(string folder)
    {
        const int ReadOnly = 0;
        var descriptor = open(folder, ReadOnly);
        var isDone = descriptor >= 0 && syncfs(descriptor) == 0;
        if (descriptor >= 0)
        {
            _ = close(descriptor);
        }

        if (!isDone)
        {
            throw new IOException("What was written could not be brought to the disk.");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc")]
    private static partial int syncfs(int descriptor);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
