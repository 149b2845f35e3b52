#include "inference.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "inference_kernels.h"
#include "instructions.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using kernels::Avx2;
using kernels::Avx512;

// Where there are more rows, the blocks of a matrix product are what counts, and BLAS is made of those.
constexpr int64_t most_rows = 64;

using inference::Instructions;

// LIBTORCH_INFERENCE in the environment holds the kernels to lesser instructions than the processor has: to `avx2`, or
// to `none`, which leaves every layer to libtorch. It is read once; anything else in it is as if it were not set.
Instructions wanted() {
    const char* variable = std::getenv("LIBTORCH_INFERENCE");
    const std::string name = variable == nullptr ? "" : variable;
    return name == "none" ? Instructions::none : name == "avx2" ? Instructions::avx2 : Instructions::avx512;
}

Instructions best() {
    static const Instructions supported = __builtin_cpu_supports("avx512f") ? Instructions::avx512
        : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? Instructions::avx2
                                                                           : Instructions::none;
    static const Instructions result = std::min(supported, wanted());
    return result;
}

std::atomic<Instructions>& current() {
    static std::atomic<Instructions> value{best()};
    return value;
}

WITH_AVX512 void linear_avx512(int64_t rows, const float* x, const float* w, const float* b, float* y, int64_t inputs,
                               int64_t outputs) {
    kernels::linear<Avx512>(rows, x, w, b, y, inputs, outputs);
}

WITH_AVX2 void linear_avx2(int64_t rows, const float* x, const float* w, const float* b, float* y, int64_t inputs,
                           int64_t outputs) {
    kernels::linear<Avx2>(rows, x, w, b, y, inputs, outputs);
}

WITH_AVX512 void max_pool_avx512(const kernels::Pooling& pooling, const float* input, float* row, float* output) {
    kernels::max_pool(pooling, input, row, output);
}

WITH_AVX2 void max_pool_avx2(const kernels::Pooling& pooling, const float* input, float* row, float* output) {
    kernels::max_pool(pooling, input, row, output);
}

}  // namespace

namespace inference {

Instructions instructions() { return current().load(std::memory_order_relaxed); }

Instructions limit(Instructions most) {
    const Instructions result = std::min(most, best());
    current().store(result, std::memory_order_relaxed);
    return result;
}

c10::optional<at::Tensor> linear(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
    if (instructions() == Instructions::none || !is_plain(input) || !is_plain(weight) || input.dim() != 2 ||
        weight.dim() != 2 || !input.is_contiguous() || !weight.is_contiguous() || input.size(1) != weight.size(1) ||
        input.size(0) > most_rows || !is_plain_vector(bias, weight.size(0))) {
        return c10::nullopt;
    }
    at::Tensor output = at::empty({input.size(0), weight.size(0)}, input.options());
    (instructions() == Instructions::avx512 ? linear_avx512 : linear_avx2)(
        input.size(0), input.data_ptr<float>(), weight.data_ptr<float>(),
        bias.defined() ? bias.data_ptr<float>() : nullptr, output.data_ptr<float>(), input.size(1), weight.size(0));
    return output;
}

c10::optional<at::Tensor> max_pool2d(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride,
                                     at::IntArrayRef padding, at::IntArrayRef dilation, bool ceil_mode) {
    if (instructions() == Instructions::none || !is_plain(input) || input.dim() != 4 || input.numel() == 0 ||
        !input.is_contiguous(at::MemoryFormat::ChannelsLast) || kernel[0] < 1 || kernel[1] < 1 || stride[0] < 1 ||
        stride[1] < 1 || padding[0] != 0 || padding[1] != 0 || dilation[0] != 1 || dilation[1] != 1 || ceil_mode ||
        input.size(2) < kernel[0] || input.size(3) < kernel[1]) {
        return c10::nullopt;
    }
    const kernels::Pooling pooling = {(input.size(2) - kernel[0]) / stride[0] + 1,
                                      (input.size(3) - kernel[1]) / stride[1] + 1,
                                      kernel[0],
                                      kernel[1],
                                      stride[0],
                                      stride[1],
                                      input.size(3) * input.size(1),
                                      input.size(1)};
    at::Tensor output = at::empty({input.size(0), input.size(1), pooling.height, pooling.width},
                                  input.options().memory_format(at::MemoryFormat::ChannelsLast));
    std::vector<float> row(static_cast<size_t>(pooling.input_row));
    const auto pool = instructions() == Instructions::avx512 ? max_pool_avx512 : max_pool_avx2;
    for (int64_t i = 0; i < input.size(0); i++) {
        pool(pooling, input.data_ptr<float>() + i * input.size(1) * input.size(2) * input.size(3),
             row.data(), output.data_ptr<float>() + i * input.size(1) * pooling.height * pooling.width);
    }
    return output;
}

}  // namespace inference

#else

namespace inference {

Instructions limit(Instructions) { return Instructions::none; }

c10::optional<at::Tensor> linear(const at::Tensor&, const at::Tensor&, const at::Tensor&) { return c10::nullopt; }

c10::optional<at::Tensor> max_pool2d(const at::Tensor&, at::IntArrayRef, at::IntArrayRef, at::IntArrayRef,
                                     at::IntArrayRef, bool) {
    return c10::nullopt;
}

}  // namespace inference

#endif
