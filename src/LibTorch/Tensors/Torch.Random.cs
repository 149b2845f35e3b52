namespace TorchSharp;

public static partial class torch
{
    /// <summary>Uniform numbers in [0, 1).</summary>
    public static Tensor rand(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null)
    {
        var given = new Options(dtype, device, requires_grad, names);
        return Tensor.Result(
            Native.lt_rand(
                size,
                size.Length,
                Tensor.HandleOf(generator),
                given.Type,
                given.Place,
                given.Index,
                given.Grad,
                out var result),
            result);
    }

    /// <summary>Normal numbers with mean 0 and variance 1.</summary>
    public static Tensor randn(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null)
    {
        var given = new Options(dtype, device, requires_grad, names);
        return Tensor.Result(
            Native.lt_randn(
                size,
                size.Length,
                Tensor.HandleOf(generator),
                given.Type,
                given.Place,
                given.Index,
                given.Grad,
                out var result),
            result);
    }

    public static Tensor randn(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null) =>
        randn([size], dtype, device, requires_grad, generator, names);

    public static Tensor randn(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null) =>
        randn([rows, columns], dtype, device, requires_grad, generator, names);

    public static Tensor randn(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null) =>
        randn([dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <summary>Whole numbers from 0 to <paramref name="high"/>, which is excluded; int64 unless told otherwise.</summary>
    public static Tensor randint(
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low,
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null)
    {
        var given = new Options(dtype ?? int64, device, requires_grad, names);
        return Tensor.Result(
            Native.lt_randint(
                low,
                high,
                size,
                size.Length,
                Tensor.HandleOf(generator),
                given.Type,
                given.Place,
                given.Index,
                given.Grad,
                out var result),
            result);
    }

    /// <summary>The numbers from 0 to <paramref name="n"/> - 1 in random order; int64 unless told otherwise.</summary>
    public static Tensor randperm(
        long n,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null)
    {
        var given = new Options(dtype ?? int64, device, requires_grad, null);
        return Tensor.Result(
            Native.lt_randperm(
                n,
                Tensor.HandleOf(generator),
                given.Type,
                given.Place,
                given.Index,
                given.Grad,
                out var result),
            result);
    }
}
