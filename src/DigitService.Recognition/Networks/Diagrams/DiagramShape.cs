using DigitService.Recognition.Data;

namespace DigitService.Recognition.Networks;

/// <summary>A point of a drawing, in its units; y goes down.</summary>
internal readonly record struct DiagramPoint(double X, double Y);

/// <summary>
/// How large a stage is drawn and where its parts lie. A stack of feature maps is a block seen from its side: as wide as
/// it has channels, as high and deep as its maps; a vector is a bar as high as the logarithm of its length.
/// </summary>
internal sealed class DiagramShape
{
    internal const double DigitHeight = 14;

    /// <summary>The answer that there is no digit.</summary>
    internal const string None = "none";

    private const double Slant = 0.38;

    private readonly double _depth;

    internal DiagramShape(DiagramStage stage, bool isLast)
    {
        Stage = stage;
        Answers = isLast ? AnswersOf(stage.Shape) : [];
        IsBlock = stage.Kind != StageKind.Picture && stage.Shape.Length == 3;
        (FrontWidth, FrontHeight) = stage switch
        {
            { Kind: StageKind.Picture } => (Side(stage.Shape[2]), Side(stage.Shape[1])),
            _ when Answers.Count > 0 => (Answers.Contains(None) ? 30 : 20, Answers.Count * DigitHeight),
            _ when IsBlock => (3 + (4.2 * Math.Sqrt(stage.Shape[0])), Side(stage.Shape[1])),
            _ => (stage.Kind == StageKind.Reshape ? 8 : 18, 36 + (11 * Math.Log2(Math.Max(stage.Shape[^1], 8) / 8.0))),
        };
        _depth = IsBlock ? Slant * Side(stage.Shape[2]) : 0;
    }

    internal DiagramStage Stage { get; }

    /// <summary>What the elements of the last one mean: the ten digits, and none where the network tells; empty for the others.</summary>
    internal IReadOnlyList<string> Answers { get; }

    internal bool IsBlock { get; }

    internal double FrontWidth { get; }

    internal double FrontHeight { get; }

    internal double Width => FrontWidth + _depth;

    internal double Height => FrontHeight + _depth;

    /// <summary>The middle of what is drawn.</summary>
    internal DiagramPoint Centre { get; set; }

    internal double Left => Centre.X - (Width / 2);

    internal double Right => Centre.X + (Width / 2);

    internal double Top => Centre.Y - (Height / 2);

    internal double Bottom => Centre.Y + (Height / 2);

    internal DiagramPoint[] Front =>
    [
        new(Left, Top + _depth), new(Left + FrontWidth, Top + _depth), new(Left + FrontWidth, Bottom), new(Left, Bottom),
    ];

    internal DiagramPoint[] Roof =>
    [
        new(Left, Top + _depth), new(Left + _depth, Top), new(Right, Top), new(Left + FrontWidth, Top + _depth),
    ];

    internal DiagramPoint[] FarSide => [OnMap(0, 0), OnMap(1, 0), OnMap(1, 1), OnMap(0, 1)];

    /// <summary>A window in the middle of the maps, as large a part of them as it is in the network.</summary>
    internal DiagramPoint[] Window(long[] size)
    {
        var height = Math.Min(1, size[0] / (double)Stage.Shape[1]) / 2;
        var width = Math.Min(1, size[1] / (double)Stage.Shape[2]) / 2;
        return
        [
            OnMap(0.5 - width, 0.5 - height), OnMap(0.5 + width, 0.5 - height),
            OnMap(0.5 + width, 0.5 + height), OnMap(0.5 - width, 0.5 + height),
        ];
    }

    /// <summary>A point of the map that is seen, both coordinates from 0 to 1.</summary>
    private DiagramPoint OnMap(double x, double y) => IsBlock
        ? new(Left + FrontWidth + (x * _depth), Top + _depth + (y * FrontHeight) - (x * _depth))
        : new(Left + (x * FrontWidth), Top + (y * FrontHeight));

    private static IReadOnlyList<string> AnswersOf(long[] shape)
    {
        IReadOnlyList<string> digits = [.. Enumerable.Range(0, DigitImages.Classes).Select(digit => NetworkDiagram.Number(digit))];
        return shape switch
        {
            [DigitImages.Classes] => digits,
            [DigitImages.Classes + 1] => [.. digits, None],
            _ => [],
        };
    }

    private static double Side(long pixels) => 10 + (2.9 * (Math.Min(pixels, 40) - 1));
}
