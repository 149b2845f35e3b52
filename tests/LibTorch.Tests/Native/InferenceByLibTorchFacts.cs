namespace LibTorch.Tests.Native;

/// <summary>The layers as libtorch computes them where the processor lacks AVX2.</summary>
public sealed class InferenceByLibTorchFacts : InferenceFacts, IDisposable
{
    private readonly InferenceInstructions _instructions = new(InferenceInstructions.None);

    public void Dispose() => _instructions.Dispose();
}
