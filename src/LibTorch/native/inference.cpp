#include "inference.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "inference_kernels.h"

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

#define WITH_AVX512 __attribute__((target("avx512f")))
#define WITH_AVX2 __attribute__((target("avx2,fma")))

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

Instructions instructions() { return current().load(std::memory_order_relaxed); }

bool is_plain(const at::Tensor& tensor) {
    return tensor.scalar_type() == at::kFloat && tensor.device().is_cpu() && tensor.layout() == at::kStrided &&
        !(at::GradMode::is_enabled() && tensor.requires_grad());
}

bool is_plain_vector(const at::Tensor& bias, int64_t length) {
    return !bias.defined() || (is_plain(bias) && bias.dim() == 1 && bias.is_contiguous() && bias.numel() == length);
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

template <int Pixels, int Vectors>
WITH_AVX512 void convolve(Avx512, const kernels::Convolution& c, const float* input, const float* weight,
                          const float* bias, float* output, int64_t channels) {
    kernels::convolve<Avx512, Pixels, Vectors>(c, input, weight, bias, output, channels);
}

template <int Pixels, int Vectors>
WITH_AVX2 void convolve(Avx2, const kernels::Convolution& c, const float* input, const float* weight,
                        const float* bias, float* output, int64_t channels) {
    kernels::convolve<Avx2, Pixels, Vectors>(c, input, weight, bias, output, channels);
}

// The kernel for as many vectors of channels, and then for as many pixels, as there are at run time.
template <class Isa, int Vectors, int Pixels = Isa::pixels(Vectors)>
void convolve_by(int64_t pixels, const kernels::Convolution& c, const float* input, const float* weight,
                 const float* bias, float* output, int64_t channels) {
    if constexpr (Pixels > 1) {
        if (pixels < Pixels) {
            return convolve_by<Isa, Vectors, Pixels - 1>(pixels, c, input, weight, bias, output, channels);
        }
    }
    convolve<Pixels, Vectors>(Isa(), c, input, weight, bias, output, channels);
}

template <class Isa, int Vectors = Isa::vectors>
void convolve_channels(const kernels::Convolution& c, const float* input, const float* weight, const float* bias,
                       float* output, int64_t first) {
    if constexpr (Vectors > 1) {
        if (c.room - first < Vectors * Isa::lanes) {
            return convolve_channels<Isa, Vectors - 1>(c, input, weight, bias, output, first);
        }
    }

    // The fewest groups of pixels that a row can be divided into, all of one size.
    constexpr int64_t most = Isa::pixels(Vectors);
    const int64_t groups = (c.width + most - 1) / most;
    convolve_by<Isa, Vectors>((c.width + groups - 1) / groups, c, input, weight + first, bias + first, output + first,
                              c.channels - first);
    if (first + Vectors * Isa::lanes < c.room) {
        convolve_channels<Isa>(c, input, weight, bias, output, first + Vectors * Isa::lanes);
    }
}

// Rows of weights, and the bias, each with zeros up to a whole number of vectors.
std::vector<float> widened(const float* values, int64_t rows, int64_t columns, int64_t room) {
    std::vector<float> result(static_cast<size_t>(rows * room));
    for (int64_t row = 0; values != nullptr && row < rows; row++) {
        std::copy(values + row * columns, values + (row + 1) * columns, result.begin() + row * room);
    }
    return result;
}

// A frame of zeros, into which pictures are copied one after the other.
class Padded {
public:
    Padded(const at::Tensor& pictures, int64_t vertical, int64_t horizontal)
        : height_(pictures.size(2)), row_(pictures.size(3) * pictures.size(1)),
          before_(horizontal * pictures.size(1)), vertical_(vertical) {
        if (vertical != 0 || horizontal != 0) {
            frame_.resize(static_cast<size_t>((height_ + 2 * vertical) * row()));
        }
    }

    int64_t row() const { return row_ + 2 * before_; }

    const float* operator()(const float* picture) {
        if (frame_.empty()) {
            return picture;
        }
        for (int64_t y = 0; y < height_; y++) {
            std::copy(picture + y * row_, picture + (y + 1) * row_,
                      frame_.begin() + (y + vertical_) * row() + before_);
        }
        return frame_.data();
    }

private:
    int64_t height_, row_, before_, vertical_;
    std::vector<float> frame_;
};

template <class Isa>
at::Tensor convolve_all(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias,
                        at::IntArrayRef stride, at::IntArrayRef padding, int64_t height, int64_t width) {
    const at::Tensor pictures = input.contiguous(at::MemoryFormat::ChannelsLast);
    const int64_t channels = weight.size(0);
    const int64_t room = (channels + Isa::lanes - 1) / Isa::lanes * Isa::lanes;
    Padded padded(pictures, padding[0], padding[1]);
    const kernels::Convolution c = {height, width, weight.size(2), weight.size(3) * weight.size(1), padded.row(),
                                    stride[1] * weight.size(1), stride[0], channels, room};
    const int64_t taps = c.kernel_height * c.row_taps;
    const float* weights = weight.data_ptr<float>();
    const std::vector<float> wider = room == channels ? std::vector<float>() : widened(weights, taps, channels, room);
    const std::vector<float> start = widened(bias.defined() ? bias.data_ptr<float>() : nullptr, 1, channels, room);
    at::Tensor output = at::empty({pictures.size(0), channels, height, width},
                                  pictures.options().memory_format(at::MemoryFormat::ChannelsLast));
    const int64_t picture = pictures.numel() / pictures.size(0);
    for (int64_t i = 0; i < pictures.size(0); i++) {
        convolve_channels<Isa>(c, padded(pictures.data_ptr<float>() + i * picture),
                               wider.empty() ? weights : wider.data(), start.data(),
                               output.data_ptr<float>() + i * channels * height * width, 0);
    }
    return output;
}

}  // namespace

namespace inference {

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

c10::optional<at::Tensor> conv2d(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias,
                                 at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                                 int64_t groups) {
    if (instructions() == Instructions::none || !is_plain(input) || !is_plain(weight) || input.dim() != 4 ||
        weight.dim() != 4 || input.numel() == 0 || weight.numel() == 0 || input.size(1) != weight.size(1) ||
        groups != 1 || dilation[0] != 1 || dilation[1] != 1 || stride[0] < 1 || stride[1] < 1 || padding[0] < 0 ||
        padding[1] < 0 || !is_plain_vector(bias, weight.size(0)) || !weight.permute({2, 3, 1, 0}).is_contiguous()) {
        return c10::nullopt;
    }
    const int64_t height = input.size(2) + 2 * padding[0] - weight.size(2);
    const int64_t width = input.size(3) + 2 * padding[1] - weight.size(3);
    if (height < 0 || width < 0) {
        return c10::nullopt;
    }
    const auto convolve = instructions() == Instructions::avx512 ? convolve_all<Avx512> : convolve_all<Avx2>;
    return convolve(input, weight, bias, stride, padding, height / stride[0] + 1, width / stride[1] + 1);
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

c10::optional<at::Tensor> conv2d(const at::Tensor&, const at::Tensor&, const at::Tensor&, at::IntArrayRef,
                                 at::IntArrayRef, at::IntArrayRef, int64_t) {
    return c10::nullopt;
}

c10::optional<at::Tensor> max_pool2d(const at::Tensor&, at::IntArrayRef, at::IntArrayRef, at::IntArrayRef,
                                     at::IntArrayRef, bool) {
    return c10::nullopt;
}

}  // namespace inference

#endif
