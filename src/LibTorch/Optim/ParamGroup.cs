using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Parameters that are stepped with the same options.</summary>
public class ParamGroup : ILearningRateController
{
    /// <summary>The parameters. They are enumerated anew in each step.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>The options; null until an optimiser takes the group, where they were not given.</summary>
    public OptimizerOptions Options { get; set; } = null!;

    /// <inheritdoc/>
    public double LearningRate
    {
        get => Options.LearningRate!.Value;
        set => Options.LearningRate = value;
    }

    /// <inheritdoc/>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

/// <summary>Parameters that are stepped with the same options, of one kind of optimiser.</summary>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    /// <summary>A group; without <paramref name="options"/> it takes those of its optimiser.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <inheritdoc cref="ParamGroup.Options"/>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
