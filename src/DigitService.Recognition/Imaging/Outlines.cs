namespace DigitService.Recognition.Imaging;

/// <summary>
/// How what was found in a photograph ends. Strokes fall off to the paper on all sides. What only seems to be drawn goes on
/// where the estimate of the paper takes over, as the tip of a shadow and the corner of a sheet do, or fades away, as
/// reflections do.
/// </summary>
internal sealed class Outlines
{
    /// <summary>The least share of its outline at which a stroke falls off: it may be blurred, or cross another.</summary>
    internal const double OfStrokes = 0.75;

    // Within so many pixels of a stroke, so much of its height above the paper is lost.
    private const int Reach = 3;
    private const double Fall = 0.25;

    private readonly Components _labels;
    private readonly byte[] _mask;
    private readonly Surface _surface;
    private readonly Dictionary<int, (int Falling, int All)> _outlines = [];

    /// <param name="labels">The components.</param>
    /// <param name="mask">Ones where they are.</param>
    /// <param name="surface">What they were found on.</param>
    internal Outlines(Components labels, byte[] mask, Surface surface)
    {
        (_labels, _mask, _surface) = (labels, mask, surface);
        foreach (var run in labels.Runs)
        {
            Follow(run);
        }
    }

    /// <summary>The share of the outline of these components, 0 to 1, at which they fall off; 1 if nothing is known of it.</summary>
    /// <param name="kept">Their labels.</param>
    internal double FallingShare(IEnumerable<int> kept)
    {
        var (falling, all) = (0, 0);
        foreach (var label in kept)
        {
            var outline = _outlines[label];
            (falling, all) = (falling + outline.Falling, all + outline.All);
        }

        return all == 0 ? 1 : (double)falling / all;
    }

    private void Follow(Run run)
    {
        var (width, height, label) = (_labels.Width, _labels.Height, _labels.Label(run));
        var (falling, all) = _outlines.GetValueOrDefault(label);
        for (var x = run.Start; x < run.End; x++)
        {
            var at = (run.Y * width) + x;
            var (left, right, above, below) = (x, width - 1 - x, run.Y, height - 1 - run.Y);
            Look(at, -1, left, right, ref falling, ref all);
            Look(at, 1, right, left, ref falling, ref all);
            Look(at, -width, above, below, ref falling, ref all);
            Look(at, width, below, above, ref falling, ref all);
        }

        _outlines[label] = (falling, all);
    }

    // Towards the picture's border or another stroke nothing can be told.
    private void Look(int at, int step, int ahead, int behind, ref int falling, ref int all)
    {
        if (ahead >= Reach && IsFree(at, step))
        {
            all++;
            falling += Falls(at, step, behind) ? 1 : 0;
        }
    }

    private bool IsFree(int at, int step)
    {
        for (var i = 1; i <= Reach; i++)
        {
            if (_mask[at + (i * step)] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool Falls(int at, int step, int behind)
    {
        // A stroke is as high as it is some pixels inside its soft edge.
        var levels = _surface.Levels;
        int top = levels[at];
        for (var i = 1; i <= Math.Min(Reach - 1, behind) && _mask[at - (i * step)] != 0; i++)
        {
            top = Math.Max(top, levels[at - (i * step)]);
        }

        return top - levels[at + (Reach * step)] >= Fall * (top - _surface.Paper[at]);
    }
}
