using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers about one parameter.</summary>
public abstract class OptimizerState
{
    private protected OptimizerState(Parameter parameter) => Parameter = parameter;

    private protected Parameter Parameter { get; }

    /// <summary>Forgets everything: the state before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies the state of another optimiser.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> is of another kind of optimiser.</exception>
    public abstract void LoadStateDict(OptimizerState source);

    internal static TState Require<TState>(OptimizerState source) where TState : OptimizerState =>
        source as TState
        ?? throw new ArgumentException($"State of type {typeof(TState)} is needed, not {source?.GetType()}.");

    /// <summary>Zeros in the parameter's shape and memory order, which only the state disposes.</summary>
    internal static Tensor Zeros(Parameter parameter)
    {
        Native.Check(Native.lt_optimizer_zeros(parameter.handle, out var zeros));
        return new Tensor(zeros, register: false);
    }

    internal static Tensor Copy(Tensor tensor)
    {
        using var still = no_grad();
        return tensor.clone().DetachFromDisposeScope();
    }
}
