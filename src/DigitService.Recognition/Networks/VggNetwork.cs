using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// The network <c>vgg</c>: 1×28×28 → conv 5×5, max-pool → 32×14×14 → two conv 3×3, max-pool → 64×7×7 → two conv 3×3,
/// max-pool → 192×3×3 → 1728 → 128 → 11, with batch normalisation after every convolution and dropout before the last
/// layer. Gives logits: those of the ten digits, and one for all that is no digit.
/// </summary>
public sealed class VggNetwork : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Conv2d conv1 = Conv2d(1, 32, 5, padding: 2, bias: false);
    private readonly BatchNorm2d bn1 = BatchNorm2d(32);
    private readonly ReLU relu1 = ReLU(inplace: true);
    private readonly MaxPool2d pool1 = MaxPool2d(2);
    private readonly Conv2d conv2 = Convolution(32, 64);
    private readonly BatchNorm2d bn2 = BatchNorm2d(64);
    private readonly ReLU relu2 = ReLU(inplace: true);
    private readonly Conv2d conv3 = Convolution(64, 64);
    private readonly BatchNorm2d bn3 = BatchNorm2d(64);
    private readonly MaxPool2d pool2 = MaxPool2d(2);
    private readonly ReLU relu3 = ReLU(inplace: true);
    private readonly Conv2d conv4 = Convolution(64, 192);
    private readonly BatchNorm2d bn4 = BatchNorm2d(192);
    private readonly ReLU relu4 = ReLU(inplace: true);
    private readonly Conv2d conv5 = Convolution(192, 192);
    private readonly BatchNorm2d bn5 = BatchNorm2d(192);
    private readonly MaxPool2d pool3 = MaxPool2d(2);
    private readonly ReLU relu5 = ReLU(inplace: true);
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(192 * 3 * 3, 128);
    private readonly ReLU relu6 = ReLU(inplace: true);
    private readonly SeededDropout dropout = new(0.3);
    private readonly Linear fc2 = Linear(128, DigitImages.Classes + 1);

    public VggNetwork() : base("vgg") => RegisterComponents();

    internal static NetworkDefinition Definition { get; } = new(
        "vgg",
        "Five convolutions in three storeys, which also tell what is no digit: the network of the model that ships.",
        "Simonyan and Zisserman, \"Very deep convolutional networks for large-scale image recognition\", 2015",
        () => new VggNetwork(),
        new TrainingOptions
        {
            Network = "vgg",
            Epochs = 10,
            LearningRate = 5e-3,
            Schedule = ScheduleKind.OneCycle,
            Augmentation = Augmentation.World,
            DrawnDigits = 0.3,
            NonDigits = 0.4,
            WeightAveraging = 0.999,
        },
        TellsDigits: true);

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();

        // Pooling before ReLU gives the same numbers as after it, with a quarter of the work.
        var x = relu1.call(pool1.call(bn1.call(conv1.call(input))));
        x = relu2.call(bn2.call(conv2.call(x)));
        x = relu3.call(pool2.call(bn3.call(conv3.call(x))));
        x = relu4.call(bn4.call(conv4.call(x)));
        x = relu5.call(pool3.call(bn5.call(conv5.call(x))));
        x = dropout.call(relu6.call(fc1.call(flatten.call(x))));
        return fc2.call(x).MoveToOuterDisposeScope();
    }

    // Batch normalisation takes the mean off: a bias would be taken off with it.
    private static Conv2d Convolution(long input, long output) => Conv2d(input, output, 3, padding: 1, bias: false);
}
