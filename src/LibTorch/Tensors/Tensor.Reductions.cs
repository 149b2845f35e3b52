namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Sum([], false, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Sum([dim], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Sum(dim, keepdim, type);

        public Tensor mean() => Mean([], false, null);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Mean(dimensions, keepdim, type);

        public Tensor var(bool unbiased = true) => Result(
            Native.lt_tensor_var(handle, [], 0, unbiased ? 1 : 0, 0, out var result), result);

        public Tensor std(bool unbiased = true) => Result(
            Native.lt_tensor_std(handle, [], 0, unbiased ? 1 : 0, 0, out var result), result);

        public Tensor max() => Result(Native.lt_tensor_max(handle, out var result), result);

        public Tensor min() => Result(Native.lt_tensor_min(handle, out var result), result);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Pair(
            Native.lt_tensor_max_dim(handle, dim, keepdim ? 1 : 0, out var values, out var indexes), values, indexes);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Pair(
            Native.lt_tensor_min_dim(handle, dim, keepdim ? 1 : 0, out var values, out var indexes), values, indexes);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Pair(
            Native.lt_tensor_topk(handle, k, dim, largest ? 1 : 0, sorted ? 1 : 0, out var values, out var indexes),
            values,
            indexes);

        public unsafe Tensor argmax() => Result(Native.lt_tensor_argmax(handle, null, 0, out var result), result);

        public unsafe Tensor argmax(long dim, bool keepdim = false) =>
            Result(Native.lt_tensor_argmax(handle, &dim, keepdim ? 1 : 0, out var result), result);

        public unsafe Tensor argmin() => Result(Native.lt_tensor_argmin(handle, null, 0, out var result), result);

        public unsafe Tensor argmin(long dim, bool keepdim = false) =>
            Result(Native.lt_tensor_argmin(handle, &dim, keepdim ? 1 : 0, out var result), result);

        public Tensor norm(float p = 2) => Result(Native.lt_tensor_norm(handle, p, out var result), result);

        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Result(Native.lt_tensor_softmax(handle, dim, Code(dtype), out var result), result);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Result(Native.lt_tensor_log_softmax(handle, dim, Code(dtype), out var result), result);

        private Tensor Sum(long[] dims, bool keepdim, ScalarType? type) => Result(
            Native.lt_tensor_sum(handle, dims, dims.Length, keepdim ? 1 : 0, Code(type), out var result), result);

        private Tensor Mean(long[] dims, bool keepdim, ScalarType? type) => Result(
            Native.lt_tensor_mean(handle, dims, dims.Length, keepdim ? 1 : 0, Code(type), out var result), result);

        private static (Tensor Values, Tensor Indexes) Pair(int status, TensorHandle values, TensorHandle indexes)
        {
            Native.Check(status);
            return (new Tensor(values), new Tensor(indexes));
        }

        private static sbyte Code(ScalarType? type) => (sbyte)(type ?? (ScalarType)(-1));
    }
}
