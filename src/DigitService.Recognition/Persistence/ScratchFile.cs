namespace DigitService.Recognition.Persistence;

/// <summary>Files for what is not finished yet: nothing is left of one when it is closed, whatever ends the process.</summary>
public static class ScratchFile
{
    /// <summary>Makes an empty file that can be written and read.</summary>
    /// <param name="folder">The folder on whose disk it is to be; made if it is missing.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static FileStream Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = TemporaryEntry.NewPath(folder);
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
        });
        if (!OperatingSystem.IsWindows())
        {
            // Windows deletes it with its last handle, even a killed process's; elsewhere that is what an unlinked file does.
            File.Delete(path);
        }

        return file;
    }
}
