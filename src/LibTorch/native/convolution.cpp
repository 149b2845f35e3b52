// Convolutions without gradients, by sums made one by one or by Winograd's way.
#include "inference.h"
#include "instructions.h"

namespace {

void require_three_by_three(const at::Tensor& weight) {
    TORCH_CHECK(inference::is_plain(weight) && weight.dim() == 4 && weight.size(2) == 3 && weight.size(3) == 3 &&
                    weight.numel() > 0,
                "Winograd's way is for weights of N×C×3×3 in float32 without gradients, not for ", weight.toString(),
                " of ", weight.sizes());
}

}  // namespace

#if defined(__x86_64__) && defined(__GNUC__)

#include "inference_kernels.h"
#include "winograd_kernels.h"

#include <algorithm>
#include <vector>

namespace {

using inference::Instructions;
using kernels::Avx2;
using kernels::Avx512;

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
    if (first + Vectors * Isa::lanes < c.channels) {
        convolve_channels<Isa>(c, input, weight, bias, output, first + Vectors * Isa::lanes);
    }
}

// So many channels, and what makes them a whole number of vectors.
template <class Isa>
int64_t room_for(int64_t channels) {
    return (channels + Isa::lanes - 1) / Isa::lanes * Isa::lanes;
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
    const int64_t room = room_for<Isa>(channels);
    Padded padded(pictures, padding[0], padding[1]);
    const kernels::Convolution c = {height, width, weight.size(2), weight.size(3) * weight.size(1), padded.row(),
                                    stride[1] * weight.size(1), stride[0], channels, channels, room};
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

WITH_AVX512 void to_points(Avx512, const kernels::Tiles& tiles, const float* picture, const float* zero, float* target,
                           int64_t plane) {
    kernels::to_points<Avx512>(tiles, picture, zero, target, plane);
}

WITH_AVX2 void to_points(Avx2, const kernels::Tiles& tiles, const float* picture, const float* zero, float* target,
                         int64_t plane) {
    kernels::to_points<Avx2>(tiles, picture, zero, target, plane);
}

WITH_AVX512 void from_points(Avx512, const kernels::Tiles& tiles, const float* source, int64_t plane, const float* bias,
                             float* picture) {
    kernels::from_points<Avx512>(tiles, source, plane, bias, picture);
}

WITH_AVX2 void from_points(Avx2, const kernels::Tiles& tiles, const float* source, int64_t plane, const float* bias,
                           float* picture) {
    kernels::from_points<Avx2>(tiles, source, plane, bias, picture);
}

// So many channels of the output have their weights in one piece, which is read from its beginning to its end: what is
// not in the cache comes twice as fast then.
constexpr int64_t block = Avx512::vectors * Avx512::lanes;

// The products at each point are those of a convolution of 1×1, whose pixels are tiles.
template <class Isa>
at::Tensor convolve_tiles(const at::Tensor& input, const at::Tensor& weights, const at::Tensor& bias,
                          const kernels::Tiles& tiles) {
    const at::Tensor pictures = input.contiguous(at::MemoryFormat::ChannelsLast);
    const int64_t inputs = tiles.input_channels, channels = tiles.channels, room = weights.size(2);
    const std::vector<float> zeros(static_cast<size_t>(std::max(inputs, room)));
    const std::vector<float> start = widened(bias.defined() ? bias.data_ptr<float>() : nullptr, 1, channels, room);

    // A vector more than they need, so that the planes do not all meet in the same places of the cache.
    const int64_t input_plane = tiles.count() * inputs + Isa::lanes;
    const int64_t output_plane = tiles.count() * channels + Isa::lanes;
    const at::Tensor space = at::empty({kernels::points * (input_plane + output_plane)}, pictures.options());
    float* before = space.data_ptr<float>();
    float* after = before + kernels::points * input_plane;
    at::Tensor output = at::empty({pictures.size(0), channels, tiles.height, tiles.width},
                                  pictures.options().memory_format(at::MemoryFormat::ChannelsLast));
    for (int64_t i = 0; i < pictures.size(0); i++) {
        to_points(Isa(), tiles, pictures.data_ptr<float>() + i * tiles.input_height * tiles.input_width * inputs,
                  zeros.data(), before, input_plane);
        for (int64_t point = 0; point < kernels::points; point++) {
            for (int64_t first = 0; first < channels; first += block) {
                const kernels::Convolution products = {1, tiles.count(), 1, inputs, 0, inputs, 0, channels,
                                                       std::min(block, channels - first), std::min(block, room - first)};
                convolve_channels<Isa>(products, before + point * input_plane,
                                       weights.data_ptr<float>() + (point * room + first) * inputs, zeros.data(),
                                       after + point * output_plane + first, 0);
            }
        }
        from_points(Isa(), tiles, after, output_plane, start.data(),
                    output.data_ptr<float>() + i * tiles.height * tiles.width * channels);
    }
    return output;
}

// Whether pictures, weights and bias belong together, and there are kernels for them.
bool fits(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, at::IntArrayRef padding) {
    return inference::instructions() != Instructions::none && inference::is_plain(input) &&
        inference::is_plain(weight) && input.dim() == 4 && weight.dim() == 4 && input.numel() > 0 &&
        weight.numel() > 0 && input.size(1) == weight.size(1) && padding[0] >= 0 && padding[1] >= 0 &&
        inference::is_plain_vector(bias, weight.size(0));
}

}  // namespace

