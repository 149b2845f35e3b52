// Convolutions of 3×3 with stride 1 by fewer products (Winograd, "Arithmetic complexity of computations", 1980; Lavin
// and Gray, "Fast algorithms for convolutional neural networks", 2016): 4×4 pixels of the output come of 6×6 of the
// input, taken for the coefficients of a polynomial in either direction. Its values at six points are multiplied with
// those of the weights, channel by channel, and the products give the output's coefficients: 36 where 144 were.
//
// The points are 0, 3/4, -3/4, 4/3, -4/3 and infinity. With 0, 1, -1, 2 and -2, which are usual, the largest rounding is
// three times as large; with these it is at most twice that of sums made one by one.
#pragma once

#include "inference_kernels.h"

#include <cstdint>

namespace kernels {

// Pixels of the output that a tile has in each direction, and of the input that they come of.
constexpr int64_t tile_side = 4;
constexpr int64_t tile_reach = 6;
constexpr int64_t points = tile_reach * tile_reach;

constexpr float near = 3 / 4.0f, far = 4 / 3.0f;
constexpr float near2 = near * near, far2 = far * far;
constexpr float both2 = static_cast<float>(9 / 16.0 + 16 / 9.0);

struct Tiles {
    int64_t input_height, input_width, input_channels;
    int64_t height, width, channels;  // of the output
    int64_t padding_vertical, padding_horizontal;

