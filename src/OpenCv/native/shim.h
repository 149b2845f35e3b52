// The C ABI between the C# of this folder and the image codecs of OpenCV and giflib.
//
// Every function returns 0 on success and 1 on failure. It writes into buffers of width × height bytes that belong to
// the caller, and only if the picture has just that size. `alpha` may be null. No exception crosses the boundary:
// `guarded` catches it and keeps its text for `im_last_error`.
#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>

#define IM_API extern "C" __attribute__((visibility("default")))

namespace shim {

void remember_error(const char* message) noexcept;

template <typename Body>
int guarded(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const std::exception& error) {
        remember_error(error.what());
    } catch (...) {
        remember_error("an unknown native exception");
    }
    return 1;
}

// The luma of ITU-R BT.601, in 16 bits.
inline uint8_t luma(uint32_t red, uint32_t green, uint32_t blue) {
    return static_cast<uint8_t>((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
}

}  // namespace shim
