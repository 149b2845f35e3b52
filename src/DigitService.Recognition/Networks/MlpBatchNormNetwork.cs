using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>
/// The network <c>mlp-bn</c>: 784 → 512 → 256 → 128 → 10, the first two layers with batch normalisation and dropout;
/// 568,970 parameters. Gives logits.
/// </summary>
public sealed class MlpBatchNormNetwork : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(784, 512);
    private readonly BatchNorm1d bn1 = BatchNorm1d(512);
    private readonly ReLU relu1 = ReLU(inplace: true);
    private readonly SeededDropout dropout1 = new(0.3);
    private readonly Linear fc2 = Linear(512, 256);
    private readonly BatchNorm1d bn2 = BatchNorm1d(256);
    private readonly ReLU relu2 = ReLU(inplace: true);
    private readonly SeededDropout dropout2 = new(0.2);
    private readonly Linear fc3 = Linear(256, 128);
    private readonly ReLU relu3 = ReLU(inplace: true);
    private readonly Linear fc4 = Linear(128, 10);

    public MlpBatchNormNetwork() : base("mlp-bn") => RegisterComponents();

    internal static NetworkDefinition Definition { get; } = new(
        "mlp-bn",
        "Three hidden layers with batch normalisation and dropout: how far a network without convolutions goes.",
        "Batch normalisation (Ioffe and Szegedy, 2015) and dropout (Srivastava et al., 2014)",
        () => new MlpBatchNormNetwork(),
        new TrainingOptions
        {
            Network = "mlp-bn",
            Epochs = 10,
            LearningRate = 5e-3,
            Schedule = ScheduleKind.OneCycle,
            Augmentation = Augmentation.Slight,
        });

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = dropout1.call(relu1.call(bn1.call(fc1.call(flatten.call(input)))));
        x = dropout2.call(relu2.call(bn2.call(fc2.call(x))));
        x = relu3.call(fc3.call(x));
        return fc4.call(x).MoveToOuterDisposeScope();
    }
}
