namespace LibTorch.Tests.Native;

/// <summary>Holds inference to lesser instructions than the processor's, until it is disposed of.</summary>
internal sealed class InferenceInstructions : IDisposable
{
    internal const int None = 0;
    internal const int Avx2 = 1;
    internal const int Avx512 = 2;

    internal InferenceInstructions(int most) => Used = Limit(most);

    /// <summary>The best ones that can be used here.</summary>
    internal static int Best => Limit(Avx512);

    internal int Used { get; }

    public void Dispose() => Limit(Avx512);

    private static int Limit(int most)
    {
        global::TorchSharp.Native.Check(global::TorchSharp.Native.lt_limit_inference(most, out var used));
        return used;
    }
}
