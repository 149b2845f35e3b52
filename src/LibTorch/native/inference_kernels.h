// The loops of inference.cpp and convolution.cpp, for a vector of some width. They are inlined into functions that the
// compiler may use the instructions of AVX-512 or AVX2 in; sums are kept in registers, and multiply and add are one rounding.
#pragma once

#include <algorithm>
#include <cstdint>

#define KERNEL inline __attribute__((always_inline))

namespace kernels {

typedef float Vector4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float Vector8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef float Vector16 __attribute__((vector_size(64), aligned(4), may_alias));

struct Avx512 {
    using Vector = Vector16;
    static constexpr int lanes = 16;
    // 32 registers hold the sums of so many pixels by so many vectors of channels, and what is multiplied.
    static constexpr int vectors = 4;
    static constexpr int pixels(int vectors) { return std::min(8, 28 / vectors - 1); }
    static constexpr int rows = 4;
};

struct Avx2 {
    using Vector = Vector8;
    static constexpr int lanes = 8;
    // 16 registers.
    static constexpr int vectors = 3;
    static constexpr int pixels(int vectors) { return std::min(6, 15 / vectors - 1); }
    static constexpr int rows = 2;
};

template <class Vector>
KERNEL void store(float* target, Vector vector, int64_t count) {
    float values[sizeof vector / sizeof(float)];
    __builtin_memcpy(values, &vector, sizeof vector);
    int64_t i = 0;
    for (; i + 4 <= count; i += 4) {
        __builtin_memcpy(target + i, values + i, 4 * sizeof(float));
    }
    for (; i < count; i++) {
        target[i] = values[i];
    }
}

// Pixels lie channels-last, and weights in the order height, width, input, output.
struct Convolution {
    int64_t height, width;            // of the output
    int64_t kernel_height, row_taps;  // row_taps: kernel width × input channels, which lie side by side in a row
    int64_t input_row, input_pixel, stride_height;
    int64_t output_pixel;    // from one to the next
    int64_t channels, room;  // of the output; of which a row of weights has `room`, a whole number of vectors
};

template <class Isa, int Pixels, int Vectors>
KERNEL void convolve_pixels(const Convolution& c, const float* input, const float* weight, const float* bias,
                            float* output, int64_t channels) {
    using Vector = typename Isa::Vector;
    constexpr int lanes = Isa::lanes;
    Vector sums[Pixels][Vectors];
    for (int p = 0; p < Pixels; p++) {
        for (int v = 0; v < Vectors; v++) {
            sums[p][v] = *reinterpret_cast<const Vector*>(bias + v * lanes);
        }
    }
    for (int64_t y = 0; y < c.kernel_height; y++) {
        const float* row = input + y * c.input_row;
        for (int64_t tap = 0; tap < c.row_taps; tap++, weight += c.room) {
            Vector weights[Vectors];
            for (int v = 0; v < Vectors; v++) {
                weights[v] = *reinterpret_cast<const Vector*>(weight + v * lanes);
            }
            for (int p = 0; p < Pixels; p++) {
                const float value = row[p * c.input_pixel + tap];
                for (int v = 0; v < Vectors; v++) {
                    sums[p][v] += value * weights[v];
                }
            }
        }
    }
    for (int p = 0; p < Pixels; p++) {
        for (int v = 0; v < Vectors; v++) {
            // What is written beyond a pixel's last channel, the pixels after it write over.
            float* target = output + p * c.output_pixel + v * lanes;
            const bool is_inside = channels == c.output_pixel && p * channels + (v + 1) * lanes <= Pixels * channels;
            if (is_inside || channels >= (v + 1) * lanes) {
                *reinterpret_cast<Vector*>(target) = sums[p][v];
                continue;
            }
            store(target, sums[p][v], channels - v * lanes);
        }
    }
}

// One picture, and so many vectors of its output channels. The last pixels of a row may be computed twice.
template <class Isa, int Pixels, int Vectors>
KERNEL void convolve(const Convolution& c, const float* input, const float* weight, const float* bias, float* output,
                     int64_t channels) {
    for (int64_t y = 0; y < c.height; y++) {
        for (int64_t next = 0; next < c.width; next += Pixels) {
            const int64_t x = std::min(next, c.width - Pixels);
            convolve_pixels<Isa, Pixels, Vectors>(c, input + y * c.stride_height * c.input_row + x * c.input_pixel,
                                                  weight, bias, output + (y * c.width + x) * c.output_pixel, channels);
        }
    }
}

// The halves of a vector are added until one number is left.
template <class Wide, class Half>
KERNEL Half fold(Wide vector) {
    Half low, high;
    __builtin_memcpy(&low, &vector, sizeof low);
    __builtin_memcpy(&high, reinterpret_cast<const char*>(&vector) + sizeof low, sizeof high);
    return low + high;
}

KERNEL float sum(Vector4 vector) { return (vector[0] + vector[2]) + (vector[1] + vector[3]); }

KERNEL float sum(Vector8 vector) { return sum(fold<Vector8, Vector4>(vector)); }

KERNEL float sum(Vector16 vector) { return sum(fold<Vector16, Vector8>(vector)); }

template <class Isa>
KERNEL typename Isa::Vector load(const float* values, int64_t count) {
    typename Isa::Vector vector = {};
    for (int i = 0; i < Isa::lanes && i < count; i++) {
        vector[i] = values[i];
    }
    return vector;
}

// The products of rows of the input with rows of the weights, both of which lie in memory as they are added up.
template <class Isa, int Rows, int Outputs>
KERNEL void multiply(const float* input, const float* weight, const float* bias, float* output, int64_t inputs,
                     int64_t outputs) {
    using Vector = typename Isa::Vector;
    Vector sums[Rows][Outputs] = {};
    const auto add = [&](const Vector(&values)[Rows], const Vector(&weights)[Outputs]) {
        for (int r = 0; r < Rows; r++) {
            for (int o = 0; o < Outputs; o++) {
                sums[r][o] += values[r] * weights[o];
            }
        }
    };
    Vector values[Rows], weights[Outputs];
    int64_t i = 0;
    for (; i + Isa::lanes <= inputs; i += Isa::lanes) {
        for (int r = 0; r < Rows; r++) {
            values[r] = *reinterpret_cast<const Vector*>(input + r * inputs + i);
        }
        for (int o = 0; o < Outputs; o++) {
            weights[o] = *reinterpret_cast<const Vector*>(weight + o * inputs + i);
        }
        add(values, weights);
    }
    if (i < inputs) {
        for (int r = 0; r < Rows; r++) {
            values[r] = load<Isa>(input + r * inputs + i, inputs - i);
        }
        for (int o = 0; o < Outputs; o++) {
            weights[o] = load<Isa>(weight + o * inputs + i, inputs - i);
        }
        add(values, weights);
    }
    for (int r = 0; r < Rows; r++) {
        for (int o = 0; o < Outputs; o++) {
            output[r * outputs + o] = sum(sums[r][o]) + (bias == nullptr ? 0 : bias[o]);
        }
    }
}

// All rows with a few of the outputs, whose weights are then still in the cache.
template <class Isa, int Outputs, int Rows = Isa::rows>
KERNEL void multiply_rows(int64_t rows, const float* input, const float* weight, const float* bias, float* output,
                          int64_t inputs, int64_t outputs) {
    for (; rows >= Rows; rows -= Rows, input += Rows * inputs, output += Rows * outputs) {
        multiply<Isa, Rows, Outputs>(input, weight, bias, output, inputs, outputs);
    }
    if constexpr (Rows > 1) {
        multiply_rows<Isa, Outputs, Rows - 1>(rows, input, weight, bias, output, inputs, outputs);
    }
}

template <class Isa>
KERNEL void linear(int64_t rows, const float* input, const float* weight, const float* bias, float* output,
                   int64_t inputs, int64_t outputs) {
    constexpr int together = 4;
    int64_t o = 0;
    for (; o + together <= outputs; o += together) {
        multiply_rows<Isa, together>(rows, input, weight + o * inputs, bias == nullptr ? nullptr : bias + o,
                                     output + o, inputs, outputs);
    }
    for (; o < outputs; o++) {
        multiply_rows<Isa, 1>(rows, input, weight + o * inputs, bias == nullptr ? nullptr : bias + o, output + o,
                              inputs, outputs);
    }
}

struct Pooling {
    int64_t height, width;  // of the output
    int64_t kernel_height, kernel_width, stride_height, stride_width;
    int64_t input_row, channels;
};

// Puts the larger ones of two rows of values into the first. As in libtorch, what is not a number stays.
KERNEL void keep_larger(float* values, const float* others, int64_t count) {
    int64_t i = 0;
    for (; i + 8 <= count; i += 8) {
        Vector8& mine = *reinterpret_cast<Vector8*>(values + i);
        const Vector8 other = *reinterpret_cast<const Vector8*>(others + i);
        mine = (other > mine) | (other != other) ? other : mine;
    }
    for (; i < count; i++) {
        values[i] = others[i] > values[i] || others[i] != others[i] ? others[i] : values[i];
    }
}

// Rows are compared with each other first, which is done side by side for all that is in them, and then columns.
KERNEL void max_pool(const Pooling& p, const float* input, float* row, float* output) {
    for (int64_t y = 0; y < p.height; y++) {
        const float* top = input + y * p.stride_height * p.input_row;
        std::copy(top, top + p.input_row, row);
        for (int64_t below = 1; below < p.kernel_height; below++) {
            keep_larger(row, top + below * p.input_row, p.input_row);
        }
        for (int64_t x = 0; x < p.width; x++, output += p.channels) {
            const float* left = row + x * p.stride_width * p.channels;
            std::copy(left, left + p.channels, output);
            for (int64_t beside = 1; beside < p.kernel_width; beside++) {
                keep_larger(output, left + beside * p.channels, p.channels);
            }
        }
    }
}

}  // namespace kernels
