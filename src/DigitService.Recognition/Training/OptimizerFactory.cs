using TorchSharp;
using TorchSharp.Modules;

namespace DigitService.Recognition.Training;

/// <summary>Makes the optimisers that options name.</summary>
internal static class OptimizerFactory
{
    internal static OptimizerHelper Create(TrainingOptions options, IEnumerable<Parameter> parameters)
    {
        var (rate, decay) = (options.LearningRate, options.WeightDecay);
        return options.Optimizer switch
        {
            OptimizerKind.Sgd => torch.optim.SGD(parameters, rate, weight_decay: decay),
            OptimizerKind.Momentum => torch.optim.SGD(parameters, rate, options.Momentum, weight_decay: decay),
            OptimizerKind.Adam => torch.optim.Adam(parameters, rate, weight_decay: decay),
            OptimizerKind.AdamW => torch.optim.AdamW(parameters, rate, weight_decay: decay),
            _ => throw new ArgumentException($"There is no optimizer {options.Optimizer}."),
        };
    }
}
