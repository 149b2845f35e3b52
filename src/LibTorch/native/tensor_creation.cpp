// Tensors made from nothing, from a caller's memory, or at random.
#include "scalar.h"
#include "shim.h"

namespace {

at::TensorOptions options(int8_t dtype, int32_t device_type, int32_t device_index, int requires_grad) {
    return at::TensorOptions()
        .dtype(static_cast<at::ScalarType>(dtype))
        .device(c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)))
        .requires_grad(requires_grad != 0);
}

c10::optional<at::Generator> optional(at::Generator* generator) {
    return generator == nullptr ? c10::optional<at::Generator>() : c10::optional<at::Generator>(*generator);
}

}  // namespace

// The parameters that every creator takes last.
#define OPTIONS int8_t dtype, int32_t device_type, int32_t device_index, int requires_grad, Tensor *result
#define GIVEN options(dtype, device_type, device_index, requires_grad)

#define CREATOR(name)                                                                              \
    LT_API int lt_##name(const int64_t* sizes, int64_t rank, OPTIONS) {                            \
        return shim::guarded([&] { *result = shim::own(torch::name(shim::dims(sizes, rank), GIVEN)); }); \
    }

CREATOR(empty)
CREATOR(zeros)
CREATOR(ones)

LT_API int lt_full(const int64_t* sizes, int64_t rank, ScalarValue value, OPTIONS) {
    return shim::guarded([&] { *result = shim::own(torch::full(shim::dims(sizes, rank), value, GIVEN)); });
}

LT_API int lt_arange(ScalarValue start, ScalarValue stop, ScalarValue step, OPTIONS) {
    return shim::guarded([&] { *result = shim::own(torch::arange(start, stop, step, GIVEN)); });
}

LT_API int lt_eye(int64_t rows, int64_t columns, OPTIONS) {
    return shim::guarded([&] { *result = shim::own(torch::eye(rows, columns, GIVEN)); });
}

LT_API int lt_rand(const int64_t* sizes, int64_t rank, at::Generator* generator, OPTIONS) {
    return shim::guarded(
        [&] { *result = shim::own(torch::rand(shim::dims(sizes, rank), optional(generator), GIVEN)); });
}

LT_API int lt_randn(const int64_t* sizes, int64_t rank, at::Generator* generator, OPTIONS) {
    return shim::guarded(
        [&] { *result = shim::own(torch::randn(shim::dims(sizes, rank), optional(generator), GIVEN)); });
}

LT_API int lt_randint(int64_t low, int64_t high, const int64_t* sizes, int64_t rank, at::Generator* generator,
                      OPTIONS) {
    return shim::guarded([&] {
        *result = shim::own(torch::randint(low, high, shim::dims(sizes, rank), optional(generator), GIVEN));
    });
}

LT_API int lt_randperm(int64_t count, at::Generator* generator, OPTIONS) {
    return shim::guarded([&] { *result = shim::own(torch::randperm(count, optional(generator), GIVEN)); });
}

// Copies `data`, which holds elements of `data_dtype` in row-major order, and converts them to `dtype`.
LT_API int lt_from_data(const void* data, int8_t data_dtype, const int64_t* sizes, int64_t rank, OPTIONS) {
    return shim::guarded([&] {
        const auto view = torch::from_blob(const_cast<void*>(data), shim::dims(sizes, rank),
                                           at::TensorOptions().dtype(static_cast<at::ScalarType>(data_dtype)));
        auto made = view.to(GIVEN.requires_grad(c10::nullopt), /*non_blocking=*/false, /*copy=*/true);
        made.set_requires_grad(requires_grad != 0);
        *result = shim::own(std::move(made));
    });
}

LT_API int lt_tensor_uniform_(Tensor tensor, double from, double to, at::Generator* generator) {
    return shim::guarded([&] { tensor->uniform_(from, to, optional(generator)); });
}

LT_API int lt_tensor_normal_(Tensor tensor, double mean, double deviation, at::Generator* generator) {
    return shim::guarded([&] { tensor->normal_(mean, deviation, optional(generator)); });
}

LT_API int lt_tensor_bernoulli_(Tensor tensor, double probability, at::Generator* generator) {
    return shim::guarded([&] { tensor->bernoulli_(probability, optional(generator)); });
}
