using System.Runtime.InteropServices;

namespace TorchSharp;

// What a tensor knows of itself, its views, arithmetic, comparison and reductions (native/tensor.cpp, arithmetic.cpp and reductions.cpp).
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int lt_tensor_rank(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sizes(TensorHandle tensor, Span<long> sizes, Span<long> strides);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_numel(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_element_size(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_storage_offset(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_dtype(TensorHandle tensor, out sbyte result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_device(TensorHandle tensor, out int type, out int index);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_is_contiguous(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_data(TensorHandle tensor, out IntPtr result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_item(TensorHandle tensor, out ScalarValue result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_abs(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_alias(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_all(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_any(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_clone(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_contiguous(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_cos(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_detach(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_exp(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_floor(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_isfinite(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_isnan(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_log(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_logical_not(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_max(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_min(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_neg(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_relu(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_round(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_rsqrt(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sigmoid(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sin(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sqrt(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_square(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_t(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_tanh(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_relu_(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sigmoid_(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sqrt_(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_tanh_(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_zero_(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_div(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_eq(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_ge(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_gt(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_le(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_logical_and(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_logical_or(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_lt(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_matmul(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_maximum(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_minimum(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_mm(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_mul(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_ne(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_pow(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_div_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_eq_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_ge_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_gt_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_le_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_lt_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_mul_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_ne_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_pow_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_add(TensorHandle left, TensorHandle right, ScalarValue alpha,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_add_scalar(TensorHandle left, ScalarValue right, ScalarValue alpha,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sub(TensorHandle left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sub_scalar(TensorHandle left, ScalarValue right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_scalar_sub(ScalarValue left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_scalar_div(ScalarValue left, TensorHandle right, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_add_(TensorHandle left, TensorHandle right, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_add_scalar_(TensorHandle left, ScalarValue right, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sub_(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sub_scalar_(TensorHandle left, ScalarValue right);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_mul_(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_mul_scalar_(TensorHandle left, ScalarValue right);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_div_(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_div_scalar_(TensorHandle left, ScalarValue right);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_lerp_(TensorHandle tensor, TensorHandle end, TensorHandle weight);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_fill_(TensorHandle tensor, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_copy_(TensorHandle tensor, TensorHandle source, int nonBlocking);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_set_(TensorHandle tensor, TensorHandle source);

    [LibraryImport(Library)]
    internal static unsafe partial int lt_tensor_clamp(TensorHandle tensor, ScalarValue* min, ScalarValue* max,
        int inPlace, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_allclose(TensorHandle tensor, TensorHandle other, double rtol, double atol,
        int equalNan, out int result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_expand(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_flip(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_permute(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_repeat(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_reshape(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_view(TensorHandle tensor, ReadOnlySpan<long> sizes, long rank,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_flatten(TensorHandle tensor, long start, long end, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_transpose(TensorHandle tensor, long first, long second,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lt_tensor_squeeze(TensorHandle tensor, long* dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_unsqueeze(TensorHandle tensor, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_narrow(TensorHandle tensor, long dim, long start, long length,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_select(TensorHandle tensor, long dim, long index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lt_tensor_slice(TensorHandle tensor, long dim, long* start, long* stop,
        long step, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_index_select(TensorHandle tensor, long dim, TensorHandle index,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_gather(TensorHandle tensor, long dim, TensorHandle index,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_masked_fill(TensorHandle tensor, TensorHandle mask, ScalarValue value,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_masked_select(TensorHandle tensor, TensorHandle mask,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_cat(ReadOnlySpan<IntPtr> tensors, long count, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_stack(ReadOnlySpan<IntPtr> tensors, long count, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_where(TensorHandle condition, TensorHandle left, TensorHandle right,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_to(TensorHandle tensor, sbyte dtype, int deviceType, int deviceIndex,
        int copy, int nonBlocking, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_sum(TensorHandle tensor, ReadOnlySpan<long> values, long count, int keepdim,
        sbyte dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_mean(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        int keepdim, sbyte dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_var(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        int unbiased, int keepdim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_std(TensorHandle tensor, ReadOnlySpan<long> values, long count,
        int unbiased, int keepdim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_max_dim(TensorHandle tensor, long dim, int keepdim, out TensorHandle values,
        out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_min_dim(TensorHandle tensor, long dim, int keepdim, out TensorHandle values,
        out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_topk(TensorHandle tensor, long k, long dim, int largest, int sorted,
        out TensorHandle values, out TensorHandle indices);

    [LibraryImport(Library)]
    internal static unsafe partial int lt_tensor_argmax(TensorHandle tensor, long* dim, int keepdim,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lt_tensor_argmin(TensorHandle tensor, long* dim, int keepdim,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_norm(TensorHandle tensor, double p, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_softmax(TensorHandle tensor, long dim, sbyte dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_tensor_log_softmax(TensorHandle tensor, long dim, sbyte dtype,
        out TensorHandle result);
}
