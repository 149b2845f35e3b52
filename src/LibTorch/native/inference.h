// Layers of small float32 networks without gradients, for machines with AVX-512 or AVX2: what libtorch spends on a
// single picture, or on a few, is mostly reordering weights and looking for a kernel.
//
// Every picture is computed by itself and in one order, so that its result has the same bits alone and in any batch.
// A layer gives nothing where it is not made for what it is given: libtorch is, and says what is wrong with it.
#pragma once

#include <torch/torch.h>

#include <cstdint>

namespace inference {

// Each is more than the one before it. With none, libtorch computes everything.
enum class Instructions : int32_t { none, avx2, avx512 };

// Uses these instructions from the next call on, or the best that the processor and the environment allow, if those are
// less. Gives what is used: the kernels of lesser processors can be tested on a better one.
Instructions limit(Instructions most);

// x·Wᵀ + b for up to some dozens of rows.
c10::optional<at::Tensor> linear(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias);

// A convolution whose weights lie in memory in the order height, width, input, output: permute(2, 3, 1, 0) finds them
// contiguous. The result is channels-last.
c10::optional<at::Tensor> conv2d(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias,
                                 at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                                 int64_t groups);

// The weights of a convolution of 3×3 as winograd_conv2d reads them, 36 × input × output in memory's order for it, the
// output with zeros up to a whole number of vectors. Other weights are refused.
at::Tensor winograd_weights(const at::Tensor& weight);

// A convolution of 3×3 with stride 1 by a quarter of the products, or a third where tiles of 4×4 do not fit well: not for
// outputs so small that it would be more of them. `weights` is what winograd_weights made of `weight`. The result is
// channels-last.
c10::optional<at::Tensor> winograd_conv2d(const at::Tensor& input, const at::Tensor& weights, const at::Tensor& weight,
                                          const at::Tensor& bias, at::IntArrayRef padding);

// Max-pooling of a channels-last tensor.
c10::optional<at::Tensor> max_pool2d(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride,
                                     at::IntArrayRef padding, at::IntArrayRef dilation, bool ceil_mode);

}  // namespace inference
