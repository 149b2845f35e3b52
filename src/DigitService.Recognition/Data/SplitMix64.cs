namespace DigitService.Recognition.Data;

/// <summary>
/// Random numbers that are the same for the same seed, everywhere and for good (Steele, Lea and Flood, 2014).
/// .NET's own Random promises that only within one version.
/// </summary>
internal struct SplitMix64
{
    private ulong _state;

    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which of the seed's streams: an epoch, say, or an image.</param>
    internal SplitMix64(long seed, int stream) =>
        // The seed is mixed before the stream joins it, so that (seed 1, stream 2) and (seed 2, stream 1) differ.
        _state = Mix((ulong)seed) + (ulong)stream;

    /// <summary>64 random bits.</summary>
    internal ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        return Mix(_state);
    }

    /// <summary>A whole number from 0 to <paramref name="end"/> - 1.</summary>
    internal int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>A number that is at least -1 and less than 1, a multiple of 2⁻²³ and therefore exact.</summary>
    internal float Symmetric() => ((long)Next() >> 40) * (1f / (1 << 23));

    private static ulong Mix(ulong state)
    {
        state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        state = (state ^ (state >> 27)) * 0x94d049bb133111eb;
        return state ^ (state >> 31);
    }
}
