namespace TorchSharp.Modules;

/// <summary>The options of a parameter group. Those that are null are taken from the optimiser.</summary>
public class OptimizerOptions
{
    /// <summary>The rate of the next step.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The rate that the group started with.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Copies every option.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> is of another kind of optimiser.</exception>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        ArgumentNullException.ThrowIfNull(source);
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    internal static TOptions Require<TOptions>(OptimizerOptions source) where TOptions : OptimizerOptions =>
        source as TOptions
        ?? throw new ArgumentException($"Options of type {typeof(TOptions)} are needed, not {source?.GetType()}.");
}
