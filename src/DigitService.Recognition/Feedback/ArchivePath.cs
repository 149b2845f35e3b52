using System.IO.Compression;
using DigitService.Recognition.Data;

namespace DigitService.Recognition.Feedback;

/// <summary>
/// What an entry of an archive is by its name. Nothing is ever written under such a name: one that leads out of the
/// archive is refused since it means no good.
/// </summary>
/// <param name="Label">What its folder says that it shows: 0 to 9, or <see cref="DigitImages.NoDigit"/>; null if it is not taken.</param>
/// <param name="Reason">Why it is not taken, as a sentence.</param>
internal readonly record struct ArchivePath(int? Label, string Reason)
{
    private const int FileTypes = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;
    private const int SymbolicLink = 0xA000;

    /// <summary>Whether the entry is a folder, which is nothing but a name for others.</summary>
    internal static bool IsFolder(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith('/') && entry.Length == 0 && TypeOf(entry) is 0 or Folder;

    internal static ArchivePath Of(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        var parts = name.Split('/', '\\');
        return TypeOf(entry) switch
        {
            SymbolicLink => Not("It is a symbolic link; links are not followed."),
            not (0 or RegularFile) => Not("It is neither a file nor a folder."),
            _ when name.Any(char.IsControl) || parts.Any(part => part is "" or "." or "..") || name.Contains(':', StringComparison.Ordinal)
                => Not("Its name leads out of the archive, or is none; accepted are names such as 7/picture.png."),
            _ when parts[0] == "__MACOSX" || parts.Any(part => part.StartsWith('.')) => Not("It is hidden, and left aside."),
            _ when entry.IsEncrypted => Not("It is encrypted."),
            _ when parts.Length is not (2 or 3) => Not(
                $"It is not in a folder of a label: accepted are the folders {FeedbackLabel.Accepted}, all of them within one other folder or none."),
            _ when FeedbackLabel.TryParse(parts[^2]) is { } label => new ArchivePath(label, ""),
            _ => Not($"Its folder is no label; accepted: {FeedbackLabel.Accepted}."),
        };
    }

    // Programs of Unix keep the mode of a file in the upper half; those of Windows nothing.
    private static int TypeOf(ZipArchiveEntry entry) => (entry.ExternalAttributes >> 16) & FileTypes;

    private static ArchivePath Not(string reason) => new(null, reason);
}
