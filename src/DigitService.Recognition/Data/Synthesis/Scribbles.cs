using System.Numerics;

namespace DigitService.Recognition.Data.Synthesis;

/// <summary>What a pen draws that is no digit, and no letter or sign either.</summary>
internal static class Scribbles
{
    /// <summary>How freely all that is no digit is drawn: a letter that is drawn as freely as a digit may become one.</summary>
    internal const float Freedom = 0.9f;

    /// <summary>One to four strokes to and fro.</summary>
    internal static void Scribble(ref SplitMix64 random, Span<byte> target)
    {
        var strokes = new List<Vector2[]>();
        var count = 1 + random.Below(4);
        for (var i = 0; i < count; i++)
        {
            // A single stroke of few turns may be a digit by chance.
            var points = new Vector2[(count == 1 ? 8 : 4) + random.Below(10)];
            var place = new Vector2(random.Symmetric(), random.Symmetric());
            for (var j = 0; j < points.Length; j++)
            {
                points[j] = place;
                var leap = new Vector2(random.Symmetric(), random.Symmetric());
                place = Vector2.Clamp(place + leap, -Vector2.One, Vector2.One);
            }

            strokes.Add(random.Symmetric() < 0 ? points : Hand.Curve(points, 5));
        }

        PenStrokes.Draw(strokes, Hand.Pen(ref random), target);
    }

    /// <summary>A closed line with bays, as clouds and leaves have, or a rounder one with something in it: a face, a coin, a clock.</summary>
    internal static void Outline(ref SplitMix64 random, Span<byte> target)
    {
        const int Corners = 16;
        const float Cos = 0.92387953f;
        const float Sin = 0.38268343f;
        var isPlain = random.Symmetric() < 0;
        var depth = isPlain ? 0.35f + (0.3f * Hand.Unit(ref random)) : 0.1f;
        var direction = new Vector2(1, 0);
        var points = new Vector2[Corners + 1];
        var stretch = new Vector2(1.2f + (0.6f * random.Symmetric()), 1);
        var period = 2 + random.Below(3);
        for (var i = 0; i < Corners; i++)
        {
            var isBay = i % period == 1 || random.Below(5) == 0;
            points[i] = direction * stretch * (1 - (isBay ? depth * Hand.Unit(ref random) : 0));
            direction = new Vector2((direction.X * Cos) - (direction.Y * Sin), (direction.X * Sin) + (direction.Y * Cos));
        }

        points[Corners] = points[0];
        List<Vector2[]> strokes = [Hand.Curve(points, 4)];
        var inside = isPlain ? random.Below(2) : 2 + random.Below(4);
        for (var i = 0; i < inside; i++)
        {
            var place = new Vector2(random.Symmetric(), random.Symmetric()) * 0.45f;
            var mark = new Vector2[2 + random.Below(3)];
            for (var j = 0; j < mark.Length; j++)
            {
                mark[j] = place + (new Vector2(random.Symmetric(), random.Symmetric()) * 0.35f);
            }

            strokes.Add(mark.Length > 2 ? Hand.Curve(mark, 4) : mark);
        }

        PenStrokes.Draw(strokes, Hand.Pen(ref random) * 0.8f, target);
    }

    /// <summary>Two digits that one hand wrote with one pen, near each other or joined.</summary>
    internal static void Pair(ref SplitMix64 random, Span<byte> target)
    {
        var (first, second) = (Form(ref random), Form(ref random));
        var gap = 85 + (20 * random.Symmetric());
        var drop = 15 * random.Symmetric();
        var right = second.Strokes.Select(stroke => stroke with
        {
            Points = [.. stroke.Points.Select(point => point + new Vector2(gap, drop))],
        });
        Hand.Draw(new Figure([.. first.Strokes, .. right]), Freedom, ref random, target);

        static Figure Form(ref SplitMix64 chance)
        {
            var forms = DigitFigures.Of(chance.Below(DigitImages.Classes));
            return forms[chance.Below(forms.Count)];
        }
    }
}
