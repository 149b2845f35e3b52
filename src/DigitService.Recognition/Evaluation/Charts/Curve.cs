namespace DigitService.Recognition.Evaluation.Charts;

/// <summary>A point of a curve.</summary>
internal readonly record struct CurvePoint(double X, double Y);

/// <summary>Prepares measured curves for drawing.</summary>
internal static class Curve
{
    /// <summary>
    /// Leaves at most twice as many points as there are <paramref name="buckets"/>: the lowest and the highest of each
    /// stretch of the curve, so that no peak is lost. A curve that is short enough stays as it is.
    /// </summary>
    internal static IReadOnlyList<CurvePoint> Thin(IReadOnlyList<CurvePoint> points, int buckets)
    {
        if (points.Count <= 2 * buckets)
        {
            return points;
        }

        var thinned = new List<CurvePoint>(2 * buckets);
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var start = (int)((long)points.Count * bucket / buckets);
            var end = (int)((long)points.Count * (bucket + 1) / buckets);
            var (low, high) = (start, start);
            for (var i = start + 1; i < end; i++)
            {
                low = points[i].Y < points[low].Y ? i : low;
                high = points[i].Y > points[high].Y ? i : high;
            }

            thinned.Add(points[Math.Min(low, high)]);
            if (low != high)
            {
                thinned.Add(points[Math.Max(low, high)]);
            }
        }

        return thinned;
    }

    /// <summary>
    /// The mean of each point and its neighbours, up to <paramref name="reach"/> on either side: no more on the right than
    /// on the left, so that a steep beginning stays where it is, but fewer at the end.
    /// </summary>
    internal static IReadOnlyList<CurvePoint> Smooth(IReadOnlyList<CurvePoint> points, int reach)
    {
        var sums = new double[points.Count + 1];
        for (var i = 0; i < points.Count; i++)
        {
            sums[i + 1] = sums[i] + points[i].Y;
        }

        return
        [
            .. points.Select((point, i) =>
            {
                var start = Math.Max(0, i - reach);
                var end = Math.Min(points.Count, (2 * i) - start + 1);
                return point with { Y = (sums[end] - sums[start]) / (end - start) };
            }),
        ];
    }
}
