using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>All that lies in the folder of a registry.</summary>
internal static class ModelListing
{
    /// <param name="folder">The folder; one that is not there has no models.</param>
    /// <param name="shownAs">What messages call it.</param>
    /// <param name="active">The id of the model that answers.</param>
    internal static IReadOnlyList<ModelEntry> Of(string folder, string shownAs, string? active) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.GetDirectories(folder)
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Select(path => Describe(path, shownAs, active, again: true))
            .OfType<ModelEntry>()
            .OrderByDescending(entry => entry.Info?.CreatedAt ?? DateTimeOffset.MinValue)
            .ThenByDescending(entry => entry.Id.Length)
            .ThenByDescending(entry => entry.Id, StringComparer.Ordinal),
    ];

    private static ModelEntry? Describe(string path, string shownAs, string? active, bool again)
    {
        var name = Path.GetFileName(path);
        try
        {
            return EntryId.IsValid(name)
                ? new ModelEntry(name, new ModelFolder(path, shownAs).ReadInfo(), null, name == active)
                : new ModelEntry(name, null, "The folder's name is not an id of a model.", false);
        }
        catch (DamagedEntryException error)
        {
            // A model that is deleted while it is looked at is not damaged, nor is another that has its id by now.
            return !Directory.Exists(path) ? null
                : again ? Describe(path, shownAs, active, again: false)
                : new ModelEntry(name, null, error.Message, name == active);
        }
    }
}
