using System.Diagnostics;

namespace DigitService.Recognition.Persistence;

/// <summary>
/// A file that one process, and one part of it, holds open alone. The operating system lets go of it when the process
/// ends, however it ends; the file itself stays, since deleting it would let two hold it.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or waits for it.</summary>
    /// <param name="path">The lock file, made if it is missing.</param>
    /// <param name="patience">The longest wait.</param>
    /// <param name="busy">The sentence that says who holds the lock.</param>
    /// <exception cref="EntryConflictException">The lock was held all the time.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    internal static FolderLock Acquire(string path, TimeSpan patience, Func<string> busy)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryAcquire(path) is { } held)
            {
                return held;
            }

            if (Stopwatch.GetElapsedTime(start) > patience)
            {
                throw new EntryConflictException(busy());
            }

            Thread.Sleep(_pause);
        }
    }

    /// <summary>Takes the lock, or gives null if it is held.</summary>
    internal static FolderLock? TryAcquire(string path)
    {
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            return null;
        }
    }

    /// <summary>Whether somebody holds the lock. Any number may ask at once.</summary>
    internal static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            return true;
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    public void Dispose() => _file.Dispose();

    // .NET has no type for it: EAGAIN of Linux and macOS, and ERROR_SHARING_VIOLATION of Windows.
    private static bool IsSharingViolation(IOException error) =>
        error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
