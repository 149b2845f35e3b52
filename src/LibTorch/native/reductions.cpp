// Reductions, the largest elements, and softmax. An empty list of dimensions reduces all of them.
#include "shim.h"

namespace {

c10::optional<at::ScalarType> dtype_or_none(int8_t dtype) {
    return dtype < 0 ? c10::optional<at::ScalarType>()
                     : c10::optional<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}

}  // namespace

LT_API int lt_tensor_sum(Tensor tensor, const int64_t* values, int64_t count, int keepdim, int8_t dtype,
                         Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(count == 0 ? tensor->sum(dtype_or_none(dtype))
                                       : tensor->sum(shim::dims(values, count), keepdim != 0, dtype_or_none(dtype)));
    });
}

LT_API int lt_tensor_mean(Tensor tensor, const int64_t* values, int64_t count, int keepdim, int8_t dtype,
                          Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(count == 0 ? tensor->mean(dtype_or_none(dtype))
                                       : tensor->mean(shim::dims(values, count), keepdim != 0, dtype_or_none(dtype)));
    });
}

LT_API int lt_tensor_var(Tensor tensor, const int64_t* values, int64_t count, int unbiased, int keepdim,
                         Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(count == 0 ? tensor->var(unbiased != 0)
                                       : tensor->var(shim::dims(values, count), unbiased != 0, keepdim != 0));
    });
}

LT_API int lt_tensor_std(Tensor tensor, const int64_t* values, int64_t count, int unbiased, int keepdim,
                         Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(count == 0 ? tensor->std(unbiased != 0)
                                       : tensor->std(shim::dims(values, count), unbiased != 0, keepdim != 0));
    });
}

LT_API int lt_tensor_max_dim(Tensor tensor, int64_t dim, int keepdim, Tensor* values, Tensor* indices) {
    return shim::guarded([&] {
        auto found = tensor->max(dim, keepdim != 0);
        *values = shim::own(std::get<0>(found));
        *indices = shim::own(std::get<1>(found));
    });
}

LT_API int lt_tensor_min_dim(Tensor tensor, int64_t dim, int keepdim, Tensor* values, Tensor* indices) {
    return shim::guarded([&] {
        auto found = tensor->min(dim, keepdim != 0);
        *values = shim::own(std::get<0>(found));
        *indices = shim::own(std::get<1>(found));
    });
}

LT_API int lt_tensor_topk(Tensor tensor, int64_t k, int64_t dim, int largest, int sorted, Tensor* values,
                          Tensor* indices) {
    return shim::guarded([&] {
        auto found = tensor->topk(k, dim, largest != 0, sorted != 0);
        *values = shim::own(std::get<0>(found));
        *indices = shim::own(std::get<1>(found));
    });
}

LT_API int lt_tensor_argmax(Tensor tensor, const int64_t* dim, int keepdim, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(dim == nullptr ? tensor->argmax() : tensor->argmax(*dim, keepdim != 0));
    });
}

LT_API int lt_tensor_argmin(Tensor tensor, const int64_t* dim, int keepdim, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(dim == nullptr ? tensor->argmin() : tensor->argmin(*dim, keepdim != 0));
    });
}

LT_API int lt_tensor_norm(Tensor tensor, double p, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->norm(p)); });
}

LT_API int lt_tensor_softmax(Tensor tensor, int64_t dim, int8_t dtype, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->softmax(dim, dtype_or_none(dtype))); });
}

LT_API int lt_tensor_log_softmax(Tensor tensor, int64_t dim, int8_t dtype, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->log_softmax(dim, dtype_or_none(dtype))); });
}
