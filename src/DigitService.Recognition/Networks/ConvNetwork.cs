using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// The network <c>convnet</c>: 1×28×28 → conv 5×5, max-pool → 24×14×14 → conv 3×3, max-pool → 48×7×7 → conv 3×3 →
/// 64×5×5 → 1600 → 128 → 10, with batch normalisation after every convolution and dropout before the last layer.
/// Gives logits.
/// </summary>
public sealed class ConvNetwork : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Conv2d conv1 = Conv2d(1, 24, 5, padding: 2);
    private readonly BatchNorm2d bn1 = BatchNorm2d(24);
    private readonly MaxPool2d pool1 = MaxPool2d(2);
    private readonly ReLU relu1 = ReLU(inplace: true);
    private readonly Conv2d conv2 = Conv2d(24, 48, 3, padding: 1);
    private readonly BatchNorm2d bn2 = BatchNorm2d(48);
    private readonly MaxPool2d pool2 = MaxPool2d(2);
    private readonly ReLU relu2 = ReLU(inplace: true);
    private readonly Conv2d conv3 = Conv2d(48, 64, 3);
    private readonly BatchNorm2d bn3 = BatchNorm2d(64);
    private readonly ReLU relu3 = ReLU(inplace: true);
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(64 * 5 * 5, 128);
    private readonly ReLU relu4 = ReLU(inplace: true);
    private readonly SeededDropout dropout = new(0.4);
    private readonly Linear fc2 = Linear(128, 10);

    public ConvNetwork() : base("convnet") => RegisterComponents();

    internal static NetworkDefinition Definition { get; } = new(
        "convnet",
        "Convolutions, pooling and a fully connected layer, with batch normalisation and dropout: the classic, well trained.",
        "The common form of LeCun et al., 1998, since Ioffe and Szegedy, 2015",
        () => new ConvNetwork(),
        new TrainingOptions
        {
            Network = "convnet",
            Epochs = 10,
            LearningRate = 5e-3,
            Schedule = ScheduleKind.OneCycle,
            Augmentation = Augmentation.Affine,
        });

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();

        // Pooling before ReLU gives the same numbers as after it, with a quarter of the work.
        var x = relu1.call(pool1.call(bn1.call(conv1.call(input))));
        x = relu2.call(pool2.call(bn2.call(conv2.call(x))));
        x = relu3.call(bn3.call(conv3.call(x)));
        x = dropout.call(relu4.call(fc1.call(flatten.call(x))));
        return fc2.call(x).MoveToOuterDisposeScope();
    }
}
