using System.Numerics;
using DigitService.Recognition.Imaging;

namespace DigitService.Recognition.Data.Synthesis;

/// <summary>Draws strokes with a round, anti-aliased pen into MNIST's layout.</summary>
internal static class PenStrokes
{
    private const int Box = MnistLayout.BoxSide;

    /// <summary>Draws strokes so that their ink fills the box of 20×20 on its longer side.</summary>
    /// <param name="strokes">Points that straight lines are drawn between, in any unit.</param>
    /// <param name="radius">The pen's radius in pixels.</param>
    /// <param name="target">784 pixels.</param>
    internal static void Draw(IReadOnlyList<Vector2[]> strokes, float radius, Span<byte> target)
    {
        var (least, most) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        foreach (var stroke in strokes)
        {
            foreach (var point in stroke)
            {
                least = Vector2.Min(least, point);
                most = Vector2.Max(most, point);
            }
        }

        var extent = most - least;
        var scale = (Box - (2 * radius)) / Math.Max(1e-3f, Math.Max(extent.X, extent.Y));
        Span<byte> box = stackalloc byte[Box * Box];
        foreach (var stroke in strokes)
        {
            for (var i = 1; i < stroke.Length; i++)
            {
                DrawLine(box, ((stroke[i - 1] - least) * scale) + new Vector2(radius), ((stroke[i] - least) * scale) + new Vector2(radius), radius);
            }
        }

        MnistLayout.Center(box, Side(extent.X), Side(extent.Y)).CopyTo(target);

        int Side(float length) => Math.Clamp((int)MathF.Ceiling((length * scale) + (2 * radius)), 1, Box);
    }

    private static void DrawLine(Span<byte> box, Vector2 from, Vector2 to, float radius)
    {
        var direction = to - from;
        var squared = Math.Max(1e-9f, direction.LengthSquared());
        var reach = new Vector2(radius + 1);
        var (first, last) = (Vector2.Min(from, to) - reach, Vector2.Max(from, to) + reach);
        for (var y = Math.Max(0, (int)first.Y); y <= Math.Min(Box - 1, (int)last.Y); y++)
        {
            for (var x = Math.Max(0, (int)first.X); x <= Math.Min(Box - 1, (int)last.X); x++)
            {
                var point = new Vector2(x + 0.5f, y + 0.5f) - from;
                var along = Math.Clamp(Vector2.Dot(point, direction) / squared, 0, 1);
                var covered = radius + 0.5f - (point - (direction * along)).Length();
                if (covered > 0)
                {
                    ref var pixel = ref box[(y * Box) + x];
                    pixel = Math.Max(pixel, (byte)(255 * Math.Min(1, covered)));
                }
            }
        }
    }
}
