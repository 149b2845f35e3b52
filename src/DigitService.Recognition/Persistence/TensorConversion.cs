using static TorchSharp.torch;

namespace DigitService.Recognition.Persistence;

/// <summary>Takes tensors into checkpoint files and back.</summary>
internal static class TensorConversion
{
    /// <summary>A copy of the tensor's elements.</summary>
    internal static PthTensor ToPth(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().cpu().contiguous();
        return new PthTensor(ElementType(values.dtype), values.shape, values.bytes.ToArray());
    }

    /// <summary>Copies the values into a tensor of the same shape, which keeps its element type.</summary>
    internal static void CopyTo(PthTensor source, Tensor target)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        target.copy_(ToTensor(source));
    }

    /// <summary>A tensor of the same values.</summary>
    internal static Tensor ToTensor(PthTensor source)
    {
        var values = empty(source.Shape, ScalarTypeOf(source.ElementType));
        values.bytes = source.Data.ToArray();
        return values;
    }

    private static PthElementType ElementType(ScalarType type) => type switch
    {
        ScalarType.Float32 => PthElementType.Float32,
        ScalarType.Float64 => PthElementType.Float64,
        ScalarType.Int64 => PthElementType.Int64,
        ScalarType.Int32 => PthElementType.Int32,
        ScalarType.Byte => PthElementType.UInt8,
        ScalarType.Bool => PthElementType.Bool,
        _ => throw new NotSupportedException($"Tensors of {type} are not written to checkpoints."),
    };

    private static ScalarType ScalarTypeOf(PthElementType type) => type switch
    {
        PthElementType.Float32 => ScalarType.Float32,
        PthElementType.Float64 => ScalarType.Float64,
        PthElementType.Int64 => ScalarType.Int64,
        PthElementType.Int32 => ScalarType.Int32,
        PthElementType.UInt8 => ScalarType.Byte,
        PthElementType.Bool => ScalarType.Bool,
        _ => throw new NotSupportedException($"Tensors of {type} are not read from checkpoints."),
    };
}
