namespace LibTorch.Tests.Surface;

/// <summary>Has one of everything that is easily listed wrongly.</summary>
public class Specimen : SpecimenBase, IDisposable
{
    public const float Scale = 0.5f;

    public static readonly TimeSpan Limit = TimeSpan.Zero;

    private readonly long _size;

    public Specimen(int size = 3, string name = "x", float? rate = null, ReadOnlySpan<long> dims = default)
    {
        _size = size + name.Length + dims.Length;
        Rate = rate ?? Scale;
    }

    internal Specimen(long size) => _size = size;

    public double Rate { get; private set; }

    public long this[(int? start, int? stop) range] => _size + (range.start ?? 0);

    public static (T1, T2)? Pair<T1, T2>(T1 first, Func<T2, bool> second)
        where T1 : class
        where T2 : unmanaged => second(default) ? (first, default) : null;

    void IDisposable.Dispose()
    {
        Rate = 0;
        GC.SuppressFinalize(this);
    }

    protected override bool Close(out int left, ref long[,] rest, params (string name, byte[])[] names)
    {
        left = names.Length;
        rest = new long[left, left];
        return true;
    }
}

public abstract class SpecimenBase
{
    protected abstract bool Close(out int left, ref long[,] rest, params (string name, byte[])[] names);
}

public enum SpecimenKind : sbyte
{
    First = -1,
    Second = 5,
}
