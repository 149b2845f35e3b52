namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Result(Native.lt_tensor_eq(handle, target.handle, out var result), result);

        public Tensor eq(Scalar target) =>
            Result(Native.lt_tensor_eq_scalar(handle, target.Value, out var result), result);

        public Tensor ne(Tensor target) => Result(Native.lt_tensor_ne(handle, target.handle, out var result), result);

        public Tensor ne(Scalar target) =>
            Result(Native.lt_tensor_ne_scalar(handle, target.Value, out var result), result);

        public Tensor lt(Tensor target) => Result(Native.lt_tensor_lt(handle, target.handle, out var result), result);

        public Tensor lt(Scalar target) =>
            Result(Native.lt_tensor_lt_scalar(handle, target.Value, out var result), result);

        public Tensor le(Tensor target) => Result(Native.lt_tensor_le(handle, target.handle, out var result), result);

        public Tensor le(Scalar target) =>
            Result(Native.lt_tensor_le_scalar(handle, target.Value, out var result), result);

        public Tensor gt(Tensor target) => Result(Native.lt_tensor_gt(handle, target.handle, out var result), result);

        public Tensor gt(Scalar target) =>
            Result(Native.lt_tensor_gt_scalar(handle, target.Value, out var result), result);

        public Tensor ge(Tensor target) => Result(Native.lt_tensor_ge(handle, target.handle, out var result), result);

        public Tensor ge(Scalar target) =>
            Result(Native.lt_tensor_ge_scalar(handle, target.Value, out var result), result);

        public Tensor isnan() => Result(Native.lt_tensor_isnan(handle, out var result), result);

        public Tensor isfinite() => Result(Native.lt_tensor_isfinite(handle, out var result), result);

        public Tensor all() => Result(Native.lt_tensor_all(handle, out var result), result);

        public Tensor any() => Result(Native.lt_tensor_any(handle, out var result), result);

        public Tensor logical_not() => Result(Native.lt_tensor_logical_not(handle, out var result), result);

        public Tensor logical_and(Tensor other) =>
            Result(Native.lt_tensor_logical_and(handle, other.handle, out var result), result);

        public Tensor logical_or(Tensor other) =>
            Result(Native.lt_tensor_logical_or(handle, other.handle, out var result), result);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Native.Check(Native.lt_tensor_allclose(handle, target.handle, rtol, atol, equal_nan ? 1 : 0, out var close));
            return close != 0;
        }
    }
}
