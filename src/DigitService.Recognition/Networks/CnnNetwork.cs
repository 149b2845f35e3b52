using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
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
    private readonly MaxPool2d pool1 = MaxPool2d(2);
    private readonly ReLU relu1 = ReLU(inplace: true);
    private readonly Conv2d conv2 = Conv2d(10, 20, 3);
    private readonly ReLU relu2 = ReLU(inplace: true);
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(20 * 10 * 10, 500);
    private readonly ReLU relu3 = ReLU(inplace: true);
    private readonly Linear fc2 = Linear(500, 10);
    private readonly LogSoftmax output = LogSoftmax(1);

    public CnnNetwork() : base("cnn") => RegisterComponents();

    internal static NetworkDefinition Definition { get; } = new(
        "cnn",
        "Two convolutions and two fully connected layers: small, fast, over 99%.",
        "The network of many PyTorch tutorials that go on to deployment",
        () => new CnnNetwork(),
        new TrainingOptions
        {
            Network = "cnn",
            Epochs = 8,
            LearningRate = 3e-3,
            Schedule = ScheduleKind.OneCycle,
            Augmentation = Augmentation.Slight,
        });

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = relu1.call(pool1.call(conv1.call(input)));
        x = relu2.call(conv2.call(x));
        x = relu3.call(fc1.call(flatten.call(x)));
        return output.call(fc2.call(x)).MoveToOuterDisposeScope();
    }
}
