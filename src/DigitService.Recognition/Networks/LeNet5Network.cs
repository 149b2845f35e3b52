using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// The network <c>lenet5</c> as it is usually trained today: 1×28×28 (padded by 2) → conv 5×5, max-pool → 6×14×14 →
/// conv 5×5, max-pool → 16×5×5 → 400 → 120 → 84 → 10, with ReLU. Gives logits.
/// </summary>
public sealed class LeNet5Network : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Conv2d conv1 = Conv2d(1, 6, 5, padding: 2);
    private readonly MaxPool2d pool1 = MaxPool2d(2);
    private readonly ReLU relu1 = ReLU(inplace: true);
    private readonly Conv2d conv2 = Conv2d(6, 16, 5);
    private readonly MaxPool2d pool2 = MaxPool2d(2);
    private readonly ReLU relu2 = ReLU(inplace: true);
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(16 * 5 * 5, 120);
    private readonly ReLU relu3 = ReLU(inplace: true);
    private readonly Linear fc2 = Linear(120, 84);
    private readonly ReLU relu4 = ReLU(inplace: true);
    private readonly Linear fc3 = Linear(84, 10);

    public LeNet5Network() : base("lenet5") => RegisterComponents();

    internal static NetworkDefinition Definition { get; } = new(
        "lenet5",
        "The network that read the cheques, with max-pooling and ReLU in place of its subsampling and tanh.",
        "LeCun, Bottou, Bengio and Haffner, \"Gradient-based learning applied to document recognition\", 1998",
        () => new LeNet5Network(),
        new TrainingOptions
        {
            Network = "lenet5",
            Epochs = 10,
            LearningRate = 5e-3,
            Schedule = ScheduleKind.OneCycle,
            Augmentation = Augmentation.Slight,
        });

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = relu1.call(pool1.call(conv1.call(input)));
        x = relu2.call(pool2.call(conv2.call(x)));
        x = relu3.call(fc1.call(flatten.call(x)));
        x = relu4.call(fc2.call(x));
        return fc3.call(x).MoveToOuterDisposeScope();
    }
}
