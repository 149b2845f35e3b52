// What the files of the kernels for inference share: which instructions they may use, and what they are made for.
#pragma once

#include "inference.h"

#define WITH_AVX512 __attribute__((target("avx512f")))
#define WITH_AVX2 __attribute__((target("avx2,fma")))

namespace inference {

// Those that are used now.
Instructions instructions();

inline bool is_plain(const at::Tensor& tensor) {
    return tensor.scalar_type() == at::kFloat && tensor.device().is_cpu() && tensor.layout() == at::kStrided &&
        !(at::GradMode::is_enabled() && tensor.requires_grad());
}

inline bool is_plain_vector(const at::Tensor& bias, int64_t length) {
    return !bias.defined() || (is_plain(bias) && bias.dim() == 1 && bias.is_contiguous() && bias.numel() == length);
}

}  // namespace inference
