using System.Globalization;
using System.Numerics;

namespace DigitService.Recognition.Data.Synthesis;

/// <summary>
/// Something that is drawn with a pen, stroke by stroke, as a text says: strokes are divided by <c>/</c>; each begins
/// with <c>~</c> for a curve through its points or <c>-</c> for straight lines between them; points are <c>x,y</c> in
/// hundredths of the figure's usual height, y pointing down.
/// </summary>
internal sealed record Figure(IReadOnlyList<FigureStroke> Strokes)
{
    internal static Figure Parse(string text) => new([.. text.Split('/').Select(Stroke)]);

    private static FigureStroke Stroke(string text)
    {
        var isCurve = text[0] switch
        {
            '~' => true,
            '-' => false,
            _ => throw new FormatException($"A stroke begins with ~ or -, not with '{text[0]}'."),
        };
        return new FigureStroke([.. text[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Point)], isCurve);
    }

    private static Vector2 Point(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return new Vector2(
            float.Parse(text.AsSpan(0, comma), CultureInfo.InvariantCulture),
            float.Parse(text.AsSpan(comma + 1), CultureInfo.InvariantCulture));
    }
}

/// <summary>A stroke, from pen down to pen up.</summary>
/// <param name="Points">The points that it goes through, two or more.</param>
/// <param name="IsCurve">Whether it is round between them.</param>
internal readonly record struct FigureStroke(IReadOnlyList<Vector2> Points, bool IsCurve);
