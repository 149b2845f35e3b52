using DigitService.Recognition.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Inference;

/// <summary>
/// A network as it answers, once its training is over: its layers in the order of their calls, without those that do
/// nothing then, with batch normalisation folded into the weights of the layer before it, and with the weights of
/// convolutions as they are read the fastest. It gives what the network gave when it was made, but for roundings. It
/// needs the network's layers for as long as it is used. Several threads may call it.
/// </summary>
internal sealed class FrozenNetwork : IDisposable
{
    private readonly List<(Func<Tensor[], Tensor> Layer, int[] Inputs)> _steps = [];
    private readonly List<Tensor> _weights = [];

    // Which step's result is a layer's output. The picture is the result before the first step's.
    private readonly Dictionary<int, int> _stepOf = new() { [NetworkTrace.Picture] = 0 };
    private readonly NetworkTrace _trace;
    private readonly int _output;

    /// <exception cref="NotSupportedException">The network computes something outside its layers.</exception>
    internal FrozenNetwork(Network network)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _trace = NetworkTrace.Of(network);
        try
        {
            FreezeLayers();
        }
        catch
        {
            Dispose();
            throw;
        }

        _output = _stepOf[_trace.Output];
    }

    /// <summary>What the network gives for N×1×28×28: N×10, or N×11 with the last for no digit.</summary>
    internal Tensor Call(Tensor input)
    {
        using var scope = NewDisposeScope();
        var results = new Tensor[_steps.Count + 1];
        results[0] = input;
        for (var i = 0; i < _steps.Count; i++)
        {
            var (layer, inputs) = _steps[i];
            results[i + 1] = layer(Array.ConvertAll(inputs, step => results[step]));
        }

        return results[_output].MoveToOuterDisposeScope();
    }

    public void Dispose() => _weights.ForEach(weight => weight.Dispose());

    private void FreezeLayers()
    {
        for (var i = 0; i < _trace.Layers.Count; i++)
        {
            var layer = _trace.Layers[i];
            if (layer.Module is SeededDropout || IsFolded(i))
            {
                _stepOf[i] = _stepOf[layer.Inputs[0]];
                continue;
            }

            _steps.Add((Freeze(layer, NormAfter(i)), [.. layer.Inputs.Select(input => _stepOf[input])]));
            _stepOf[i] = _steps.Count;
        }
    }

    private Func<Tensor[], Tensor> Freeze(TracedLayer layer, BatchNorm? norm)
    {
        switch (layer.Module)
        {
            case Conv2d { padding: { } padding } convolution when HasWeightsToFold(convolution):
                var (kernels, start) = Fold(convolution.weight, convolution.bias, norm);
                var frozen = FrozenConvolution.Of(convolution, kernels, start, padding, Keep);
                return inputs => frozen(inputs[0]);
            case Linear linear when norm is not null:
                var (weight, bias) = Fold(linear.weight, linear.bias, norm);
                weight = Keep(weight);
                return inputs => nn.functional.linear(inputs[0], weight, bias);
            case nn.Module<Tensor, Tensor> unary:
                return inputs => unary.call(inputs[0]);
            case nn.Module<Tensor, Tensor, Tensor> binary:
                return inputs => binary.call(inputs[0], inputs[1]);
            default:
                throw new NotSupportedException($"The layer {layer.Path} reads neither one tensor nor two.");
        }
    }

    /// <summary>
    /// Weights and bias with which a layer gives what batch normalisation (Ioffe and Szegedy, 2015) makes of its output:
    /// there is one factor and one number to be added for every channel.
    /// </summary>
    private (Tensor Weight, Tensor? Bias) Fold(Tensor weight, Tensor? bias, BatchNorm? norm)
    {
        if (norm is null)
        {
            return (weight, bias);
        }

        var factor = norm.weight!.div(norm.running_var!.add(norm.eps).sqrt());
        var centre = bias is null ? norm.running_mean!.neg() : bias.sub(norm.running_mean!);
        long[] perChannel = [-1, .. Enumerable.Repeat(1L, (int)weight.ndim - 1)];
        return (weight.mul(factor.view(perChannel)), Keep(centre.mul(factor).add(norm.bias!)));
    }

    private Tensor Keep(Tensor weight)
    {
        _weights.Add(weight.DetachFromDisposeScope());
        return weight;
    }

    /// <summary>The batch normalisation that is all that reads a layer's output; null if there is none.</summary>
    private BatchNorm? NormAfter(int index)
    {
        int[] readers = [.. Enumerable.Range(0, _trace.Layers.Count).Where(i => _trace.Layers[i].Inputs.Contains(index))];
        return readers is [var only]
            && index != _trace.Output
            && HasWeightsToFold(_trace.Layers[index].Module)
            && _trace.Layers[only].Module is BatchNorm { affine: true, track_running_stats: true } norm
            ? norm
            : null;
    }

    /// <summary>Whether a layer is one whose weights can take in what follows: paddings of other values than 0 are the layer's own to do.</summary>
    private static bool HasWeightsToFold(nn.Module layer) =>
        layer is Linear or Conv2d { padding_mode: PaddingModes.Zeros, padding: not null };

    private bool IsFolded(int index) => _trace.Layers[index] is { Module: BatchNorm, Inputs: [>= 0 and var before] }
        && ReferenceEquals(NormAfter(before), _trace.Layers[index].Module);
}
