using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary><c>active.json</c>: which model answers.</summary>
internal sealed record ActiveModel
{
    public int Version { get; init; } = 1;

    public required string Id { get; init; }

    /// <summary>The id, or null if none is active.</summary>
    /// <exception cref="DamagedEntryException">The file is nonsense.</exception>
    internal static string? Read(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return null;
        }

        var active = RecognitionJson.Read<ActiveModel>(path);
        return EntryId.IsValid(active.Id)
            ? active.Id
            : throw RecognitionJson.Damaged(path, $"{PthFormatException.Quote(active.Id)} is not an id.");
    }

    internal static void Write(string path, string id) => RecognitionJson.Write(path, new ActiveModel { Id = id });
}
