namespace TorchSharp;

public static partial class torch
{
    public static Tensor empty(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var given = new Options(dtype, device, requires_grad, names);
        return Tensor.Result(
            Native.lt_empty(size, size.Length, given.Type, given.Place, given.Index, given.Grad, out var result), result);
    }

    public static Tensor empty(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        empty([size], dtype, device, requires_grad, names);

    public static Tensor empty(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        empty([rows, columns], dtype, device, requires_grad, names);

    public static Tensor zeros(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var given = new Options(dtype, device, requires_grad, names);
        return Tensor.Result(
            Native.lt_zeros(size, size.Length, given.Type, given.Place, given.Index, given.Grad, out var result), result);
    }

    public static Tensor zeros(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros([size], dtype, device, requires_grad, names);

    public static Tensor zeros(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        zeros([rows, columns], dtype, device, requires_grad, names);

    public static Tensor zeros(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        zeros([dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    public static Tensor ones(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var given = new Options(dtype, device, requires_grad, names);
        return Tensor.Result(
            Native.lt_ones(size, size.Length, given.Type, given.Place, given.Index, given.Grad, out var result), result);
    }

    public static Tensor ones(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones([size], dtype, device, requires_grad, names);

    public static Tensor ones(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        ones([rows, columns], dtype, device, requires_grad, names);

    public static Tensor full(
        long[] size,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null)
    {
        var given = new Options(dtype ?? TypeOf(value), device, requires_grad, names);
        return Tensor.Result(
            Native.lt_full(
                size, size.Length, value.Value, given.Type, given.Place, given.Index, given.Grad, out var result),
            result);
    }

    public static Tensor eye(
        long rows,
        long columns = -1,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null)
    {
        var given = new Options(dtype, device, requires_grad, names);
        return Tensor.Result(
            Native.lt_eye(
                rows, columns < 0 ? rows : columns, given.Type, given.Place, given.Index, given.Grad, out var result),
            result);
    }

    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from start (included) to stop (excluded): whole numbers as int64, others as float32.</summary>
    public static Tensor arange(
        Scalar start,
        Scalar stop,
        Scalar step,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false)
    {
        var whole = TypeOf(start) == int64 && TypeOf(stop) == int64 && TypeOf(step) == int64;
        var given = new Options(dtype ?? (whole ? int64 : float32), device, requires_grad, null);
        return Tensor.Result(
            Native.lt_arange(
                start.Value,
                stop.Value,
                step.Value,
                given.Type,
                given.Place,
                given.Index,
                given.Grad,
                out var result),
            result);
    }

    public static Tensor zeros_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        zeros(input.shape, dtype ?? input.dtype, device ?? input.device, requires_grad, names);

    public static Tensor ones_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        ones(input.shape, dtype ?? input.dtype, device ?? input.device, requires_grad, names);

    public static Tensor empty_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        empty(input.shape, dtype ?? input.dtype, device ?? input.device, requires_grad, names);

    // A full of whole numbers is int64, of truth values bool, of others float32, as in PyTorch.
    private static ScalarType TypeOf(Scalar value) => value.Value.Kind switch
    {
        ScalarKind.Integer => int64,
        ScalarKind.Boolean => @bool,
        _ => float32,
    };

    /// <summary>The last parameters of every creator, as native code wants them.</summary>
    private readonly ref struct Options
    {
        internal readonly sbyte Type;
        internal readonly int Place;
        internal readonly int Index;
        internal readonly int Grad;

        internal Options(ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        {
            if (names is { Length: > 0 })
            {
                throw new NotSupportedException("Named dimensions are not supported.");
            }

            Type = (sbyte)(dtype ?? float32);
            Place = (int)(device?.type ?? DeviceType.CPU);
            Index = device?.index ?? -1;
            Grad = requires_grad ? 1 : 0;
        }
    }
}
