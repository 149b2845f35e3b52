using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary><c>active.json</c>: which model answers.</summary>
internal sealed record ActiveModel
{
    public int Version { get; init; } = 1;

    public required string Id { get; init; }

    /// <summary>The id, or null if none is active.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DamagedEntryException">The file is nonsense.</exception>
    internal static string? Read(string path, string name)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return null;
        }

        var active = RecognitionJson.Read<ActiveModel>(path, name);
        return EntryId.IsValid(active.Id)
            ? active.Id
            : throw RecognitionJson.Damaged(name, $"{PthFormatException.Quote(active.Id)} is not an id.");
    }

    internal static void Write(string path, string id) => RecognitionJson.Write(path, new ActiveModel { Id = id });
}
