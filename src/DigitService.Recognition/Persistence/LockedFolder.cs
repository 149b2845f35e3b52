namespace DigitService.Recognition.Persistence;

/// <summary>Changes of a folder that several processes may want to change.</summary>
internal static class LockedFolder
{
    /// <summary>Makes a change while nobody else does, in a folder without leftovers.</summary>
    /// <param name="folder">The folder, made if it is missing.</param>
    /// <param name="shownAs">What messages call it.</param>
    /// <param name="lockPath">Its lock file.</param>
    /// <param name="patience">The longest wait for the lock.</param>
    /// <param name="what">What is changed, to follow "Could not".</param>
    /// <param name="change">The change.</param>
    /// <exception cref="EntryConflictException">The lock was held all the time.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    internal static T Change<T>(string folder, string shownAs, string lockPath, TimeSpan patience, string what, Func<T> change)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var held = FolderLock.Acquire(lockPath, patience, () =>
                $"Could not {what}: another process has been changing {shownAs} for {patience.TotalSeconds:0.#} seconds. Try again when it is done.");
            TemporaryEntry.DeleteAllIn(folder);
            return change();
        }
        catch (Exception error) when (error is UnauthorizedAccessException || IsOfTheDisk(error))
        {
            // The operating system tells the whole path, which may be nobody's business.
            var reason = error.Message.Replace(folder, shownAs, StringComparison.Ordinal);
            throw new IOException($"Could not {what} in {shownAs}; nothing was changed. {reason}", error);
        }
    }

    // The types of this library explain themselves; the operating system's errors come in .NET's own types.
    private static bool IsOfTheDisk(Exception error) =>
        error is IOException && error.GetType().Assembly == typeof(IOException).Assembly;
}
