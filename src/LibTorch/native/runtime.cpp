// Errors, threads, seeds and generators, devices, and what this libtorch is made of.
#include "inference.h"
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <atomic>
#include <climits>
#include <cstdlib>
#include <mutex>

namespace {

thread_local std::string last_error;
std::atomic<int64_t> live_tensors{0};
std::atomic<int64_t> peak_tensors{0};

}  // namespace

namespace shim {

void remember_error(const std::string& message) { last_error = message; }

Tensor own(torch::Tensor tensor) {
    auto* owned = new torch::Tensor(std::move(tensor));
    const int64_t live = live_tensors.fetch_add(1, std::memory_order_relaxed) + 1;
    int64_t peak = peak_tensors.load(std::memory_order_relaxed);
    while (live > peak && !peak_tensors.compare_exchange_weak(peak, live, std::memory_order_relaxed)) {
    }
    return owned;
}

}  // namespace shim

LT_API const char* lt_last_error() { return last_error.c_str(); }

LT_API void lt_tensor_free(Tensor tensor) {
    delete tensor;
    live_tensors.fetch_sub(1, std::memory_order_relaxed);
}

LT_API int64_t lt_live_tensors() { return live_tensors.load(std::memory_order_relaxed); }

LT_API int64_t lt_peak_tensors() { return peak_tensors.load(std::memory_order_relaxed); }

LT_API int lt_version(const char** result) {
    return shim::guarded([&] { *result = TORCH_VERSION; });
}

// The file that sgemm_ comes from, symbolic links resolved: it tells a fast BLAS from the reference one.
LT_API int lt_blas_path(const char** result) {
    return shim::guarded([&] {
        static const std::string path = [] {
            void* sgemm = dlsym(RTLD_DEFAULT, "sgemm_");
            Dl_info info;
            if (sgemm == nullptr || dladdr(sgemm, &info) == 0 || info.dli_fname == nullptr) {
                return std::string();
            }
            char resolved[PATH_MAX];
            return std::string(realpath(info.dli_fname, resolved) != nullptr ? resolved : info.dli_fname);
        }();
        *result = path.c_str();
    });
}

LT_API int lt_limit_inference(int32_t most, int32_t* result) {
    return shim::guarded([&] {
        *result = static_cast<int32_t>(inference::limit(static_cast<inference::Instructions>(most)));
    });
}

// libtorch does not pass the number on to OpenBLAS, whose threads serve one caller at a time: with replicas on
// several threads, each waits for the others' products.
LT_API int lt_set_num_threads(int32_t count) {
    return shim::guarded([&] {
        at::set_num_threads(count);
        using Setter = void (*)(int);
        static const auto openblas = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
        if (openblas != nullptr) {
            openblas(count);
        }
    });
}

LT_API int lt_get_num_threads(int32_t* result) {
    return shim::guarded([&] { *result = at::get_num_threads(); });
}

LT_API int lt_set_num_interop_threads(int32_t count) {
    return shim::guarded([&] { at::set_num_interop_threads(count); });
}

LT_API int lt_get_num_interop_threads(int32_t* result) {
    return shim::guarded([&] { *result = at::get_num_interop_threads(); });
}

LT_API int lt_cuda_device_count(int32_t* result) {
    return shim::guarded([&] { *result = static_cast<int32_t>(torch::cuda::device_count()); });
}

LT_API int lt_generator_default(at::Generator** result) {
    return shim::guarded([&] { *result = new at::Generator(at::detail::getDefaultCPUGenerator()); });
}

LT_API int lt_generator_new(uint64_t seed, at::Generator** result) {
    return shim::guarded([&] { *result = new at::Generator(at::detail::createCPUGenerator(seed)); });
}

LT_API void lt_generator_free(at::Generator* generator) { delete generator; }

LT_API int lt_generator_manual_seed(at::Generator* generator, int64_t seed) {
    return shim::guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(static_cast<uint64_t>(seed));
    });
}

LT_API int lt_generator_initial_seed(at::Generator* generator, int64_t* result) {
    return shim::guarded([&] { *result = static_cast<int64_t>(generator->current_seed()); });
}

LT_API int lt_generator_get_state(at::Generator* generator, Tensor* result) {
    return shim::guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        *result = shim::own(generator->get_state());
    });
}

LT_API int lt_generator_set_state(at::Generator* generator, Tensor state) {
    return shim::guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_state(*state);
    });
}

// Seeds every device's default generator, as torch.manual_seed does.
LT_API int lt_manual_seed(int64_t seed) {
    return shim::guarded([&] { torch::manual_seed(static_cast<uint64_t>(seed)); });
}
