using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary><c>active.json</c>: which model answers, and which did before.</summary>
internal sealed record ActiveModel
{
    private const int Depth = 20;

    public int Version { get; init; } = 1;

    public required string Id { get; init; }

    /// <summary>The ids of those that answered before, the latest first. Some may have been deleted since.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The content, or null if none is active.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DamagedEntryException">The file is nonsense.</exception>
    internal static ActiveModel? Read(string path, string name)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return null;
        }

        var active = RecognitionJson.Read<ActiveModel>(path, name);
        if (!EntryId.IsValid(active.Id))
        {
            throw RecognitionJson.Damaged(name, $"{PthFormatException.Quote(active.Id)} is not an id.");
        }

        // Who answers is told all the same where somebody has edited who did.
        return active with { Before = [.. active.Before.OfType<string>().Where(EntryId.IsValid)] };
    }

    /// <summary>A model after the present one; the present one once more changes nothing.</summary>
    internal static ActiveModel After(ActiveModel? present, string id) =>
        present is null ? new ActiveModel { Id = id }
        : present.Id == id ? present
        : new ActiveModel { Id = id, Before = [.. present.Before.Prepend(present.Id).Take(Depth)] };

    /// <summary>One step back, past those that are not there any longer; null if there is none to go back to.</summary>
    internal ActiveModel? StepBack(Func<string, bool> isThere) => Before.Index()
        .Where(entry => entry.Item != Id && isThere(entry.Item))
        .Select(entry => new ActiveModel { Id = entry.Item, Before = [.. Before.Skip(entry.Index + 1)] })
        .FirstOrDefault();

    internal void Write(string path) => RecognitionJson.Write(path, this);
}
