// The elementwise loops of the optimisers: one pass over memory for each parameter.
#pragma once

#include <cmath>
#include <cstdint>

// The compiler makes one version of a kernel for each instruction set and the loader picks one, which takes
// glibc. No version may contract a*b+c, so all of them give the same bits. Adam's loops are vectorised only with
// -fno-math-errno: a square root that may set errno is a branch, and no attribute says otherwise.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define SHIM_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define SHIM_CLONES
#endif

#if defined(__GNUC__)
#define SHIM_INLINE inline __attribute__((always_inline))
#define SHIM_RESTRICT __restrict__
#else
#define SHIM_INLINE inline
#define SHIM_RESTRICT
#endif

namespace kernels {

enum class Decay { none, gradient, weight };

template <typename T>
struct AdamConstants {
    T sign, beta1, take1, beta2, take2, decay, keep, root_correction, eps, rate;
};

template <typename T>
struct SgdConstants {
    T decay, momentum, take, nesterov, rate;
};

template <typename T, Decay decay, bool amsgrad>
SHIM_INLINE void adam_loop(int64_t count, T* SHIM_RESTRICT p, const T* SHIM_RESTRICT grad, T* SHIM_RESTRICT m,
                           T* SHIM_RESTRICT v, T* SHIM_RESTRICT peak, const AdamConstants<T> c) {
    for (int64_t i = 0; i < count; i++) {
        T x = p[i];
        T g = c.sign * grad[i];
        if (decay == Decay::gradient) {
            g = g + c.decay * x;
        } else if (decay == Decay::weight) {
            x = x * c.keep;
        }
        const T first = m[i] * c.beta1 + c.take1 * g;
        T second = v[i] * c.beta2 + c.take2 * g * g;
        m[i] = first;
        v[i] = second;
        if (amsgrad) {
            // torch.maximum hands a NaN of either side on.
            second = (peak[i] < second || second != second) ? second : peak[i];
            peak[i] = second;
        }
        p[i] = x + c.rate * first / (std::sqrt(second) / c.root_correction + c.eps);
    }
}

template <typename T>
SHIM_INLINE void adam_loops(int64_t count, T* p, const T* grad, T* m, T* v, T* peak, Decay decay,
                            const AdamConstants<T> c) {
    switch (decay) {
        case Decay::none:
            return peak == nullptr ? adam_loop<T, Decay::none, false>(count, p, grad, m, v, peak, c)
                                   : adam_loop<T, Decay::none, true>(count, p, grad, m, v, peak, c);
        case Decay::gradient:
            return peak == nullptr ? adam_loop<T, Decay::gradient, false>(count, p, grad, m, v, peak, c)
                                   : adam_loop<T, Decay::gradient, true>(count, p, grad, m, v, peak, c);
        case Decay::weight:
            return peak == nullptr ? adam_loop<T, Decay::weight, false>(count, p, grad, m, v, peak, c)
                                   : adam_loop<T, Decay::weight, true>(count, p, grad, m, v, peak, c);
    }
}

SHIM_CLONES static void adam_kernel(int64_t count, float* p, const float* grad, float* m, float* v, float* peak,
                             Decay decay, const AdamConstants<float> c) {
    adam_loops(count, p, grad, m, v, peak, decay, c);
}

SHIM_CLONES static void adam_kernel(int64_t count, double* p, const double* grad, double* m, double* v, double* peak,
                             Decay decay, const AdamConstants<double> c) {
    adam_loops(count, p, grad, m, v, peak, decay, c);
}

template <typename T, bool decayed, bool nesterov>
SHIM_INLINE void momentum_loop(int64_t count, T* SHIM_RESTRICT p, const T* SHIM_RESTRICT grad,
                               T* SHIM_RESTRICT buffer, const SgdConstants<T> c) {
    for (int64_t i = 0; i < count; i++) {
        const T g = decayed ? grad[i] + c.decay * p[i] : grad[i];
        const T b = buffer[i] * c.momentum + c.take * g;
        buffer[i] = b;
        p[i] = p[i] + c.rate * (nesterov ? g + c.nesterov * b : b);
    }
}

template <typename T, bool decayed>
SHIM_INLINE void plain_loop(int64_t count, T* SHIM_RESTRICT p, const T* SHIM_RESTRICT grad,
                            const SgdConstants<T> c) {
    for (int64_t i = 0; i < count; i++) {
        p[i] = p[i] + c.rate * (decayed ? grad[i] + c.decay * p[i] : grad[i]);
    }
}

template <typename T>
SHIM_INLINE void sgd_loops(int64_t count, T* p, const T* grad, T* buffer, bool decayed, bool nesterov,
                           const SgdConstants<T> c) {
    if (buffer == nullptr) {
        decayed ? plain_loop<T, true>(count, p, grad, c) : plain_loop<T, false>(count, p, grad, c);
    } else if (nesterov) {
        decayed ? momentum_loop<T, true, true>(count, p, grad, buffer, c)
                : momentum_loop<T, false, true>(count, p, grad, buffer, c);
    } else {
        decayed ? momentum_loop<T, true, false>(count, p, grad, buffer, c)
                : momentum_loop<T, false, false>(count, p, grad, buffer, c);
    }
}

SHIM_CLONES static void sgd_kernel(int64_t count, float* p, const float* grad, float* buffer, bool decayed, bool nesterov,
                            const SgdConstants<float> c) {
    sgd_loops(count, p, grad, buffer, decayed, nesterov, c);
}

SHIM_CLONES static void sgd_kernel(int64_t count, double* p, const double* grad, double* buffer, bool decayed,
                            bool nesterov, const SgdConstants<double> c) {
    sgd_loops(count, p, grad, buffer, decayed, nesterov, c);
}

}  // namespace kernels
