using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DigitService.Recognition.Persistence;

/// <summary>The element types that are read and written.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "They are PyTorch's names, and what the members stand for.")]
public enum PthElementType
{
    /// <summary>torch.float32, 4 bytes.</summary>
    Float32,

    /// <summary>torch.float64, 8 bytes.</summary>
    Float64,

    /// <summary>torch.int64, 8 bytes.</summary>
    Int64,

    /// <summary>torch.int32, 4 bytes.</summary>
    Int32,

    /// <summary>torch.uint8, 1 byte.</summary>
    UInt8,

    /// <summary>torch.bool, 1 byte that is 0 or 1.</summary>
    Bool,
}

internal static class ElementTypes
{
    internal const string Accepted = "float32, float64, int64, int32, uint8 and bool";

    internal static int Size(PthElementType type) => type switch
    {
        PthElementType.Float64 or PthElementType.Int64 => 8,
        PthElementType.Float32 or PthElementType.Int32 => 4,
        PthElementType.UInt8 or PthElementType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>The class in module <c>torch</c> by which PyTorch names a storage of this type.</summary>
    internal static string StorageClass(PthElementType type) => type switch
    {
        PthElementType.Float32 => "FloatStorage",
        PthElementType.Float64 => "DoubleStorage",
        PthElementType.Int64 => "LongStorage",
        PthElementType.Int32 => "IntStorage",
        PthElementType.UInt8 => "ByteStorage",
        PthElementType.Bool => "BoolStorage",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    internal static PthElementType? FromStorageClass(string name) => name switch
    {
        "FloatStorage" => PthElementType.Float32,
        "DoubleStorage" => PthElementType.Float64,
        "LongStorage" => PthElementType.Int64,
        "IntStorage" => PthElementType.Int32,
        "ByteStorage" => PthElementType.UInt8,
        "BoolStorage" => PthElementType.Bool,
        _ => null,
    };

    internal static PthElementType Of<T>()
        where T : unmanaged
    {
        var type = typeof(T);
        return type == typeof(float) ? PthElementType.Float32
            : type == typeof(double) ? PthElementType.Float64
            : type == typeof(long) ? PthElementType.Int64
            : type == typeof(int) ? PthElementType.Int32
            : type == typeof(byte) ? PthElementType.UInt8
            : type == typeof(bool) ? PthElementType.Bool
            : throw new InvalidOperationException($"No tensor holds {type.Name}; they hold {Accepted}.");
    }

    /// <summary>A C# bool that is neither 0 nor 1 behaves as both; such bytes are kept out.</summary>
    internal static bool AreBooleans(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExceptInRange((byte)0, (byte)1) < 0;

    internal static byte[] ToBytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();
}
