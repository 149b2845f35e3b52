using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DigitService.Recognition.Networks;

/// <summary>A value on the way from the picture to the digits, with the layers that made it.</summary>
/// <param name="Shape">Its shape, without the batch.</param>
/// <param name="Kind">The kind of the first of those layers, after which it is coloured.</param>
/// <param name="Operations">The layers, in a few words each.</param>
/// <param name="Parameters">The number of their trained parameters.</param>
/// <param name="Window">The height and width of what one output element is computed from, or null where it is all.</param>
internal sealed record DiagramStage(
    long[] Shape, StageKind Kind, List<string> Operations, long Parameters, long[]? Window);

/// <summary>A way beside the main one, on which a value comes to a layer of two inputs.</summary>
/// <param name="From">The position of the stage where it leaves the main way.</param>
/// <param name="To">The position of the stage that it leads to.</param>
/// <param name="Steps">What happens on it, in a line each; nothing where the value is taken as it is.</param>
/// <param name="Parameters">The number of trained parameters on it; where there are any, the last step says so.</param>
internal sealed record DiagramArc(int From, int To, IReadOnlyList<string> Steps, long Parameters);

internal enum StageKind
{
    Picture,
    Convolution,
    Pooling,
    Reshape,
    Dense,
    Sum,
    Product,
    Other,
}

/// <summary>
/// What a diagram shows of a network: the main way from the picture to the output, on which each layer's first input
/// lies, and the arcs beside it.
/// </summary>
internal sealed class DiagramPlan
{
    private readonly Dictionary<int, int> _stageOf = new() { [NetworkTrace.Picture] = 0 };

    private DiagramPlan()
    {
    }

    internal List<DiagramStage> Stages { get; } = [new([1, 28, 28], StageKind.Picture, ["picture"], 0, null)];

    internal List<DiagramArc> Arcs { get; } = [];

    internal static DiagramPlan Of(NetworkTrace trace)
    {
        var plan = new DiagramPlan();
        List<int> way = [];
        for (var index = trace.Output; index != NetworkTrace.Picture; index = trace.Layers[index].Inputs[0])
        {
            way.Insert(0, index);
        }

        HashSet<int> onTheWay = [NetworkTrace.Picture, .. way];
        var branches = way.ToDictionary(index => index, index => Branch(trace, index, onTheWay));
        HashSet<int> leftFrom = [.. branches.Values.SelectMany(branch => branch.Sources)];
        foreach (var index in way)
        {
            plan.Add(trace.Layers[index], index, mayJoin: !leftFrom.Contains(trace.Layers[index].Inputs[0]));
            var branch = branches[index].Layers.Select(layer => trace.Layers[layer]).ToArray();
            var parameters = branch.Sum(layer => layer.Parameters);
            foreach (var source in branches[index].Sources)
            {
                plan.Arcs.Add(new DiagramArc(
                    plan._stageOf[source], plan.Stages.Count - 1, [.. Lines(branch), .. Count(parameters)], parameters));
            }
        }

        return plan;
    }

    /// <summary>How many parameters there are, in words; nothing where there are none.</summary>
    internal static IReadOnlyList<string> Count(long parameters) =>
        parameters == 0 ? [] : [FormattableString.Invariant($"{parameters:N0} parameters")];

    private void Add(TracedLayer layer, int index, bool mayJoin)
    {
        var kind = KindOf(layer.Module);
        if (kind == StageKind.Other && mayJoin && Stages.Count > 1)
        {
            var last = Stages[^1];
            last.Operations.Add(Words(layer.Module));
            Stages[^1] = last with { Parameters = last.Parameters + layer.Parameters };
        }
        else
        {
            var window = layer.Module switch
            {
                Conv2d convolution => convolution.kernel_size,
                MaxPool2d pool => pool.kernel_size,
                AvgPool2d pool => pool.kernel_size,
                _ => null,
            };
            Stages.Add(new DiagramStage(layer.Shape, kind, [Words(layer.Module)], layer.Parameters, window));
        }

        _stageOf[index] = Stages.Count - 1;
    }

    /// <summary>The layers off the main way that a layer depends on, and where on the main way they begin.</summary>
    private static (SortedSet<int> Layers, SortedSet<int> Sources) Branch(
        NetworkTrace trace, int index, HashSet<int> onTheWay)
    {
        SortedSet<int> layers = [];
        SortedSet<int> sources = [];
        var open = new Stack<int>(trace.Layers[index].Inputs.Skip(1));
        while (open.TryPop(out var next))
        {
            if (onTheWay.Contains(next))
            {
                sources.Add(next);
            }
            else if (layers.Add(next))
            {
                foreach (var input in trace.Layers[next].Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return (layers, sources);
    }

    /// <summary>A line for each layer with what follows it element by element, such as <c>conv 1×1, sigmoid → 24×1×1</c>.</summary>
    private static List<string> Lines(IEnumerable<TracedLayer> layers)
    {
        List<(string Words, long[] Shape)> lines = [];
        foreach (var layer in layers)
        {
            if (lines.Count > 0 && KindOf(layer.Module) == StageKind.Other)
            {
                lines[^1] = ($"{lines[^1].Words}, {Words(layer.Module)}", layer.Shape);
            }
            else
            {
                lines.Add((Words(layer.Module), layer.Shape));
            }
        }

        return lines.ConvertAll(line => $"{line.Words} → {LayerDescription.Size(line.Shape)}");
    }

    private static StageKind KindOf(nn.Module layer) => layer switch
    {
        Conv2d => StageKind.Convolution,
        MaxPool2d or AvgPool2d or AdaptiveAvgPool2d => StageKind.Pooling,
        Flatten => StageKind.Reshape,
        Linear => StageKind.Dense,
        Networks.Add => StageKind.Sum,
        Multiply => StageKind.Product,
        _ => StageKind.Other,
    };

    private static string Words(nn.Module layer) => layer switch
    {
        Conv2d convolution => $"conv {LayerDescription.Size(convolution.kernel_size)}"
            + (convolution.stride.All(step => step == 1) ? "" : $", stride {convolution.stride[0]}"),
        MaxPool2d pool => $"max-pool {LayerDescription.Size(pool.kernel_size)}",
        AvgPool2d pool => $"mean-pool {LayerDescription.Size(pool.kernel_size)}",
        AdaptiveAvgPool2d => "mean of positions",
        NormBase => "batch norm",
        Linear => "fully connected",
        Flatten => "flatten",
        Sigmoid => "sigmoid",
        Tanh => "tanh",
        LogSoftmax => "log-softmax",
        SeededDropout dropout => $"dropout {dropout.Probability.ToString(CultureInfo.InvariantCulture)}",
        Networks.Add => "add",
        Multiply => "multiply",
        _ => layer.GetType().Name,
    };
}
