namespace DigitService.Cli;

/// <summary>What a person types for the id of a model or a run: the id, a beginning that only one id has, or <c>latest</c>.</summary>
internal static class Reference
{
    internal const string Help = "An id, as much of its beginning as is needed to tell it from the others, or 'latest'.";

    private const string Latest = "latest";

    /// <param name="text">What was typed.</param>
    /// <param name="kind">What it stands for: model or run.</param>
    /// <param name="ids">All ids, the newest first.</param>
    /// <returns>The id. Text that is the beginning of none is returned as it is: whoever looks for it says that it is not there.</returns>
    /// <exception cref="ArgumentException">Several ids begin so, or there is no latest one.</exception>
    internal static string Resolve(string text, string kind, IReadOnlyList<string> ids)
    {
        if (text == Latest)
        {
            return ids.Count > 0 ? ids[0] : throw new ArgumentException($"There is no {kind} yet.");
        }

        var found = ids.Contains(text) ? [text] : ids.Where(id => id.StartsWith(text, StringComparison.Ordinal)).ToArray();
        return found.Length switch
        {
            0 => text,
            1 => found[0],
            _ => throw new ArgumentException(
                $"Several {kind}s begin with '{text}': {string.Join(", ", found.Take(5))}{(found.Length > 5 ? ", …" : "")}."),
        };
    }
}
