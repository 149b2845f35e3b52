namespace DigitService.Recognition.Imaging;

/// <summary>A horizontal run of set pixels, from Start up to End, which is not one of them.</summary>
internal readonly record struct Run(int Y, int Start, int End, int Index);

/// <summary>Pixels that hang together.</summary>
/// <param name="Label">The number by which <see cref="Components.Label"/> names it.</param>
/// <param name="Area">How many there are.</param>
/// <param name="Box">Their bounding box.</param>
/// <param name="BorderContact">How many of them lie on the border of the picture.</param>
internal readonly record struct Component(int Label, int Area, Box Box, int BorderContact);

/// <summary>The connected components of a mask, corners connecting too: a union-find over runs.</summary>
internal sealed class Components
{
    private readonly List<Run> _runs = [];
    private readonly List<int> _parents = [];

    internal Components(ReadOnlySpan<byte> mask, int width, int height)
    {
        (Width, Height) = (width, height);
        var (above, aboveEnd) = (0, 0);
        for (var y = 0; y < height; y++)
        {
            var rowStart = _runs.Count;
            AddRuns(mask.Slice(y * width, width), y);
            Connect(above, aboveEnd, rowStart);
            (above, aboveEnd) = (rowStart, _runs.Count);
        }
    }

    internal int Width { get; }

    internal int Height { get; }

    internal IReadOnlyList<Run> Runs => _runs;

    /// <summary>The component of a run.</summary>
    internal int Label(Run run) => Root(run.Index);

    internal List<Component> All()
    {
        var components = new Dictionary<int, Component>();
        foreach (var run in _runs)
        {
            var length = run.End - run.Start;
            var contact = run.Y == 0 || run.Y == Height - 1 ? length : (run.Start == 0 ? 1 : 0) + (run.End == Width ? 1 : 0);
            var box = new Box(run.Start, run.Y, length, 1);
            var label = Label(run);
            components[label] = components.TryGetValue(label, out var known)
                ? new Component(label, known.Area + length, known.Box.Union(box), known.BorderContact + contact)
                : new Component(label, length, box, contact);
        }

        return [.. components.Values];
    }

    /// <summary>Whether a component lies in all four corners of its box, as rectangles do and rounded shapes do not.</summary>
    /// <param name="component">One of these.</param>
    /// <param name="share">How large the corners are, as a share of the box.</param>
    internal bool ReachesCorners(Component component, double share)
    {
        var box = component.Box;
        var (width, height) = (share * box.Width, share * box.Height);
        var (top, bottom) = ((Left: false, Right: false), (Left: false, Right: false));
        foreach (var run in _runs.Where(run => Label(run) == component.Label))
        {
            var (isLeft, isRight) = (run.Start < box.X + width, run.End > box.Right - width);
            if (run.Y < box.Y + height)
            {
                top = (top.Left || isLeft, top.Right || isRight);
            }

            if (run.Y >= box.Bottom - height)
            {
                bottom = (bottom.Left || isLeft, bottom.Right || isRight);
            }
        }

        return (top, bottom) == ((true, true), (true, true));
    }

    private void AddRuns(ReadOnlySpan<byte> row, int y)
    {
        var x = row.IndexOf((byte)1);
        while (x >= 0)
        {
            var length = row[x..].IndexOf((byte)0);
            var end = length < 0 ? row.Length : x + length;
            _parents.Add(_runs.Count);
            _runs.Add(new Run(y, x, end, _runs.Count));
            var next = row[end..].IndexOf((byte)1);
            x = next < 0 ? -1 : end + next;
        }
    }

    private void Connect(int above, int aboveEnd, int current)
    {
        while (above < aboveEnd && current < _runs.Count)
        {
            var (upper, lower) = (_runs[above], _runs[current]);
            if (upper.Start <= lower.End && lower.Start <= upper.End)
            {
                _parents[Root(current)] = Root(above);
            }

            if (upper.End < lower.End)
            {
                above++;
            }
            else
            {
                current++;
            }
        }
    }

    private int Root(int index)
    {
        while (_parents[index] != index)
        {
            // Halving the path on the way keeps it short.
            index = _parents[index] = _parents[_parents[index]];
        }

        return index;
    }
}
