using TorchSharp.Modules;

namespace DigitService.Recognition.Persistence;

/// <summary>Adam's state in the form of PyTorch's <c>optimizer.state_dict()</c>, and back.</summary>
internal static class AdamState
{
    internal static PthDictionary ToPth(Adam optimizer)
    {
        var dictionary = optimizer.state_dict();
        var state = new PthDictionary();
        for (var i = 0; i < dictionary.State.Count; i++)
        {
            var moments = (Adam.State)dictionary.State[i];
            state.Add(i, new PthDictionary
            {
                ["step"] = PthTensor.FromArray([(float)moments.step]),
                ["exp_avg"] = TensorConversion.ToPth(moments.exp_avg),
                ["exp_avg_sq"] = TensorConversion.ToPth(moments.exp_avg_sq),
            });
        }

        var groups = dictionary.Options.Zip(dictionary.StateIndexRef)
            .Select(group => (object?)ToPth((Adam.Options)group.First, group.Second))
            .ToList();
        return new PthDictionary { ["state"] = state, ["param_groups"] = groups };
    }

    /// <exception cref="PthFormatException">The state is another optimiser's, or another network's. Nothing was copied.</exception>
    internal static void CopyTo(PthDictionary source, Adam optimizer, string name)
    {
        var target = optimizer.state_dict().State.Cast<Adam.State>().ToArray();
        if (!source.TryGetValue("state", out var value) || value is not PthDictionary state || state.Count != target.Length)
        {
            throw Wrong($"Its optimizer_state_dict is not for {target.Length} parameters.");
        }

        var moments = target.Select((parameter, i) => Read(state, i, parameter)).ToArray();
        for (var i = 0; i < target.Length; i++)
        {
            target[i].step = moments[i].Step;
            TensorConversion.CopyTo(moments[i].Mean, target[i].exp_avg);
            TensorConversion.CopyTo(moments[i].Square, target[i].exp_avg_sq);
        }

        (long Step, PthTensor Mean, PthTensor Square) Read(PthDictionary state, int index, Adam.State parameter)
        {
            if (!state.TryGetValue(index, out var entry)
                || entry is not PthDictionary fields
                || !fields.TryGetValue("step", out var step)
                || !fields.TryGetValue("exp_avg", out var mean)
                || !fields.TryGetValue("exp_avg_sq", out var square)
                || mean is not PthTensor means
                || square is not PthTensor squares)
            {
                throw Wrong($"Its optimizer_state_dict has no state of Adam's for parameter {index}.");
            }

            var shape = parameter.exp_avg.shape;
            return means.Shape.SequenceEqual(shape) && squares.Shape.SequenceEqual(shape)
                ? (Count(step), means, squares)
                : throw Wrong($"Its optimizer_state_dict has another shape than [{string.Join(", ", shape)}] for parameter {index}.");
        }

        // PyTorch has kept the count as a number, and since 1.12 as a tensor.
        long Count(object? step) => step switch
        {
            long number and >= 0 => number,
            PthTensor { ElementType: PthElementType.Float32, ElementCount: 1 } tensor
                when tensor.As<float>()[0] is >= 0 and < 1e15f => (long)tensor.As<float>()[0],
            _ => throw Wrong("Its optimizer_state_dict counts steps in an unknown way."),
        };

        PthFormatException Wrong(string what) => new($"{name} cannot be used. {what}");
    }

    private static PthDictionary ToPth(Adam.Options options, List<int> parameters) => new()
    {
        ["lr"] = options.LearningRate,
        ["betas"] = new PthTuple(options.beta1, options.beta2),
        ["eps"] = options.eps,
        ["weight_decay"] = options.weight_decay,
        ["amsgrad"] = options.amsgrad,
        ["maximize"] = options.maximize,
        ["foreach"] = null,
        ["capturable"] = false,
        ["differentiable"] = false,
        ["fused"] = false,
        ["params"] = parameters.Select(index => (object?)(long)index).ToList(),
    };
}
