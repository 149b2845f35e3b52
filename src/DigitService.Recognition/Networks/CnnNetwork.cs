using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// The convolutional network <c>cnn</c>: 1×28×28 → conv 5×5, max-pool → 10×12×12 → conv 3×3 → 20×10×10 → 2000 → 500 → 10.
/// Gives the logarithms of the digits' probabilities.
/// </summary>
public sealed class CnnNetwork : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Conv2d conv1 = Conv2d(1, 10, 5);
    private readonly Conv2d conv2 = Conv2d(10, 20, 3);
    private readonly Linear fc1 = Linear(20 * 10 * 10, 500);
    private readonly Linear fc2 = Linear(500, 10);

    public CnnNetwork() : base("cnn") => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(functional.max_pool2d(conv1.forward(input), 2), inplace: true);
        x = functional.relu(conv2.forward(x), inplace: true);
        x = functional.relu(fc1.forward(x.flatten(1)), inplace: true);
        return functional.log_softmax(fc2.forward(x), 1).MoveToOuterDisposeScope();
    }
}
