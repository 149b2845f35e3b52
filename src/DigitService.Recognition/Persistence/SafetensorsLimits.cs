namespace DigitService.Recognition.Persistence;

/// <summary>
/// What a <c>.safetensors</c> file may make the reader spend. Each limit is checked before memory is taken, and passing
/// one is a <see cref="SafetensorsFormatException"/>. The defaults are far above any digit network.
/// </summary>
public sealed record SafetensorsLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static SafetensorsLimits Default { get; } = new();

    /// <summary>Bytes of the header, which holds names and shapes but no weights. 8 MiB.</summary>
    public int MaximumHeaderBytes { get; init; } = 8 << 20;

    /// <summary>Number of tensors. 50,000.</summary>
    public int MaximumTensors { get; init; } = 50_000;

    /// <summary>Bytes of all tensors together. 1 GiB.</summary>
    public long MaximumTotalBytes { get; init; } = 1L << 30;
}
