// What a tensor knows of itself, and its views and copies of another shape.
#include "scalar.h"
#include "shim.h"

// ---- about itself

LT_API int lt_tensor_rank(Tensor tensor, int64_t* result) {
    return shim::guarded([&] { *result = tensor->dim(); });
}

LT_API int lt_tensor_sizes(Tensor tensor, int64_t* sizes, int64_t* strides) {
    return shim::guarded([&] {
        const auto rank = static_cast<size_t>(tensor->dim());
        for (size_t i = 0; i < rank; i++) {
            sizes[i] = tensor->sizes()[i];
            strides[i] = tensor->strides()[i];
        }
    });
}

LT_API int lt_tensor_numel(Tensor tensor, int64_t* result) {
    return shim::guarded([&] { *result = tensor->numel(); });
}

LT_API int lt_tensor_element_size(Tensor tensor, int64_t* result) {
    return shim::guarded([&] { *result = tensor->element_size(); });
}

LT_API int lt_tensor_storage_offset(Tensor tensor, int64_t* result) {
    return shim::guarded([&] { *result = tensor->storage_offset(); });
}

LT_API int lt_tensor_dtype(Tensor tensor, int8_t* result) {
    return shim::guarded([&] { *result = static_cast<int8_t>(tensor->scalar_type()); });
}

LT_API int lt_tensor_device(Tensor tensor, int32_t* type, int32_t* index) {
    return shim::guarded([&] {
        *type = static_cast<int32_t>(tensor->device().type());
        *index = tensor->device().index();
    });
}

LT_API int lt_tensor_is_contiguous(Tensor tensor, int32_t* result) {
    return shim::guarded([&] { *result = tensor->is_contiguous(); });
}

LT_API int lt_tensor_data(Tensor tensor, void** result) {
    return shim::guarded([&] { *result = tensor->data_ptr(); });
}

LT_API int lt_tensor_item(Tensor tensor, ScalarValue* result) {
    return shim::guarded([&] {
        const at::Scalar value = tensor->item();
        *result = value.isFloatingPoint() ? ScalarValue{0, value.toDouble(), 0}
                  : value.isBoolean()     ? ScalarValue{value.toBool() ? 1 : 0, 0, 2}
                                          : ScalarValue{value.toLong(), 0, 1};
    });
}

// ---- views and copies of another shape

#define SHAPED(name)                                                                                 \
    LT_API int lt_tensor_##name(Tensor tensor, const int64_t* values, int64_t count, Tensor* result) { \
        return shim::guarded([&] { *result = shim::own(tensor->name(shim::dims(values, count))); });   \
    }

SHAPED(expand)
SHAPED(flip)
SHAPED(permute)
SHAPED(repeat)
SHAPED(reshape)

// Convolutions leave their result in channels-last order, which callers need not know of: where such a
// tensor cannot be viewed in the asked-for shape, it is viewed through its row-major copy.
LT_API int lt_tensor_view(Tensor tensor, const int64_t* sizes, int64_t rank, Tensor* result) {
    return shim::guarded([&] {
        const bool channels_last = tensor->dim() == 4 && !tensor->is_contiguous() &&
                                   tensor->is_contiguous(at::MemoryFormat::ChannelsLast);
        *result = shim::own(channels_last ? tensor->reshape(shim::dims(sizes, rank))
                                          : tensor->view(shim::dims(sizes, rank)));
    });
}

LT_API int lt_tensor_flatten(Tensor tensor, int64_t start, int64_t end, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->flatten(start, end)); });
}

LT_API int lt_tensor_transpose(Tensor tensor, int64_t first, int64_t second, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->transpose(first, second)); });
}

LT_API int lt_tensor_squeeze(Tensor tensor, const int64_t* dim, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(dim == nullptr ? tensor->squeeze() : tensor->squeeze(*dim)); });
}

LT_API int lt_tensor_unsqueeze(Tensor tensor, int64_t dim, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->unsqueeze(dim)); });
}

LT_API int lt_tensor_narrow(Tensor tensor, int64_t dim, int64_t start, int64_t length, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->narrow(dim, start, length)); });
}

LT_API int lt_tensor_select(Tensor tensor, int64_t dim, int64_t index, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->select(dim, index)); });
}

// A missing bound has a null pointer.
LT_API int lt_tensor_slice(Tensor tensor, int64_t dim, const int64_t* start, const int64_t* stop, int64_t step,
                           Tensor* result) {
    return shim::guarded([&] {
        const auto from = start == nullptr ? c10::optional<int64_t>() : c10::optional<int64_t>(*start);
        const auto to = stop == nullptr ? c10::optional<int64_t>() : c10::optional<int64_t>(*stop);
        *result = shim::own(tensor->slice(dim, from, to, step));
    });
}

LT_API int lt_tensor_index_select(Tensor tensor, int64_t dim, Tensor index, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->index_select(dim, *index)); });
}

LT_API int lt_tensor_gather(Tensor tensor, int64_t dim, Tensor index, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->gather(dim, *index)); });
}

LT_API int lt_tensor_masked_fill(Tensor tensor, Tensor mask, ScalarValue value, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->masked_fill(*mask, value)); });
}

LT_API int lt_tensor_masked_select(Tensor tensor, Tensor mask, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(tensor->masked_select(*mask)); });
}

LT_API int lt_cat(const Tensor* tensors, int64_t count, int64_t dim, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(torch::cat(shim::gather(tensors, count), dim)); });
}

LT_API int lt_stack(const Tensor* tensors, int64_t count, int64_t dim, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(torch::stack(shim::gather(tensors, count), dim)); });
}

LT_API int lt_where(Tensor condition, Tensor left, Tensor right, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(torch::where(*condition, *left, *right)); });
}

// A negative dtype or device type keeps the tensor's own.
LT_API int lt_tensor_to(Tensor tensor, int8_t dtype, int32_t device_type, int32_t device_index, int copy,
                        int non_blocking, Tensor* result) {
    return shim::guarded([&] {
        const auto device = device_type < 0 ? tensor->device()
                                            : c10::Device(static_cast<c10::DeviceType>(device_type),
                                                          static_cast<c10::DeviceIndex>(device_index));
        const auto type = dtype < 0 ? tensor->scalar_type() : static_cast<at::ScalarType>(dtype);
        *result = shim::own(tensor->to(device, type, non_blocking != 0, copy != 0));
    });
}
