// PNG, JPEG, WebP and BMP with OpenCV.
#include "shim.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <limits>

namespace {

thread_local std::string last_error;

// The bytes of pixels that one picture may take on this thread.
thread_local size_t allocation_limit = std::numeric_limits<size_t>::max();

// OpenCV takes its limits from the environment when it is loaded, which libtorch may long have done. And where a picture's
// own allocator refuses, OpenCV turns to the default one: so this one is made the default.
class LimitedAllocator : public cv::MatAllocator {
public:
    cv::UMatData* allocate(int dims, const int* sizes, int type, void* data, size_t* step, cv::AccessFlag flags,
                           cv::UMatUsageFlags usage) const override {
        size_t bytes = CV_ELEM_SIZE(type);
        for (int i = 0; i < dims; i++) {
            bytes *= static_cast<size_t>(sizes[i]);
        }
        if (bytes > allocation_limit) {
            throw std::length_error("the picture is larger than its header says");
        }
        return cv::Mat::getStdAllocator()->allocate(dims, sizes, type, data, step, flags, usage);
    }

    bool allocate(cv::UMatData* data, cv::AccessFlag flags, cv::UMatUsageFlags usage) const override {
        return cv::Mat::getStdAllocator()->allocate(data, flags, usage);
    }

    void deallocate(cv::UMatData* data) const override { cv::Mat::getStdAllocator()->deallocate(data); }
};

class AllocationLimit {
public:
    explicit AllocationLimit(size_t bytes) { allocation_limit = bytes; }
    ~AllocationLimit() { allocation_limit = std::numeric_limits<size_t>::max(); }
    AllocationLimit(const AllocationLimit&) = delete;
    AllocationLimit& operator=(const AllocationLimit&) = delete;
};

// Of a fault that becomes an exception OpenCV would also print its text. What its decoders and the libraries under them
// print themselves about damaged pixels still reaches the standard error stream, which is the process's to redirect.
int keep_quiet(int, const char*, const char*, const char*, int, void*) { return 0; }

// Once for the process; the allocator outlives every picture.
bool set_up() {
    cv::redirectError(keep_quiet);
    cv::Mat::setDefaultAllocator(new LimitedAllocator);
    return true;
}

template <typename Sample>
void copy_row(const cv::Mat& picture, int row, int32_t transparent, uint8_t* gray, uint8_t* alpha) {
    constexpr int shift = 8 * (sizeof(Sample) - 1);
    const auto eight_bits = [](Sample sample) -> uint32_t { return sample >> shift; };
    const Sample* source = picture.ptr<Sample>(row);
    const int channels = picture.channels();
    for (int x = 0; x < picture.cols; x++, source += channels) {
        gray[x] = channels == 1 ? static_cast<uint8_t>(eight_bits(source[0]))
                                : shim::luma(eight_bits(source[2]), eight_bits(source[1]), eight_bits(source[0]));
        if (alpha != nullptr) {
            const bool is_hidden = channels == 1 && source[0] == transparent;
            alpha[x] = channels == 4 ? static_cast<uint8_t>(eight_bits(source[3])) : is_hidden ? 0 : 255;
        }
    }
}

}  // namespace

namespace shim {

void remember_error(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
}

}  // namespace shim

IM_API const char* im_last_error() { return last_error.c_str(); }

IM_API int im_decode(const uint8_t* encoded, int32_t length, int32_t is_jpeg, int32_t width, int32_t height,
                     int32_t transparent, uint8_t* gray, uint8_t* alpha) {
    return shim::guarded([&] {
        static const bool is_set_up = set_up();
        static_cast<void>(is_set_up);

        // The gray of a JPEG is stored as such. The other formats' samples are converted here, 16 bits and alpha too.
        const int flags = is_jpeg ? cv::IMREAD_GRAYSCALE | cv::IMREAD_IGNORE_ORIENTATION : cv::IMREAD_UNCHANGED;
        constexpr size_t largest_pixel = 8;
        const AllocationLimit limit(static_cast<size_t>(width) * static_cast<size_t>(height) * largest_pixel);
        cv::Mat picture;
        cv::imdecode(cv::Mat(1, length, CV_8UC1, const_cast<uint8_t*>(encoded)), flags, &picture);
        if (picture.empty()) {
            throw std::runtime_error("the codec gave no picture");
        }
        if (picture.cols != width || picture.rows != height) {
            throw std::runtime_error("the picture has another size than its header says");
        }
        if (picture.depth() != CV_8U && picture.depth() != CV_16U) {
            throw std::runtime_error("the codec gave samples of an unexpected type");
        }

        for (int y = 0; y < height; y++) {
            const size_t at = static_cast<size_t>(y) * static_cast<size_t>(width);
            const auto copy = picture.depth() == CV_8U ? copy_row<uint8_t> : copy_row<uint16_t>;
            copy(picture, y, transparent, gray + at, alpha == nullptr ? nullptr : alpha + at);
        }
    });
}
