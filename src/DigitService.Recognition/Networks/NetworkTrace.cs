using TorchSharp.Modules;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Networks;

/// <summary>
/// What a network does with a picture: its layers in the order of their calls, and what each one reads. It is seen by
/// running the network once with hooks on its layers, so that a network is described nowhere but in its own class.
/// </summary>
/// <remarks>
/// A layer is a module without modules of its own. Values are followed by the tensors' identity: the very object that
/// one call gave back is what the next one is given.
/// </remarks>
internal sealed class NetworkTrace
{
    /// <summary>What a layer's inputs say in place of another layer's position where it reads the picture.</summary>
    internal const int Picture = -1;

    private readonly List<TracedLayer> _layers = [];
    private readonly Dictionary<Tensor, int> _values = new(ReferenceEqualityComparer.Instance);
    private readonly string _network;

    private NetworkTrace(string network) => _network = network;

    /// <summary>The layers in the order of their calls; a layer called twice is there twice.</summary>
    internal IReadOnlyList<TracedLayer> Layers => _layers;

    /// <summary>The position of the layer whose output is the network's.</summary>
    internal int Output { get; private set; }

    /// <summary>Runs the network once on an empty 1×1×28×28 picture, in evaluation mode, and leaves it as it was.</summary>
    /// <exception cref="NotSupportedException">It computes something outside its layers, which hooks cannot see.</exception>
    internal static NetworkTrace Of(Network network)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var trace = new NetworkTrace(network.GetName());
        var wasTraining = network.training;
        List<Action> removals = [];
        try
        {
            network.eval();
            HashSet<nn.Module> seen = new(ReferenceEqualityComparer.Instance);
            foreach (var (path, module) in network.named_modules().Where(entry => !entry.module.children().Any()))
            {
                if (seen.Add(module))
                {
                    trace.Watch(path, module, removals);
                }
            }

            var picture = zeros(1, 1, 28, 28, device: network.parameters().FirstOrDefault()?.device);
            trace._values.Add(picture, Picture);
            trace.Output = trace.Find(network.call(picture), "gives back");
        }
        finally
        {
            removals.ForEach(remove => remove());
            network.train(wasTraining);
        }

        return trace;
    }

    private void Watch(string path, nn.Module module, List<Action> removals)
    {
        switch (module)
        {
            case nn.Module<Tensor, Tensor> unary:
                removals.Add(unary.register_forward_hook((_, input, output) =>
                {
                    Note(path, module, [input], output);
                    return output;
                }).remove);
                break;
            case nn.Module<Tensor, Tensor, Tensor> binary:
                removals.Add(binary.register_forward_hook((_, input1, input2, output) =>
                {
                    Note(path, module, [input1, input2], output);
                    return output;
                }).remove);
                break;
        }
    }

    private void Note(string path, nn.Module module, Tensor[] inputs, Tensor output)
    {
        int[] sources = [.. inputs.Select(input => Find(input, $"gives its layer {path}"))];
        var isFirstCall = !_layers.Exists(layer => ReferenceEquals(layer.Module, module));
        var parameters = isFirstCall ? module.parameters().Sum(parameter => parameter.numel()) : 0;
        var shape = output.shape[1..];
        _values[output] = _layers.Count;
        if (module is ReLU { inplace: true })
        {
            // Whoever reads the layer's input from here on reads what was written over it.
            _values[inputs[0]] = _layers.Count;
        }

        _layers.Add(new TracedLayer(
            path, module, sources, shape, parameters, LayerDescription.MultiplyAdds(module, shape)));
    }

    private int Find(Tensor value, string use) => _values.TryGetValue(value, out var source)
        ? source
        : throw new NotSupportedException(
            $"The network {_network} cannot be followed: it {use} a tensor that none of its layers made. "
            + "Everything that it computes must be a layer, such as Add, Multiply, ReLU and Flatten, and be called "
            + "with call(), not forward().");
}

/// <summary>One call of a layer.</summary>
/// <param name="Path">The layer's name in the network, such as <c>block1.conv1</c>.</param>
/// <param name="Module">The layer.</param>
/// <param name="Inputs">The positions of the layers whose outputs it read, or <see cref="NetworkTrace.Picture"/>.</param>
/// <param name="Shape">Its output's shape, without the batch.</param>
/// <param name="Parameters">The number of its trained parameters; 0 from its second call on.</param>
/// <param name="MultiplyAdds">See <see cref="LayerDescription.MultiplyAdds"/>.</param>
internal sealed record TracedLayer(
    string Path, nn.Module Module, IReadOnlyList<int> Inputs, long[] Shape, long Parameters, long MultiplyAdds);
