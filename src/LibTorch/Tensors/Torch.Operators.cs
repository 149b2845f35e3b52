namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        using var list = new TensorList([.. tensors]);
        return Tensor.Result(Native.lt_cat(list.Handles, list.Count, dim, out var result), result);
    }

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        using var list = new TensorList([.. tensors]);
        return Tensor.Result(Native.lt_stack(list.Handles, list.Count, dim, out var result), result);
    }

    public static Tensor where(Tensor condition, Tensor x, Tensor y) =>
        Tensor.Result(Native.lt_where(condition.handle, x.handle, y.handle, out var result), result);

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static bool allclose(
        Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);
}
