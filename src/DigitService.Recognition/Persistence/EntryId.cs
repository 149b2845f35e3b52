using System.Globalization;

namespace DigitService.Recognition.Persistence;

/// <summary>The names of the folders of models and runs.</summary>
internal static class EntryId
{
    private const int MaximumLength = 64;

    internal static bool IsValid(string id) =>
        id.Length is >= 1 and <= MaximumLength
        && id[0] != '.'
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <exception cref="InvalidInputException">The id could leave the folder, or is none.</exception>
    internal static void Require(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!IsValid(id))
        {
            throw new InvalidInputException(
                $"{PthFormatException.Quote(id)} is not an id. An id has 1 to {MaximumLength} letters, digits, '-', '_' and '.', "
                + "and does not start with '.'.");
        }
    }

    /// <summary>A readable id that is free, such as <c>20261121-081500-cnn</c>, and then <c>20261121-081500-cnn-2</c>.</summary>
    /// <param name="time">When, in UTC.</param>
    /// <param name="network">A name of the network catalogue.</param>
    /// <param name="isTaken">Whether an id is in use.</param>
    internal static string New(DateTimeOffset time, string network, Func<string, bool> isTaken)
    {
        var first = time.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-" + network;
        var id = first;
        for (var number = 2; isTaken(id); number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{first}-{number}");
        }

        Require(id);
        return id;
    }
}
