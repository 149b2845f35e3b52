using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>The sum of two tensors of one shape, as a layer: what a network computes outside its layers cannot be followed.</summary>
internal sealed class Add() : Module<Tensor, Tensor, Tensor>(nameof(Add))
{
    public override Tensor forward(Tensor input1, Tensor input2) => input1.add(input2);
}
