namespace DigitService.Recognition.Persistence;

/// <summary>
/// What a <c>.pth</c> file may make the reader spend. A file states its own sizes, and whoever made
/// it may lie; each limit is checked before memory is taken, and passing one is a
/// <see cref="PthFormatException"/>. The defaults are far above any digit network.
/// </summary>
public sealed record PthLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static PthLimits Default { get; } = new();

    /// <summary>Bytes of all storages together, and of all tensors together. 1 GiB.</summary>
    public long MaximumTotalBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of the pickle, which holds names, numbers and shapes but no weights. 32 MiB.</summary>
    public int MaximumPickleBytes { get; init; } = 32 << 20;

    /// <summary>Number of tensors. 50,000.</summary>
    public int MaximumTensors { get; init; } = 50_000;

    /// <summary>
    /// Number of values, those reachable twice counted twice: a few bytes of nested references can
    /// otherwise stand for more values than anyone could walk over. 2,000,000.
    /// </summary>
    public int MaximumValues { get; init; } = 2_000_000;

    /// <summary>Containers within containers. 64.</summary>
    public int MaximumDepth { get; init; } = 64;

    /// <summary>
    /// How many times its own length a compressed file may unfold to, beyond a first mebibyte.
    /// Weights hardly compress; a thousandfold is a bomb. 200.
    /// </summary>
    public int MaximumExpansion { get; init; } = 200;
}
