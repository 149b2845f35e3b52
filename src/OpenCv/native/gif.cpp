// The first image of a GIF with giflib; OpenCV reads none before 4.11.
#include "shim.h"

#include <gif_lib.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace {

struct Source {
    const uint8_t* bytes;
    size_t left;
};

int read(GifFileType* gif, GifByteType* target, int count) {
    auto* source = static_cast<Source*>(gif->UserData);
    const size_t taken = std::min(source->left, static_cast<size_t>(count));
    std::memcpy(target, source->bytes, taken);
    source->bytes += taken;
    source->left -= taken;
    return static_cast<int>(taken);
}

void require(bool condition, const char* otherwise) {
    if (!condition) {
        throw std::runtime_error(otherwise);
    }
}

void close(GifFileType* gif) { DGifCloseFile(gif, nullptr); }

// Reads on until the first image. Returns the index of the transparent colour, -1 if there is none.
int find_image(GifFileType* gif) {
    int transparent = -1;
    while (true) {
        GifRecordType record;
        require(DGifGetRecordType(gif, &record) == GIF_OK, "the GIF has a block of no known kind");
        if (record == IMAGE_DESC_RECORD_TYPE) {
            require(DGifGetImageDesc(gif) == GIF_OK, "the GIF's image descriptor is damaged");
            return transparent;
        }
        require(record == EXTENSION_RECORD_TYPE, "the GIF holds no image");

        int code;
        GifByteType* block;
        require(DGifGetExtension(gif, &code, &block) == GIF_OK, "an extension of the GIF is damaged");
        while (block != nullptr) {
            GraphicsControlBlock control;
            if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
                transparent = control.TransparentColor;
            }
            require(DGifGetExtensionNext(gif, &block) == GIF_OK, "an extension of the GIF is damaged");
        }
    }
}

// The rows in the order in which an image stores them.
std::vector<int> row_order(const GifImageDesc& image) {
    std::vector<int> rows;
    rows.reserve(static_cast<size_t>(image.Height));
    constexpr int starts[] = {0, 4, 2, 1};
    constexpr int steps[] = {8, 8, 4, 2};
    for (int pass = 0; pass < (image.Interlace ? 4 : 1); pass++) {
        for (int y = image.Interlace ? starts[pass] : 0; y < image.Height; y += image.Interlace ? steps[pass] : 1) {
            rows.push_back(y);
        }
    }
    return rows;
}

void copy_image(GifFileType* gif, int transparent, int32_t width, uint8_t* gray, uint8_t* alpha) {
    const GifImageDesc& image = gif->Image;
    const ColorMapObject* colors = image.ColorMap != nullptr ? image.ColorMap : gif->SColorMap;
    require(colors != nullptr, "the GIF has no colours");
    uint8_t levels[256] = {};
    for (int i = 0; i < std::min(colors->ColorCount, 256); i++) {
        levels[i] = shim::luma(colors->Colors[i].Red, colors->Colors[i].Green, colors->Colors[i].Blue);
    }

    std::vector<GifPixelType> line(static_cast<size_t>(image.Width));
    for (const int y : row_order(image)) {
        require(DGifGetLine(gif, line.data(), image.Width) == GIF_OK, "the GIF's pixels are damaged");
        const size_t at = static_cast<size_t>(image.Top + y) * static_cast<size_t>(width) + static_cast<size_t>(image.Left);
        for (size_t x = 0; x < line.size(); x++) {
            gray[at + x] = levels[line[x]];
            if (alpha != nullptr) {
                alpha[at + x] = line[x] == transparent ? 0 : 255;
            }
        }
    }
}

}  // namespace

// `alpha` holds zeros when it comes: what the image leaves of the screen stays transparent.
IM_API int im_decode_gif(const uint8_t* encoded, int32_t length, int32_t width, int32_t height, uint8_t* gray,
                         uint8_t* alpha) {
    return shim::guarded([&] {
        Source source{encoded, static_cast<size_t>(length)};
        std::unique_ptr<GifFileType, void (*)(GifFileType*)> gif(DGifOpen(&source, read, nullptr), close);
        require(gif != nullptr, "the GIF's header is damaged");
        require(gif->SWidth == width && gif->SHeight == height, "the GIF has another size than its header says");
        const int transparent = find_image(gif.get());
        const GifImageDesc& image = gif->Image;
        require(image.Left >= 0 && image.Top >= 0 && image.Width > 0 && image.Height > 0 &&
                    image.Left + image.Width <= width && image.Top + image.Height <= height,
                "the GIF's first image does not fit its screen");
        copy_image(gif.get(), transparent, width, gray, alpha);
    });
}
