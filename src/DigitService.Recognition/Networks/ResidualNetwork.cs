using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// The networks <c>resnet</c> and <c>resnet-se</c>: 1×28×28 → conv 3×3, max-pool → 24×14×14 → three residual blocks →
/// 24×14×14, 48×7×7, 96×4×4 → mean over the positions → 10. Gives logits.
/// </summary>
public sealed class ResidualNetwork : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Conv2d conv1 = Conv2d(1, 24, 3, padding: 1, bias: false);
    private readonly BatchNorm2d bn1 = BatchNorm2d(24);
    private readonly MaxPool2d pool = MaxPool2d(2);
    private readonly ReLU relu1 = ReLU(inplace: true);
    private readonly ResidualBlock block1;
    private readonly ResidualBlock block2;
    private readonly ResidualBlock block3;
    private readonly AdaptiveAvgPool2d mean = AdaptiveAvgPool2d(1);
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc = Linear(96, 10);

    private ResidualNetwork(string name, bool attention) : base(name)
    {
        block1 = new ResidualBlock(24, 24, 1, attention);
        block2 = new ResidualBlock(24, 48, 2, attention);
        block3 = new ResidualBlock(48, 96, 2, attention);
        RegisterComponents();
    }

    internal static NetworkDefinition Plain { get; } = Define(
        "resnet",
        false,
        "A small residual network: three blocks whose input is added to their output.",
        "He, Zhang, Ren and Sun, \"Deep residual learning for image recognition\", 2016");

    internal static NetworkDefinition WithAttention { get; } = Define(
        "resnet-se",
        true,
        "The residual network with attention: every block weighs its channels by what it saw in the whole picture.",
        "Hu, Shen and Sun, \"Squeeze-and-excitation networks\", 2018");

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = relu1.call(pool.call(bn1.call(conv1.call(input))));
        x = block3.call(block2.call(block1.call(x)));
        return fc.call(flatten.call(mean.call(x))).MoveToOuterDisposeScope();
    }

    private static NetworkDefinition Define(string name, bool attention, string description, string source) => new(
        name,
        description,
        source,
        () => new ResidualNetwork(name, attention),
        new TrainingOptions
        {
            Network = name,
            Epochs = 12,
            Optimizer = OptimizerKind.AdamW,
            LearningRate = 6e-3,
            WeightDecay = 0.02,
            Schedule = ScheduleKind.OneCycle,
            Augmentation = Augmentation.Elastic,
        });
}
