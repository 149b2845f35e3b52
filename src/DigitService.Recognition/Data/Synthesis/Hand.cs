using System.Numerics;

namespace DigitService.Recognition.Data.Synthesis;

/// <summary>
/// Draws figures as a random hand would: points a little off, strokes that begin too late or end too far and do not quite
/// meet, wider or narrower, leaning, with a pen of some width that a mouse, a finger or a hand moves.
/// </summary>
internal static class Hand
{
    private const float Height = 100;

    // A curve of a mouse that was moved fast has few points; a pen's has many.
    private const int FewestPoints = 2;
    private const int MostPoints = 7;

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">What is drawn.</param>
    /// <param name="freedom">How far the hand may stray from the figure: 1 as people's hands do.</param>
    /// <param name="random">Where the chances come from.</param>
    /// <param name="target">784 pixels, as MNIST lays them out.</param>
    internal static void Draw(Figure figure, float freedom, ref SplitMix64 random, Span<byte> target)
    {
        var steps = FewestPoints + random.Below(MostPoints - FewestPoints + 1);
        var map = Lean(freedom, ref random);
        var tremble = freedom * Height * (0.01f + (0.025f * Unit(ref random)));
        var strokes = new List<Vector2[]>(figure.Strokes.Count);
        foreach (var stroke in figure.Strokes)
        {
            var shift = new Vector2(random.Symmetric(), random.Symmetric()) * (freedom * Height * 0.03f);
            var points = new Vector2[stroke.Points.Count];
            for (var i = 0; i < points.Length; i++)
            {
                var off = new Vector2(random.Symmetric(), random.Symmetric()) * (2 * tremble);
                points[i] = Place(stroke.Points[i] + shift + off, map);
            }

            strokes.Add(stroke.IsCurve ? Curve(Loosen(points, freedom, ref random), steps) : Loosen(points, freedom, ref random));
        }

        PenStrokes.Draw(strokes, Pen(ref random), target);
    }

    /// <summary>A pen's radius in pixels of MNIST's box.</summary>
    internal static float Pen(ref SplitMix64 random) => 0.8f + (1.2f * Unit(ref random));

    /// <summary>A number of at least 0 and less than 1.</summary>
    internal static float Unit(ref SplitMix64 random) => (random.Symmetric() + 1) / 2;

    /// <summary>Points of a smooth curve through some points: the spline of Catmull and Rom, 1974.</summary>
    internal static Vector2[] Curve(IReadOnlyList<Vector2> points, int steps)
    {
        var curve = new Vector2[((points.Count - 1) * steps) + 1];
        for (var i = 0; i < points.Count - 1; i++)
        {
            var (a, b) = (points[Math.Max(0, i - 1)], points[i]);
            var (c, d) = (points[i + 1], points[Math.Min(points.Count - 1, i + 2)]);
            for (var step = 0; step < steps; step++)
            {
                var t = (float)step / steps;
                curve[(i * steps) + step] = 0.5f * ((2 * b) + ((c - a) * t)
                    + (((2 * a) - (5 * b) + (4 * c) - d) * (t * t))
                    + (((3 * b) - a - (3 * c) + d) * (t * t * t)));
            }
        }

        curve[^1] = points[^1];
        return curve;
    }

    /// <summary>
    /// The cosine and the sine of an angle by the tangent of its half: a sine of the C library's may have another last bit
    /// on another machine.
    /// </summary>
    internal static (float Cos, float Sin) Turn(float half) =>
        ((1 - (half * half)) / (1 + (half * half)), 2 * half / (1 + (half * half)));

    // Written out, since the library's own may multiply and add in one step where the processor can.
    private static Vector2 Place(Vector2 point, Matrix3x2 map) => new(
        (point.X * map.M11) + (point.Y * map.M21), (point.X * map.M12) + (point.Y * map.M22));

    private static Matrix3x2 Lean(float freedom, ref SplitMix64 random)
    {
        var (cos, sin) = Turn(0.1f * freedom * random.Symmetric());
        var width = 1 + (0.35f * freedom * random.Symmetric());
        var slant = 0.3f * freedom * random.Symmetric();

        // Stretched and slanted, and then turned.
        return new Matrix3x2(width * cos, width * sin, (slant * cos) - sin, (slant * sin) + cos, 0, 0);
    }

    // Half of all strokes begin or end a little before or after the place that they are meant for.
    private static Vector2[] Loosen(Vector2[] points, float freedom, ref SplitMix64 random)
    {
        if (random.Symmetric() < 0)
        {
            return points;
        }

        const float Most = 8;
        points[0] = Move(points[0], points[1], freedom * Most * random.Symmetric());
        points[^1] = Move(points[^1], points[^2], freedom * Most * random.Symmetric());
        return points;

        static Vector2 Move(Vector2 end, Vector2 inner, float length)
        {
            var direction = end - inner;
            var reach = direction.Length();
            return reach < 1 ? end : end + (direction * (Math.Max(length, -reach / 2) / reach));
        }
    }
}
