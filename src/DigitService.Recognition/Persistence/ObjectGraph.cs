namespace DigitService.Recognition.Persistence;

/// <summary>
/// Checks what a pickle has built before anyone walks over it. References make a graph, not a tree:
/// it may contain itself, and a hundred bytes can say "twice the one before" often enough that
/// no walk ends. Neither is found in a state dictionary; both are refused.
/// </summary>
internal static class ObjectGraph
{
    /// <exception cref="PthFormatException">It is cyclic, too deep, too large or not of plain values.</exception>
    internal static void Check(object? root, PthLimits limits, string file)
    {
        var finished = new Dictionary<object, Extent>(ReferenceEqualityComparer.Instance);
        var open = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var path = new Stack<Visit>();
        Enter(root);
        while (path.TryPeek(out var visit))
        {
            if (visit.Children.MoveNext())
            {
                Enter(visit.Children.Current);
                continue;
            }

            path.Pop();
            open.Remove(visit.Container);
            finished.Add(visit.Container, visit.Extent);
            AddToParent(visit.Extent);
        }

        void Enter(object? value)
        {
            if (value is null or bool or long or double or string or PthTensor)
            {
                AddToParent(new Extent(0, 1));
            }
            else if (ChildrenOf(value) is not { } children)
            {
                throw PthFormatException.In(file, "it holds a class or a bare storage as a value.");
            }
            else if (finished.TryGetValue(value, out var extent))
            {
                AddToParent(extent);
            }
            else if (!open.Add(value))
            {
                throw PthFormatException.In(file, "it holds a list or dictionary that contains itself.");
            }
            else
            {
                path.Push(new Visit(value, children));
                if (path.Count > limits.MaximumDepth)
                {
                    throw PthFormatException.In(file, $"it nests values more than {limits.MaximumDepth} deep.");
                }
            }
        }

        void AddToParent(Extent extent)
        {
            if (!path.TryPeek(out var parent))
            {
                return;
            }

            parent.Extent = new Extent(
                Math.Max(parent.Extent.Depth, extent.Depth + 1), parent.Extent.Values + extent.Values);
            if (parent.Extent.Values > limits.MaximumValues)
            {
                throw PthFormatException.In(file, $"it holds more than {limits.MaximumValues} values.");
            }

            // A part that was measured elsewhere may hang too low here.
            if (path.Count + parent.Extent.Depth - 1 > limits.MaximumDepth)
            {
                throw PthFormatException.In(file, $"it nests values more than {limits.MaximumDepth} deep.");
            }
        }
    }

    private static IEnumerator<object?>? ChildrenOf(object container) => container switch
    {
        List<object?> list => list.GetEnumerator(),
        PthTuple tuple => tuple.GetEnumerator(),
        PthDictionary dictionary => dictionary.Select(entry => entry.Value).GetEnumerator(),
        _ => null,
    };

    /// <summary>Containers below this one, and values in it, itself included.</summary>
    private readonly record struct Extent(int Depth, long Values);

    private sealed class Visit(object container, IEnumerator<object?> children)
    {
        internal object Container { get; } = container;

        internal IEnumerator<object?> Children { get; } = children;

        internal Extent Extent { get; set; } = new(1, 1);
    }
}
