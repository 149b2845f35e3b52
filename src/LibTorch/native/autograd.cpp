// Gradients: backward passes, the gradient of a tensor, and the modes that switch recording off.
#include "shim.h"

#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

LT_API int lt_backward(const Tensor* tensors, int64_t count, const Tensor* gradients, int64_t gradient_count,
                       int retain_graph, int create_graph, const Tensor* inputs, int64_t input_count) {
    return shim::guarded([&] {
        torch::autograd::backward(shim::gather(tensors, count), shim::gather(gradients, gradient_count), retain_graph != 0,
                                  create_graph != 0, shim::gather(inputs, input_count));
    });
}

// `results` has room for `input_count` tensors; an input that the outputs do not depend on gives null.
LT_API int lt_grad(const Tensor* outputs, int64_t output_count, const Tensor* inputs, int64_t input_count,
                   const Tensor* gradients, int64_t gradient_count, int retain_graph, int create_graph,
                   int allow_unused, Tensor* results) {
    return shim::guarded([&] {
        auto found = torch::autograd::grad(shim::gather(outputs, output_count), shim::gather(inputs, input_count),
                                           shim::gather(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                                           allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++) {
            results[i] = found[i].defined() ? shim::own(found[i]) : nullptr;
        }
    });
}

LT_API int lt_tensor_grad(Tensor tensor, Tensor* result) {
    return shim::guarded([&] {
        const auto& gradient = tensor->grad();
        *result = gradient.defined() ? shim::own(gradient) : nullptr;
    });
}

LT_API int lt_tensor_set_grad(Tensor tensor, Tensor gradient) {
    return shim::guarded([&] { tensor->mutable_grad() = shim::or_undefined(gradient); });
}

LT_API int lt_tensor_requires_grad(Tensor tensor, int32_t* result) {
    return shim::guarded([&] { *result = tensor->requires_grad(); });
}

LT_API int lt_tensor_set_requires_grad(Tensor tensor, int requires_grad) {
    return shim::guarded([&] { tensor->set_requires_grad(requires_grad != 0); });
}

LT_API int lt_tensor_retain_grad(Tensor tensor) {
    return shim::guarded([&] { tensor->retain_grad(); });
}

LT_API int lt_tensor_is_leaf(Tensor tensor, int32_t* result) {
    return shim::guarded([&] { *result = tensor->is_leaf(); });
}

// Takes the storage of `source` without autograd seeing it: how a parameter moves to another device or dtype.
LT_API int lt_tensor_set_data(Tensor tensor, Tensor source) {
    return shim::guarded([&] { tensor->set_data(*source); });
}

LT_API int lt_grad_enabled(int32_t* result) {
    return shim::guarded([&] { *result = torch::GradMode::is_enabled(); });
}

LT_API int lt_set_grad_enabled(int enabled) {
    return shim::guarded([&] { torch::GradMode::set_enabled(enabled != 0); });
}

LT_API int lt_inference_mode_enter(int enabled, c10::InferenceMode** result) {
    return shim::guarded([&] { *result = new c10::InferenceMode(enabled != 0); });
}

LT_API void lt_inference_mode_leave(c10::InferenceMode* mode) { delete mode; }

LT_API int lt_inference_mode_enabled(int32_t* result) {
    return shim::guarded([&] { *result = c10::InferenceMode::is_enabled(); });
}
