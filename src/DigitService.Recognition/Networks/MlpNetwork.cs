using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Networks;

/// <summary>The network <c>mlp</c>: 784 → 128 → 64 → 10, with an activation to choose. Gives logits.</summary>
public sealed class MlpNetwork : Module<Tensor, Tensor>
{
    // The fields' names are the parameters' names in checkpoints.
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(784, 128);
    private readonly Module<Tensor, Tensor> activation1;
    private readonly Linear fc2 = Linear(128, 64);
    private readonly Module<Tensor, Tensor> activation2;
    private readonly Linear fc3 = Linear(64, 10);

    private MlpNetwork(string name, Func<Module<Tensor, Tensor>> activation) : base(name)
    {
        activation1 = activation();
        activation2 = activation();
        RegisterComponents();
    }

    internal static NetworkDefinition Relu { get; } = Define("mlp", "ReLU", () => ReLU());

    internal static NetworkDefinition Sigmoid { get; } = Define("mlp-sigmoid", "the sigmoid", () => nn.Sigmoid());

    internal static NetworkDefinition Tanh { get; } = Define("mlp-tanh", "the hyperbolic tangent", () => nn.Tanh());

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = activation1.call(fc1.call(flatten.call(input)));
        x = activation2.call(fc2.call(x));
        return fc3.call(x).MoveToOuterDisposeScope();
    }

    private static NetworkDefinition Define(string name, string activation, Func<Module<Tensor, Tensor>> create) => new(
        name,
        $"Two hidden layers of 128 and 64 neurons with {activation}: the first network of most courses.",
        "The multilayer perceptron with back-propagation (Rumelhart, Hinton and Williams, 1986), sized as in hdrnn",
        () => new MlpNetwork(name, create),
        new TrainingOptions
        {
            Network = name,
            Epochs = 15,
            LearningRate = 5e-3,
            Schedule = ScheduleKind.OneCycle,
            Augmentation = Augmentation.Slight,
        });
}
