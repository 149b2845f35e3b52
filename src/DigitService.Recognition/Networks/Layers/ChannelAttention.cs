using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// Squeeze and excitation (Hu et al., 2018): every channel is multiplied by a number from 0 to 1 that two small layers
/// compute from the means of all channels.
/// </summary>
internal sealed class ChannelAttention : Module<Tensor, Tensor>
{
    private const long Reduction = 4;

    // The fields' names are the parameters' names in checkpoints.
    private readonly AdaptiveAvgPool2d squeeze = AdaptiveAvgPool2d(1);
    private readonly Conv2d reduce;
    private readonly ReLU relu = ReLU(inplace: true);
    private readonly Conv2d expand;
    private readonly Sigmoid gate = Sigmoid();
    private readonly Multiply scale = new();

    internal ChannelAttention(long channels) : base(nameof(ChannelAttention))
    {
        reduce = Conv2d(channels, channels / Reduction, 1);
        expand = Conv2d(channels / Reduction, channels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var weights = gate.call(expand.call(relu.call(reduce.call(squeeze.call(input)))));
        return scale.call(input, weights).MoveToOuterDisposeScope();
    }
}
