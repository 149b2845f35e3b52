namespace DigitService.Recognition.Persistence;

/// <summary>The hidden names under which files and folders are made before they are renamed into place.</summary>
internal static class TemporaryEntry
{
    // The form of Path.GetRandomFileName, so that no file of a person's is taken for one of these.
    private const string Pattern = ".????????.???.tmp";

    private static readonly EnumerationOptions _every = new()
    {
        MatchType = MatchType.Simple,
        AttributesToSkip = FileAttributes.None,
    };

    internal static string NewPath(string folder) => Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");

    internal static bool AnyIn(string folder) => Directory.EnumerateFileSystemEntries(folder, Pattern, _every).Any();

    /// <summary>
    /// Removes what killed processes left. The caller holds the folder's lock, without which nothing temporary is made
    /// there: what lies around belongs to no living process.
    /// </summary>
    internal static void DeleteAllIn(string folder)
    {
        foreach (var path in Directory.GetFileSystemEntries(folder, Pattern, _every))
        {
            Delete(path);
        }
    }

    /// <summary>Removes a file or a folder now, or leaves it to the next start if that fails.</summary>
    internal static void TryDelete(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nobody sees it under its name, and the reason for which it is removed matters more.
        }
    }

    /// <summary>Removes what killed processes left, if nobody holds the lock and the folder can be written to.</summary>
    internal static void TryDeleteAllIn(string folder, string lockPath)
    {
        try
        {
            if (Directory.Exists(folder) && AnyIn(folder))
            {
                using var held = FolderLock.TryAcquire(lockPath);
                if (held is not null)
                {
                    DeleteAllIn(folder);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever only reads, from a read-only disk say, is not stopped by leftovers.
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
