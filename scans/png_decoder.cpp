#include <png.h>

#include <algorithm>
#include <cstring>

#include "scans/decoders.hpp"
#include "scans/orientation.hpp"

namespace xueji::scans {
namespace {

[[noreturn]] void fail(png_structp, png_const_charp message) {
  if (std::string_view(message).find("emory") != std::string_view::npos) throw Refused{"too-many-pixels"};
  throw Refused{"damaged"};
}

void hear(png_structp, png_const_charp) {}

void read_from(png_structp png, png_bytep into, std::size_t size) {
  auto& left = *static_cast<std::string_view*>(png_get_io_ptr(png));
  if (left.size() < size) throw Refused{"damaged"};
  std::memcpy(into, left.data(), size);
  left.remove_prefix(size);
}

class Reader {
 public:
  explicit Reader(std::string_view bytes)
      : left_(bytes), png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, hear)) {
    if (!png_) throw std::bad_alloc();
    info_ = png_create_info_struct(png_);
    if (!info_) throw std::bad_alloc();
    png_set_read_fn(png_, &left_, read_from);
    png_set_user_limits(png_, 0x7fffffff, 0x7fffffff);
    // Texts and profiles are not read: they are no part of the picture, and may be compressed to bursting.
    png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
  }
  ~Reader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  png_structp png() { return png_; }
  png_infop info() { return info_; }

 private:
  std::string_view left_;
  png_structp png_;
  png_infop info_ = nullptr;
};

/// What is transparent shows white paper.
void add_on_white(std::span<const std::uint8_t> rgba, std::vector<std::uint8_t>& rgb, Shrinker& shrinker) {
  for (std::size_t i = 0; i < rgba.size() / 4; ++i)
    for (std::size_t colour = 0; colour < 3; ++colour)
      rgb[i * 3 + colour] = static_cast<std::uint8_t>(255 - (255 - rgba[i * 4 + colour]) * rgba[i * 4 + 3] / 255);
  shrinker.add(rgb);
}

}  // namespace

Decoded decode_png(std::string_view bytes, int longest, const Limits& limits) {
  Reader reader(bytes);
  png_structp png = reader.png();
  png_read_info(png, reader.info());
  const Extent extent{static_cast<int>(png_get_image_width(png, reader.info())),
                      static_cast<int>(png_get_image_height(png, reader.info()))};
  if (static_cast<double>(extent.width) * extent.height > limits.pixels) throw Refused{"too-many-pixels"};
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
  const int passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader.info());
  const std::size_t row_bytes = png_get_rowbytes(png, reader.info());
  Shrinker shrinker(extent, longest);
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(extent.width) * 3);
  if (passes == 1) {
    std::vector<std::uint8_t> row(row_bytes);
    for (int y = 0; y < extent.height; ++y) {
      png_read_row(png, row.data(), nullptr);
      add_on_white(row, rgb, shrinker);
    }
  } else {
    std::vector<std::uint8_t> all(row_bytes * static_cast<std::size_t>(extent.height));
    for (int pass = 0; pass < passes; ++pass)
      for (int y = 0; y < extent.height; ++y)
        png_read_row(png, all.data() + static_cast<std::size_t>(y) * row_bytes, nullptr);
    for (int y = 0; y < extent.height; ++y)
      add_on_white({all.data() + static_cast<std::size_t>(y) * row_bytes, row_bytes}, rgb, shrinker);
  }
  png_read_end(png, nullptr);
  return {extent, shrinker.take()};
}

}  // namespace xueji::scans
