namespace TorchSharp;

public static partial class torch
{
    // Views share memory with the tensor that they were made from.
    public partial class Tensor
    {
        public Tensor clone() => Result(Native.lt_tensor_clone(handle, out var result), result);

        public Tensor contiguous() => Result(Native.lt_tensor_contiguous(handle, out var result), result);

        public Tensor t() => Result(Native.lt_tensor_t(handle, out var result), result);

        public Tensor T => t();

        public Tensor view(params long[] shape) =>
            Result(Native.lt_tensor_view(handle, shape, shape.Length, out var result), result);

        public Tensor reshape(params long[] shape) =>
            Result(Native.lt_tensor_reshape(handle, shape, shape.Length, out var result), result);

        public Tensor expand(params long[] sizes) =>
            Result(Native.lt_tensor_expand(handle, sizes, sizes.Length, out var result), result);

        public Tensor repeat(params long[] sizes) =>
            Result(Native.lt_tensor_repeat(handle, sizes, sizes.Length, out var result), result);

        public Tensor permute(params long[] permutation) =>
            Result(Native.lt_tensor_permute(handle, permutation, permutation.Length, out var result), result);

        public Tensor flip(params long[] dims) =>
            Result(Native.lt_tensor_flip(handle, dims, dims.Length, out var result), result);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Result(Native.lt_tensor_flatten(handle, start_dim, end_dim, out var result), result);

        public Tensor transpose(long dim0, long dim1) =>
            Result(Native.lt_tensor_transpose(handle, dim0, dim1, out var result), result);

        public unsafe Tensor squeeze(long? dim = null)
        {
            var value = dim.GetValueOrDefault();
            return Result(Native.lt_tensor_squeeze(handle, dim is null ? null : &value, out var result), result);
        }

        public Tensor unsqueeze(long dim) => Result(Native.lt_tensor_unsqueeze(handle, dim, out var result), result);

        public Tensor narrow(long dim, long start, long length) =>
            Result(Native.lt_tensor_narrow(handle, dim, start, length, out var result), result);

        public Tensor select(long dim, long index) =>
            Result(Native.lt_tensor_select(handle, dim, index, out var result), result);

        public unsafe Tensor slice(long dim, long start, long finish, long step) =>
            Result(Native.lt_tensor_slice(handle, dim, &start, &finish, step, out var result), result);

        public Tensor index_select(long dim, Tensor index) =>
            Result(Native.lt_tensor_index_select(handle, dim, index.handle, out var result), result);

        public Tensor gather(long dim, Tensor index) =>
            Result(Native.lt_tensor_gather(handle, dim, index.handle, out var result), result);

        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Result(Native.lt_tensor_masked_fill(handle, mask.handle, value.Value, out var result), result);

        public Tensor masked_select(Tensor mask) =>
            Result(Native.lt_tensor_masked_select(handle, mask.handle, out var result), result);

        /// <summary>Makes this tensor share the storage of <paramref name="source"/>.</summary>
        public Tensor set_(Tensor source) => Changed(Native.lt_tensor_set_(handle, source.handle));

        public Tensor cpu() => To(null, CPU, copy: false, non_blocking: false);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(disposeAfter, To(type, null, copy, non_blocking));

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(disposeAfter, To(null, device, copy, non_blocking));

        public Tensor to(
            ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(disposeAfter, To(type, device, copy, non_blocking));

        public Tensor to_type(
            ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        private Tensor To(ScalarType? type, Device? device, bool copy, bool non_blocking) => Result(
            Native.lt_tensor_to(
                handle,
                (sbyte)(type ?? (ScalarType)(-1)),
                device is null ? -1 : (int)device.type,
                device?.index ?? -1,
                copy ? 1 : 0,
                non_blocking ? 1 : 0,
                out var result),
            result);

        // A conversion that had nothing to do shares its memory with this tensor, and outlives it all the same.
        private Tensor After(bool disposeAfter, Tensor result)
        {
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }
    }
}
