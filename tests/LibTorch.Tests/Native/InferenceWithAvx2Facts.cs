namespace LibTorch.Tests.Native;

/// <summary>The layers as a processor without AVX-512 computes them.</summary>
public sealed class InferenceWithAvx2Facts : InferenceFacts, IDisposable
{
    private readonly InferenceInstructions _instructions = new(InferenceInstructions.Avx2);

    public void Dispose() => _instructions.Dispose();
}
