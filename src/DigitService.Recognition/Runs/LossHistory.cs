using DigitService.Recognition.Training;

namespace DigitService.Recognition.Runs;

/// <summary>
/// A loss curve of bounded size, however long its run. Each point is the mean loss of the steps since the one before, at
/// the last of them; at first that is one step each, and whenever the curve is full, each two neighbours in its older half
/// become one. One thread adds; what <see cref="Points"/> gave does not change.
/// </summary>
public sealed class LossHistory
{
    /// <summary>The most points that there ever are: those of 150 epochs of MNIST in batches of 128 before any are merged.</summary>
    public const int Capacity = 1 << 16;

    private LossPoint[] _points = new LossPoint[1 << 10];
    private int _count;

    /// <summary>The curve so far.</summary>
    public ReadOnlyMemory<LossPoint> Points => _points.AsMemory(0, _count);

    /// <summary>Adds the next step, or the mean of the next steps.</summary>
    public void Add(LossPoint point)
    {
        if (_count == _points.Length)
        {
            // Always into other memory: somebody may be reading this.
            _points = _count < Capacity ? [.. _points, .. new LossPoint[_count]] : MergeOlderHalf();
        }

        _points[_count++] = point;
    }

    /// <summary>A curve of fewer points, as wide as a screen: consecutive, without a gap.</summary>
    /// <param name="points">A curve, or a part of one.</param>
    /// <param name="before">The step before the first one of <paramref name="points"/>.</param>
    /// <param name="most">About how many points there may be.</param>
    public static IReadOnlyList<LossPoint> Thin(ReadOnlySpan<LossPoint> points, int before, int most)
    {
        var thinned = new List<LossPoint>(Math.Min(points.Length, most + 1));
        var width = 1;
        while (points.Length > 0 && (points[^1].Step - before) / width > most)
        {
            width *= 2;
        }

        var (start, previous, sum) = (before, before, 0.0);
        for (var i = 0; i < points.Length; i++)
        {
            var point = points[i];
            sum += point.Loss * (point.Step - previous);
            previous = point.Step;

            // Stretches end at multiples of their width, so that those of a longer curve are in the same places.
            if (point.Step / width != start / width || i == points.Length - 1)
            {
                var isOne = i == 0 ? start == before : points[i - 1].Step == start;
                thinned.Add(isOne ? point : point with { Loss = sum / (point.Step - start) });
                (start, sum) = (point.Step, 0);
            }
        }

        return thinned;
    }

    private LossPoint[] MergeOlderHalf()
    {
        var merged = new LossPoint[Capacity];
        var half = _count / 2;
        var before = 0;
        for (var i = 0; i < half; i += 2)
        {
            var (first, second) = (_points[i], _points[i + 1]);
            var sum = (first.Loss * (first.Step - before)) + (second.Loss * (second.Step - first.Step));
            merged[i / 2] = second with { Loss = sum / (second.Step - before) };
            before = second.Step;
        }

        _points.AsSpan(half, _count - half).CopyTo(merged.AsSpan(half / 2));
        _count -= half / 2;
        return merged;
    }
}
