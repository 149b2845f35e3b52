namespace TorchSharp;

/// <summary>A number given to an operator: integers stay integers, so that an integer tensor stays one.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly ScalarValue Value;

    private Scalar(ScalarValue value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => Integer(value, torch.ScalarType.Byte);

    public static implicit operator Scalar(int value) => Integer(value, torch.ScalarType.Int32);

    public static implicit operator Scalar(long value) => Integer(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) => Real(value, torch.ScalarType.Float32);

    public static implicit operator Scalar(double value) => Real(value, torch.ScalarType.Float64);

    public static implicit operator Scalar(bool value) =>
        new(new ScalarValue(value ? 1 : 0, 0, ScalarKind.Boolean), torch.ScalarType.Bool);

    /// <summary>Nothing to release: the value crosses by itself. Here because TorchSharp's scalar owns memory.</summary>
    public void Dispose()
    {
    }

    private static Scalar Integer(long value, torch.ScalarType type) =>
        new(new ScalarValue(value, 0, ScalarKind.Integer), type);

    private static Scalar Real(double value, torch.ScalarType type) =>
        new(new ScalarValue(0, value, ScalarKind.Real), type);
}
