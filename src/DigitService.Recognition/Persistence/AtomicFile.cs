namespace DigitService.Recognition.Persistence;

/// <summary>Files that are whole or not there, whatever ends the process.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a file beside its place, flushes it to the disk and renames it over what was there. On failure the old
    /// file stays as it was.
    /// </summary>
    /// <param name="path">The file's place, in a folder that is there.</param>
    /// <param name="write">Writes the content. The stream can be read and sought too.</param>
    /// <exception cref="IOException">The folder is missing, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? target;
        var temporary = TemporaryEntry.NewPath(folder);
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        try
        {
            using (file)
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        DurableFolder.Flush(folder);
    }
}
