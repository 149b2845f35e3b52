using System.Runtime.InteropServices;

namespace DigitService.Recognition.Training;

/// <summary>
/// Threads that leave the processor to others: a service that trains on all cores still answers at once. A thread that
/// gave way may not take its place back (Linux wants a privilege for that), so that it is one of its own from the start.
/// </summary>
public static partial class YieldingThread
{
    // A tenth of a usual thread's share while both want the same core, and all of it while nobody else does.
    private const int Niceness = 10;

    /// <summary>Starts a thread that yields, as do those that training starts on it. It does not keep the process alive.</summary>
    /// <param name="name">What debuggers call it.</param>
    /// <param name="work">What it does.</param>
    public static Thread Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            Yield();
            work();
        })
        {
            IsBackground = true,
            Name = name,
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return thread;
    }

    // .NET sets no priorities on Linux, where every thread has a nice value, which the threads that it starts inherit:
    // libtorch's too. Where it is forbidden, training goes on as all else does.
    private static void Yield()
    {
        const int Process = 0;
        const int ThisThread = 0;
        if (OperatingSystem.IsLinux())
        {
            _ = setpriority(Process, ThisThread, Niceness);
        }
    }

    [LibraryImport("libc")]
    private static partial int setpriority(int which, int who, int priority);
}
