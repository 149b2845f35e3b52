using DigitService.Recognition.Networks;
using DigitService.Recognition.Persistence;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Export;

/// <summary>
/// A network as ONNX's <c>GraphProto</c>: a node for each layer, with the layer's name, and the weights under the names
/// that they have in checkpoints. Field numbers are those of onnx.proto.
/// </summary>
internal sealed class OnnxGraph
{
    internal const string Input = "image";
    internal const string Output = "logits";

    private const int Float = 1;
    private const int AttributeOfFloat = 1;
    private const int AttributeOfInteger = 2;
    private const int AttributeOfIntegers = 7;

    private readonly ProtobufMessage _graph = new();
    private readonly HashSet<string> _weights = [];
    private readonly Dictionary<string, Tensor> _state;
    private readonly NetworkTrace _trace;
    private readonly int _logits;

    /// <param name="trace">What a network of the kind does.</param>
    /// <param name="network">The network whose weights are taken; it is only read.</param>
    internal OnnxGraph(NetworkTrace trace, Network network)
    {
        _trace = trace;
        _state = network.state_dict();

        // A softmax changes neither the order of the digits nor what can be learnt from the logits.
        _logits = Resolve(_trace.Output);
        while (_logits != NetworkTrace.Picture && OnnxOperator.IsSoftmax(_trace.Layers[_logits]))
        {
            _logits = Resolve(_trace.Layers[_logits].Inputs[0]);
        }
    }

    /// <param name="name">The graph's name.</param>
    /// <param name="help">What its input and output mean.</param>
    internal ProtobufMessage Write(string name, string help)
    {
        for (var index = 0; index < _trace.Layers.Count; index++)
        {
            var layer = _trace.Layers[index];
            if (!OnnxOperator.IsIdentity(layer) && !(index > _logits && OnnxOperator.IsSoftmax(layer)))
            {
                Node(index, layer);
            }
        }

        return _graph
            .Text(2, name)
            .Text(10, help)
            .Message(11, Value(Input, [1, 28, 28]))
            .Message(12, Value(Output, _trace.Layers[_logits].Shape));
    }

    private void Node(int index, TracedLayer layer)
    {
        var operation = OnnxOperator.Of(layer);
        var node = new ProtobufMessage();
        foreach (var input in layer.Inputs)
        {
            node.Text(1, NameOf(Resolve(input)));
        }

        foreach (var weight in operation.Weights)
        {
            node.Text(1, Weight($"{layer.Path}.{weight}"));
        }

        node.Text(2, NameOf(index)).Text(3, layer.Path).Text(4, operation.Type);
        foreach (var (name, value) in operation.Attributes)
        {
            node.Message(5, Attribute(name, value));
        }

        _graph.Message(1, node);
        if (index != _logits)
        {
            _graph.Message(13, Value(NameOf(index), layer.Shape));
        }
    }

    private string Weight(string name)
    {
        if (_weights.Add(name))
        {
            var values = TensorConversion.ToPth(_state[name]);
            _graph.Message(5, new ProtobufMessage()
                .Integers(1, values.Shape)
                .Integer(2, Float)
                .Text(8, name)
                .Data(9, values.Data.Span));
        }

        return name;
    }

    /// <summary>The layer whose output a reader of this one's gets, once dropout is gone.</summary>
    private int Resolve(int index)
    {
        while (index != NetworkTrace.Picture && OnnxOperator.IsIdentity(_trace.Layers[index]))
        {
            index = _trace.Layers[index].Inputs[0];
        }

        return index;
    }

    private string NameOf(int index)
    {
        if (index == NetworkTrace.Picture || index == _logits)
        {
            return index == _logits ? Output : Input;
        }

        var path = _trace.Layers[index].Path;
        var isFirstCall = _trace.Layers.Take(index).All(layer => layer.Path != path);
        return isFirstCall ? path : $"{path}:{index}";
    }

    /// <summary>An AttributeProto.</summary>
    private static ProtobufMessage Attribute(string name, object value)
    {
        var attribute = new ProtobufMessage().Text(1, name);
        return value switch
        {
            long number => attribute.Integer(3, number).Integer(20, AttributeOfInteger),
            float number => attribute.Single(2, number).Integer(20, AttributeOfFloat),
            long[] numbers => attribute.Integers(8, numbers).Integer(20, AttributeOfIntegers),
            _ => throw new ArgumentException($"The attribute {name} is a {value.GetType()}.", nameof(value)),
        };
    }

    /// <summary>A ValueInfoProto of a float tensor with any number of pictures.</summary>
    private static ProtobufMessage Value(string name, long[] shape)
    {
        var dimensions = new ProtobufMessage().Message(1, new ProtobufMessage().Text(2, "batch"));
        foreach (var size in shape)
        {
            dimensions.Message(1, new ProtobufMessage().Integer(1, size));
        }

        var tensor = new ProtobufMessage().Integer(1, Float).Message(2, dimensions);
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensor));
    }
}
