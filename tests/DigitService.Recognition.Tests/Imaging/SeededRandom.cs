namespace DigitService.Recognition.Tests.Imaging;

/// <summary>Random numbers that are the same everywhere (SplitMix64; Steele, Lea and Flood, 2014).</summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = (ulong)seed;

    internal ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        var mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 up to the bound, which is not reached.</summary>
    internal int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    internal double Between(double low, double high) => low + ((high - low) * ((Next() >> 11) * (1.0 / (1UL << 53))));

    /// <summary>Normally distributed, with mean 0 and deviation 1 (Box and Muller, 1958).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(Between(1e-12, 1))) * Math.Cos(2 * Math.PI * Between(0, 1));
}
