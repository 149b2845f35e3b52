// The C ABI between the C# of this folder and libtorch.
//
// Every function returns 0 on success and 1 on failure, and hands its results back through pointers.
// No exception crosses the boundary: `guarded` catches it and keeps its text for `lt_last_error`.
// A `Tensor` is a heap-allocated torch::Tensor that the caller owns and gives back with `lt_tensor_free`.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#if defined(_WIN32)
#define LT_API extern "C" __declspec(dllexport)
#else
#define LT_API extern "C" __attribute__((visibility("default")))
#endif

using Tensor = torch::Tensor*;

namespace shim {

// Keeps the message for the calling thread, without libtorch's C++ stack trace.
void remember_error(const std::string& message);

// Takes ownership away from C++: the count of live tensors goes up by one.
Tensor own(torch::Tensor tensor);

template <typename Body>
int guarded(Body&& body) {
    try {
        body();
        return 0;
    } catch (const c10::Error& error) {
        remember_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember_error(error.what());
    } catch (...) {
        remember_error("an unknown native exception");
    }
    return 1;
}

inline at::IntArrayRef dims(const int64_t* values, int64_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline c10::optional<torch::Tensor> optional(Tensor tensor) {
    return tensor == nullptr ? c10::optional<torch::Tensor>() : c10::optional<torch::Tensor>(*tensor);
}

inline torch::Tensor or_undefined(Tensor tensor) {
    return tensor == nullptr ? torch::Tensor() : *tensor;
}

inline std::vector<torch::Tensor> gather(const Tensor* tensors, int64_t count) {
    std::vector<torch::Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; i++) {
        result.push_back(or_undefined(tensors[i]));
    }
    return result;
}

}  // namespace shim
