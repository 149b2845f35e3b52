using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DigitService.Recognition.Persistence;

/// <summary>An optimiser's state in the form of PyTorch's <c>optimizer.state_dict()</c>, and back.</summary>
internal static class OptimizerStateFile
{
    internal static PthDictionary ToPth(OptimizerHelper optimizer)
    {
        var dictionary = optimizer.state_dict();
        var states = new PthDictionary();
        for (var i = 0; i < dictionary.State.Count; i++)
        {
            var fields = new PthDictionary();
            if (StepOf(dictionary.State[i]) is { } step)
            {
                fields["step"] = PthTensor.FromArray([(float)step]);
            }

            foreach (var (name, tensor) in TensorsOf(dictionary.State[i]))
            {
                // SGD has nothing to remember before its first step.
                if (tensor is not null)
                {
                    fields[name] = TensorConversion.ToPth(tensor);
                }
            }

            if (fields.Count > 0)
            {
                states.Add(i, fields);
            }
        }

        var groups = dictionary.Options.Zip(dictionary.StateIndexRef).Select(group =>
        {
            var options = OptionsOf(group.First);
            options["params"] = group.Second.Select(index => (object?)(long)index).ToList();
            return (object?)options;
        });
        return new PthDictionary { ["state"] = states, ["param_groups"] = groups.ToList() };
    }

    /// <exception cref="PthFormatException">The state is another optimiser's, or another network's. Nothing was copied.</exception>
    internal static void CopyTo(PthDictionary source, OptimizerHelper optimizer, string name)
    {
        var parameters = optimizer.parameters().ToArray();
        var targets = optimizer.state_dict().State;
        var states = source.TryGetValue("state", out var value) ? value as PthDictionary : null;
        var remembers = targets.Any(target => StepOf(target) is not null);
        if (states is null || (states.Count != targets.Count && (remembers || states.Count > 0)))
        {
            throw Wrong($"Its optimizer_state_dict is not for {targets.Count} parameters.");
        }

        var found = targets.Select((target, i) => Read(states, i, target)).ToArray();
        for (var i = 0; i < targets.Count; i++)
        {
            Set(targets[i], found[i].Step, found[i].Tensors);
        }

        (long Step, PthTensor?[] Tensors) Read(PthDictionary states, int index, OptimizerState target)
        {
            var fields = states.TryGetValue(index, out var entry) ? entry as PthDictionary : null;
            var step = StepOf(target) is null ? 0 : Count(fields?.TryGetValue("step", out var count) == true ? count : null);
            var tensors = TensorsOf(target).Select(PthTensor? (field) =>
            {
                if (fields?.TryGetValue(field.Name, out var found) == true && found is PthTensor tensor)
                {
                    return tensor.Shape.SequenceEqual(parameters[index].shape)
                        ? tensor
                        : throw Wrong($"Its optimizer_state_dict has another shape than [{string.Join(", ", parameters[index].shape)}] for parameter {index}.");
                }

                return target is SGD.State
                    ? null
                    : throw Wrong($"Its optimizer_state_dict has no {field.Name} for parameter {index}: it is another optimiser's.");
            });
            return (step, tensors.ToArray());
        }

        // PyTorch has kept the count as a number, and since 1.12 as a tensor.
        long Count(object? step) => step switch
        {
            long number and >= 0 => number,
            PthTensor { ElementType: PthElementType.Float32, ElementCount: 1 } tensor
                when tensor.As<float>()[0] is >= 0 and < 1e15f => (long)tensor.As<float>()[0],
            _ => throw Wrong("Its optimizer_state_dict does not count steps, or in an unknown way."),
        };

        PthFormatException Wrong(string what) => new($"{name} cannot be used. {what}");
    }

    private static long? StepOf(OptimizerState state) => state switch
    {
        Adam.State adam => adam.step,
        AdamW.State adam => adam.step,
        _ => null,
    };

    private static (string Name, Tensor? Value)[] TensorsOf(OptimizerState state) => state switch
    {
        Adam.State adam => [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq)],
        AdamW.State adam => [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq)],
        SGD.State sgd => [("momentum_buffer", sgd.momentum_buffer)],
        _ => throw new NotSupportedException($"{state.GetType()} is not written to checkpoints."),
    };

    private static void Set(OptimizerState state, long step, PthTensor?[] tensors)
    {
        switch (state)
        {
            case Adam.State adam:
                adam.step = step;
                TensorConversion.CopyTo(tensors[0]!, adam.exp_avg);
                TensorConversion.CopyTo(tensors[1]!, adam.exp_avg_sq);
                break;
            case AdamW.State adam:
                adam.step = step;
                TensorConversion.CopyTo(tensors[0]!, adam.exp_avg);
                TensorConversion.CopyTo(tensors[1]!, adam.exp_avg_sq);
                break;
            case SGD.State sgd:
                sgd.momentum_buffer?.Dispose();
                sgd.momentum_buffer = tensors[0] is { } momentum ? TensorConversion.ToTensor(momentum).DetachFromDisposeScope() : null;
                break;
        }
    }

    private static PthDictionary OptionsOf(OptimizerOptions options) => options switch
    {
        Adam.Options adam => AdamOptions(adam.LearningRate, adam.beta1, adam.beta2, adam.eps, adam.weight_decay, adam.amsgrad, adam.maximize),
        AdamW.Options adam => AdamOptions(adam.LearningRate, adam.beta1, adam.beta2, adam.eps, adam.weight_decay, adam.amsgrad, adam.maximize),
        SGD.Options sgd => new PthDictionary
        {
            ["lr"] = sgd.LearningRate,
            ["momentum"] = sgd.momentum,
            ["dampening"] = sgd.dampening,
            ["weight_decay"] = sgd.weight_decay,
            ["nesterov"] = sgd.nesterov,
            ["maximize"] = sgd.maximize,
            ["foreach"] = null,
            ["differentiable"] = false,
        },
        _ => throw new NotSupportedException($"{options.GetType()} is not written to checkpoints."),
    };

    private static PthDictionary AdamOptions(
        double? rate, double? beta1, double? beta2, double? eps, double? decay, bool? amsgrad, bool? maximize) => new()
        {
            ["lr"] = rate,
            ["betas"] = new PthTuple(beta1, beta2),
            ["eps"] = eps,
            ["weight_decay"] = decay,
            ["amsgrad"] = amsgrad,
            ["maximize"] = maximize,
            ["foreach"] = null,
            ["capturable"] = false,
            ["differentiable"] = false,
            ["fused"] = false,
        };
}
