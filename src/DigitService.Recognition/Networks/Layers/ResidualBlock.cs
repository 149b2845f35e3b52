using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// Two 3×3 convolutions with batch normalisation, to whose result the block's input is added (He et al., 2016). Where
/// the shape changes, the input goes through a 1×1 convolution. With attention, the result's channels are weighed first.
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu1 = ReLU(inplace: true);
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly ChannelAttention? attention;
    private readonly Conv2d? shortcut;
    private readonly BatchNorm2d? shortcut_bn;
    private readonly Add add = new();
    private readonly ReLU relu2 = ReLU(inplace: true);

    internal ResidualBlock(long input, long output, long stride, bool attention) : base(nameof(ResidualBlock))
    {
        conv1 = Conv2d(input, output, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(output);
        conv2 = Conv2d(output, output, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(output);
        this.attention = attention ? new ChannelAttention(output) : null;
        if (stride != 1 || input != output)
        {
            shortcut = Conv2d(input, output, 1, stride: stride, bias: false);
            shortcut_bn = BatchNorm2d(output);
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = bn2.call(conv2.call(relu1.call(bn1.call(conv1.call(input)))));
        x = attention?.call(x) ?? x;
        var past = shortcut is null ? input : shortcut_bn!.call(shortcut.call(input));
        return relu2.call(add.call(x, past)).MoveToOuterDisposeScope();
    }
}
