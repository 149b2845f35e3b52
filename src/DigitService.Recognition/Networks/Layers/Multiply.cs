using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>The product of a tensor N×C×H×W with factors N×C×1×1, as a layer.</summary>
internal sealed class Multiply() : Module<Tensor, Tensor, Tensor>(nameof(Multiply))
{
    public override Tensor forward(Tensor input1, Tensor input2) => input1.mul(input2);
}