    int64_t down() const { return (height + tile_side - 1) / tile_side; }
    int64_t across() const { return (width + tile_side - 1) / tile_side; }
    int64_t count() const { return down() * across(); }
};

// Vectors of one number, for channels that fill no wider ones.
struct Single {
    using Vector = float;
};

// Six pixels' share in the values at the points.
template <class Isa>
KERNEL void to_points(const typename Isa::Vector (&d)[tile_reach], typename Isa::Vector (&result)[tile_reach]) {
    using Vector = typename Isa::Vector;
    const Vector even_near = d[4] - far2 * d[2], odd_near = near * d[3] - far * d[1];
    const Vector even_far = d[4] - near2 * d[2], odd_far = far * d[3] - near * d[1];
    result[0] = d[0] - both2 * d[2] + d[4];
    result[1] = even_near + odd_near;
    result[2] = even_near - odd_near;
    result[3] = even_far + odd_far;
    result[4] = even_far - odd_far;
    result[5] = d[1] - both2 * d[3] + d[5];
}

// Four pixels from the values at the points.
template <class Isa>
KERNEL void from_points(const typename Isa::Vector (&m)[tile_reach], typename Isa::Vector (&result)[tile_side]) {
    using Vector = typename Isa::Vector;
    const Vector even_near = m[1] + m[2], odd_near = m[1] - m[2];
    const Vector even_far = m[3] + m[4], odd_far = m[3] - m[4];
    result[0] = m[0] + even_near + even_far;
    result[1] = near * odd_near + far * odd_far;
    result[2] = near2 * even_near + far2 * even_far;
    result[3] = near2 * near * odd_near + far2 * far * odd_far + m[5];
}

// Three weights' values at the points, divided by what the inputs' are too large by.
inline void weights_to_points(const double (&g)[3], double (&result)[tile_reach]) {
    constexpr double a = 3 / 4.0, b = 4 / 3.0;
    constexpr double by_near = 1 / (2 * a * a * (a * a - b * b)), by_far = 1 / (2 * b * b * (b * b - a * a));
    result[0] = g[0];
    result[1] = (g[0] + a * g[1] + a * a * g[2]) * by_near;
    result[2] = (g[0] - a * g[1] + a * a * g[2]) * by_near;
    result[3] = (g[0] + b * g[1] + b * b * g[2]) * by_far;
    result[4] = (g[0] - b * g[1] + b * b * g[2]) * by_far;
    result[5] = g[2];
}

// A tile's pixels, of one channel or of as many as a vector has, to their values at the points, a plane for each.
template <class Isa>
KERNEL void tile_to_points(const float* const (&pixels)[points], int64_t channel, float* target, int64_t plane) {
    using Vector = typename Isa::Vector;
    Vector halfway[tile_reach][tile_reach];
    for (int64_t x = 0; x < tile_reach; x++) {
        Vector column[tile_reach], values[tile_reach];
        for (int64_t y = 0; y < tile_reach; y++) {
            column[y] = *reinterpret_cast<const Vector*>(pixels[y * tile_reach + x] + channel);
        }
        to_points<Isa>(column, values);
        for (int64_t y = 0; y < tile_reach; y++) {
            halfway[y][x] = values[y];
        }
    }
    for (int64_t y = 0; y < tile_reach; y++) {
        Vector values[tile_reach];
        to_points<Isa>(halfway[y], values);
        for (int64_t x = 0; x < tile_reach; x++) {
            *reinterpret_cast<Vector*>(target + (y * tile_reach + x) * plane + channel) = values[x];
        }
    }
}

template <class Isa>
KERNEL void tile_from_points(const float* source, int64_t plane, const float* bias, int64_t channel,
                             float* const (&pixels)[tile_side * tile_side]) {
    using Vector = typename Isa::Vector;
    Vector halfway[tile_side][tile_reach];
    for (int64_t x = 0; x < tile_reach; x++) {
        Vector column[tile_reach], values[tile_side];
        for (int64_t y = 0; y < tile_reach; y++) {
            column[y] = *reinterpret_cast<const Vector*>(source + (y * tile_reach + x) * plane + channel);
        }
        from_points<Isa>(column, values);
        for (int64_t y = 0; y < tile_side; y++) {
            halfway[y][x] = values[y];
        }
    }
    const Vector start = *reinterpret_cast<const Vector*>(bias + channel);
    for (int64_t y = 0; y < tile_side; y++) {
        Vector values[tile_side];
        from_points<Isa>(halfway[y], values);
        for (int64_t x = 0; x < tile_side; x++) {
            float* pixel = pixels[y * tile_side + x];
            if (pixel != nullptr) {
                *reinterpret_cast<Vector*>(pixel + channel) = values[x] + start;
            }
        }
    }
}

// A picture's tiles, one after the other in every plane. Beyond its edges there is `zero`, a pixel.
template <class Isa>
KERNEL void to_points(const Tiles& t, const float* picture, const float* zero, float* target, int64_t plane) {
    for (int64_t tile = 0; tile < t.count(); tile++, target += t.input_channels) {
        const int64_t top = tile / t.across() * tile_side - t.padding_vertical;
        const int64_t left = tile % t.across() * tile_side - t.padding_horizontal;
        const float* pixels[points];
        for (int64_t i = 0; i < points; i++) {
            const int64_t y = top + i / tile_reach, x = left + i % tile_reach;
            const bool is_inside = y >= 0 && y < t.input_height && x >= 0 && x < t.input_width;
            pixels[i] = is_inside ? picture + (y * t.input_width + x) * t.input_channels : zero;
        }
        int64_t channel = 0;
        for (; channel + Isa::lanes <= t.input_channels; channel += Isa::lanes) {
            tile_to_points<Isa>(pixels, channel, target, plane);
        }
        for (; channel < t.input_channels; channel++) {
            tile_to_points<Single>(pixels, channel, target, plane);
        }
    }
}

template <class Isa>
KERNEL void from_points(const Tiles& t, const float* source, int64_t plane, const float* bias, float* picture) {
    for (int64_t tile = 0; tile < t.count(); tile++, source += t.channels) {
        const int64_t top = tile / t.across() * tile_side, left = tile % t.across() * tile_side;
        float* pixels[tile_side * tile_side];
        for (int64_t i = 0; i < tile_side * tile_side; i++) {
            const int64_t y = top + i / tile_side, x = left + i % tile_side;
            pixels[i] = y < t.height && x < t.width ? picture + (y * t.width + x) * t.channels : nullptr;
        }
        int64_t channel = 0;
        for (; channel + Isa::lanes <= t.channels; channel += Isa::lanes) {
            tile_from_points<Isa>(source, plane, bias, channel, pixels);
        }
        for (; channel < t.channels; channel++) {
            tile_from_points<Single>(source, plane, bias, channel, pixels);
        }
    }
}

}  // namespace kernels
