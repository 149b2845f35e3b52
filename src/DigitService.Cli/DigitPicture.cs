using DigitService.Recognition.Data;
using Spectre.Console;

namespace DigitService.Cli;

/// <summary>A 28×28 picture in a terminal: two pixels a character, one above the other, as characters are that tall.</summary>
internal static class DigitPicture
{
    private const string Ramp = " .:-=+*#%@";

    /// <summary>
    /// 14 lines of markup, 28 columns each; in shades of gray, or in characters of more and more ink where there are no
    /// colours.
    /// </summary>
    internal static IReadOnlyList<string> Lines(byte[] pixels, bool hasColors) =>
    [
        .. Enumerable.Range(0, DigitImages.Side / 2).Select(row => string.Concat(Enumerable.Range(0, DigitImages.Side).Select(column =>
        {
            var upper = pixels[(2 * row * DigitImages.Side) + column];
            var lower = pixels[(((2 * row) + 1) * DigitImages.Side) + column];
            return hasColors
                ? $"[rgb({upper},{upper},{upper}) on rgb({lower},{lower},{lower})]▀[/]"
                : Markup.Escape($"{Ramp[(upper + lower) * (Ramp.Length - 1) / 510]}");
        }))),
    ];
}