namespace inference {

c10::optional<at::Tensor> conv2d(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias,
                                 at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                                 int64_t groups) {
    if (!fits(input, weight, bias, padding) || groups != 1 || dilation[0] != 1 || dilation[1] != 1 || stride[0] < 1 ||
        stride[1] < 1 || !weight.permute({2, 3, 1, 0}).is_contiguous()) {
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

at::Tensor winograd_weights(const at::Tensor& weight) {
    require_three_by_three(weight);
    const int64_t channels = weight.size(0), inputs = weight.size(1);
    at::Tensor result = at::zeros({kernels::points, inputs, room_for<Avx512>(channels)}, weight.options());
    const auto source = weight.accessor<float, 4>();
    float* target = result.data_ptr<float>();
    const int64_t room = result.size(2);
    const auto place = [&](int64_t point, int64_t input, int64_t output) {
        const int64_t first = output / block * block;
        return (point * room + first) * inputs + input * std::min(block, room - first) + output - first;
    };
    for (int64_t output = 0; output < channels; output++) {
        for (int64_t input = 0; input < inputs; input++) {
            double halfway[3][kernels::tile_reach];
            for (int64_t y = 0; y < 3; y++) {
                const double row[] = {source[output][input][y][0], source[output][input][y][1],
                                      source[output][input][y][2]};
                kernels::weights_to_points(row, halfway[y]);
            }
            for (int64_t x = 0; x < kernels::tile_reach; x++) {
                const double column[] = {halfway[0][x], halfway[1][x], halfway[2][x]};
                double values[kernels::tile_reach];
                kernels::weights_to_points(column, values);
                for (int64_t y = 0; y < kernels::tile_reach; y++) {
                    target[place(y * kernels::tile_reach + x, input, output)] = static_cast<float>(values[y]);
                }
            }
        }
    }
    return result;
}

c10::optional<at::Tensor> winograd_conv2d(const at::Tensor& input, const at::Tensor& weights, const at::Tensor& weight,
                                          const at::Tensor& bias, at::IntArrayRef padding) {
    if (!fits(input, weight, bias, padding)) {
        return c10::nullopt;
    }
    TORCH_CHECK(is_plain(weights) && weights.is_contiguous() &&
                    weights.sizes().equals({kernels::points, weight.size(1), room_for<Avx512>(weight.size(0))}),
                "Weights of ", weights.sizes(), " were not made of those of ", weight.sizes());
    const kernels::Tiles tiles = {input.size(2), input.size(3), input.size(1), input.size(2) + 2 * padding[0] - 2,
                                  input.size(3) + 2 * padding[1] - 2, weight.size(0), padding[0], padding[1]};
    if (tiles.height < 1 || tiles.width < 1 || tiles.count() * kernels::points >= tiles.height * tiles.width * 9) {
        return c10::nullopt;
    }
    return (instructions() == Instructions::avx512 ? convolve_tiles<Avx512> : convolve_tiles<Avx2>)(input, weights,
                                                                                                     bias, tiles);
}

}  // namespace inference

#else

namespace inference {

c10::optional<at::Tensor> conv2d(const at::Tensor&, const at::Tensor&, const at::Tensor&, at::IntArrayRef,
                                 at::IntArrayRef, at::IntArrayRef, int64_t) {
    return c10::nullopt;
}

at::Tensor winograd_weights(const at::Tensor& weight) {
    require_three_by_three(weight);
    return weight.alias();
}

c10::optional<at::Tensor> winograd_conv2d(const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&,
                                          at::IntArrayRef) {
    return c10::nullopt;
}

}  // namespace inference

#endif
