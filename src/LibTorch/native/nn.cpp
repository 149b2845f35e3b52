// The operators behind layers and losses.
#include "inference.h"
#include "scalar.h"
#include "shim.h"

namespace {

// Convolution and max-pooling are faster over channels-last tensors, and the order travels on through the layers
// that follow. A single image gains nothing and would pay for the copy. With one channel both orders are the same
// in memory, and only strides that say so make libtorch choose the faster one.
torch::Tensor channels_last(const torch::Tensor& images) {
    if (images.dim() != 4 || images.size(0) <= 1) {
        return images;
    }

    if (images.size(1) == 1 && images.is_contiguous() && !images.requires_grad()) {
        const int64_t height = images.size(2);
        const int64_t width = images.size(3);
        return images.as_strided(images.sizes(), {height * width, 1, width, 1});
    }

    return images.contiguous(at::MemoryFormat::ChannelsLast);
}

torch::Tensor conv2d(const torch::Tensor& input, const torch::Tensor& weight, const torch::Tensor& bias,
                     at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, int64_t groups) {
    auto made = inference::conv2d(input, weight, bias, stride, padding, dilation, groups);
    return made ? std::move(*made)
                : torch::conv2d(channels_last(input), weight, bias, stride, padding, dilation, groups);
}

}  // namespace

LT_API int lt_linear(Tensor input, Tensor weight, Tensor bias, Tensor* result) {
    return shim::guarded([&] {
        const auto given = shim::or_undefined(bias);
        auto made = inference::linear(*input, *weight, given);
        *result = shim::own(made ? std::move(*made) : torch::linear(*input, *weight, given));
    });
}

LT_API int lt_conv2d(Tensor input, Tensor weight, Tensor bias, const int64_t* stride, const int64_t* padding,
                     const int64_t* dilation, int64_t groups, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(conv2d(*input, *weight, shim::or_undefined(bias), shim::dims(stride, 2),
                                   shim::dims(padding, 2), shim::dims(dilation, 2), groups));
    });
}

LT_API int lt_winograd_weights(Tensor weight, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(inference::winograd_weights(*weight)); });
}

LT_API int lt_winograd_conv2d(Tensor input, Tensor weights, Tensor weight, Tensor bias, const int64_t* padding,
                              Tensor* result) {
    return shim::guarded([&] {
        const auto given = shim::or_undefined(bias);
        const auto around = shim::dims(padding, 2);
        auto made = inference::winograd_conv2d(*input, *weights, *weight, given, around);
        *result = shim::own(made ? std::move(*made) : conv2d(*input, *weight, given, {1, 1}, around, {1, 1}, 1));
    });
}

LT_API int lt_batch_norm(Tensor input, Tensor weight, Tensor bias, Tensor running_mean, Tensor running_var,
                         int training, double momentum, double eps, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(torch::batch_norm(*input, shim::optional(weight), shim::optional(bias),
                                              shim::optional(running_mean), shim::optional(running_var),
                                              training != 0, momentum, eps, /*cudnn_enabled=*/true));
    });
}

LT_API int lt_dropout(Tensor input, double probability, int training, int in_place, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(in_place != 0 ? torch::dropout_(*input, probability, training != 0)
                                          : torch::dropout(*input, probability, training != 0));
    });
}

LT_API int lt_max_pool2d(Tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding,
                         const int64_t* dilation, int ceil_mode, Tensor* result) {
    return shim::guarded([&] {
        auto made = inference::max_pool2d(*input, shim::dims(kernel, 2), shim::dims(stride, 2),
                                          shim::dims(padding, 2), shim::dims(dilation, 2), ceil_mode != 0);
        *result = shim::own(made ? std::move(*made)
                                 : torch::max_pool2d(*input, shim::dims(kernel, 2), shim::dims(stride, 2),
                                                     shim::dims(padding, 2), shim::dims(dilation, 2),
                                                     ceil_mode != 0));
    });
}

LT_API int lt_avg_pool2d(Tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding,
                         int ceil_mode, int count_include_pad, const int64_t* divisor, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(torch::avg_pool2d(
            *input, shim::dims(kernel, 2), shim::dims(stride, 2), shim::dims(padding, 2), ceil_mode != 0,
            count_include_pad != 0,
            divisor == nullptr ? c10::optional<int64_t>() : c10::optional<int64_t>(*divisor)));
    });
}

LT_API int lt_adaptive_avg_pool2d(Tensor input, const int64_t* output_size, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(torch::adaptive_avg_pool2d(*input, shim::dims(output_size, 2)));
    });
}

LT_API int lt_adaptive_max_pool2d(Tensor input, const int64_t* output_size, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(std::get<0>(torch::adaptive_max_pool2d(*input, shim::dims(output_size, 2))));
    });
}

LT_API int lt_cross_entropy(Tensor input, Tensor target, Tensor weight, int64_t ignore_index, int64_t reduction,
                            double label_smoothing, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(torch::cross_entropy_loss(*input, *target, shim::optional(weight), reduction,
                                                      ignore_index, label_smoothing));
    });
}

LT_API int lt_nll_loss(Tensor input, Tensor target, Tensor weight, int64_t reduction, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(torch::nll_loss(*input, *target, shim::optional(weight), reduction));
    });
}

LT_API int lt_mse_loss(Tensor input, Tensor target, int64_t reduction, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(torch::mse_loss(*input, *target, reduction)); });
}

LT_API int lt_affine_grid(Tensor theta, const int64_t* size, int64_t rank, int align_corners, Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(at::affine_grid_generator(*theta, shim::dims(size, rank), align_corners != 0));
    });
}

// interpolation: 0 bilinear, 1 nearest. padding: 0 zeros, 1 border, 2 reflection (libtorch's own numbers).
LT_API int lt_grid_sample(Tensor input, Tensor grid, int64_t interpolation, int64_t padding, int align_corners,
                          Tensor* result) {
    return shim::guarded([&] {
        *result = shim::own(at::grid_sampler(*input, *grid, interpolation, padding, align_corners != 0));
    });
}

LT_API int lt_one_hot(Tensor input, int64_t classes, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(torch::one_hot(*input, classes)); });
}
