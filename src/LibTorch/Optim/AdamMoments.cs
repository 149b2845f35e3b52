using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What a step of Adam or AdamW reads and writes of one parameter's state.</summary>
internal interface IAdamState
{
    long Step { get; set; }

    Tensor Mean { get; }

    Tensor Square { get; }

    Tensor? LargestSquare { get; }
}

/// <summary>The numbers of one step, complete.</summary>
internal readonly record struct AdamRates(
    double LearningRate,
    double Beta1,
    double Beta2,
    double Eps,
    double WeightDecay,
    bool Amsgrad,
    bool Maximize,
    bool Decoupled);

/// <summary>
/// What Adam and AdamW share. Their options and states are types of their own, as in TorchSharp, so that the state of
/// one is not taken for the other's.
/// </summary>
internal static class AdamMoments
{
    internal static void CheckRanges(double lr, double beta1, double beta2, double eps, double weight_decay)
    {
        Ranges.AtLeastZero(lr);
        Ranges.AtLeastZero(eps);
        Ranges.DecayRate(beta1);
        Ranges.DecayRate(beta2);
        Ranges.AtLeastZero(weight_decay);
    }

    internal static void Step(IReadOnlyList<Parameter> parameters, IAdamState[] states, AdamRates rates)
    {
        using var tensors = new TensorList(parameters);
        using var means = new TensorList(Array.ConvertAll(states, state => state.Mean));
        using var squares = new TensorList(Array.ConvertAll(states, state => state.Square));
        using var largest = new TensorList(rates.Amsgrad ? Array.ConvertAll(states, Largest) : []);
        var steps = Array.ConvertAll(states, state => state.Step);
        var status = Native.lt_adam_step(
            tensors.Handles,
            means.Handles,
            squares.Handles,
            rates.Amsgrad ? largest.Handles : default,
            steps,
            tensors.Count,
            rates.LearningRate,
            rates.Beta1,
            rates.Beta2,
            rates.Eps,
            rates.WeightDecay,
            rates.Decoupled ? 1 : 0,
            rates.Maximize ? 1 : 0);
        // Also after an error: the parameters before the faulty one have been stepped.
        for (var i = 0; i < states.Length; i++)
        {
            states[i].Step = steps[i];
        }

        Native.Check(status);
    }

    internal static void Initialize(
        Parameter parameter, bool amsgrad, ref Tensor mean, ref Tensor square, ref Tensor? largest)
    {
        Dispose(mean, square, largest);
        mean = OptimizerState.Zeros(parameter);
        square = OptimizerState.Zeros(parameter);
        largest = amsgrad ? OptimizerState.Zeros(parameter) : null;
    }

    internal static void Load(IAdamState source, ref Tensor mean, ref Tensor square, ref Tensor? largest)
    {
        var (oldMean, oldSquare, oldLargest) = (mean, square, largest);
        mean = OptimizerState.Copy(source.Mean);
        square = OptimizerState.Copy(source.Square);
        largest = source.LargestSquare is { } tensor ? OptimizerState.Copy(tensor) : null;
        Dispose(oldMean, oldSquare, oldLargest);
    }

    internal static void Dispose(Tensor? mean, Tensor? square, Tensor? largest)
    {
        mean?.Dispose();
        square?.Dispose();
        largest?.Dispose();
    }

    private static Tensor Largest(IAdamState state) =>
        state.LargestSquare
        ?? throw new InvalidOperationException("amsgrad was switched on after the group was added.");
}
