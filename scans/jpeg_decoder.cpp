#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

#include <algorithm>
#include <array>

#include "scans/decoders.hpp"
#include "scans/orientation.hpp"

namespace xueji::scans {
namespace {

[[noreturn]] void fail(j_common_ptr info) {
  if (info->err->msg_code == JERR_OUT_OF_MEMORY) throw Refused{"too-many-pixels"};
  throw Refused{"damaged"};
}

/// Some encoders leave out the last bits before the end mark, and every viewer makes up for them.
bool is_in_last_row(const jpeg_decompress_struct& info) { return info.input_iMCU_row + 1 >= info.total_iMCU_rows; }

/// libjpeg goes on after these with grey where the picture should be; the others do not touch the picture.
void hear(j_common_ptr info, int level) {
  constexpr std::array losses{JWRN_HIT_MARKER, JWRN_HUFF_BAD_CODE, JWRN_ARITH_BAD_CODE, JWRN_JPEG_EOF,
                              JWRN_MUST_RESYNC};
  const int said = info->err->msg_code;
  if (level >= 0 || std::find(losses.begin(), losses.end(), said) == losses.end()) return;
  if (said == JWRN_HIT_MARKER && is_in_last_row(*reinterpret_cast<jpeg_decompress_struct*>(info))) return;
  throw Refused{"damaged"};
}

class Decompressor {
 public:
  Decompressor() {
    info_.err = jpeg_std_error(&errors_);
    errors_.error_exit = fail;
    errors_.emit_message = hear;
    jpeg_create_decompress(&info_);
  }
  ~Decompressor() { jpeg_destroy_decompress(&info_); }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;
  jpeg_decompress_struct* operator->() { return &info_; }
  jpeg_decompress_struct* get() { return &info_; }

 private:
  jpeg_error_mgr errors_{};
  jpeg_decompress_struct info_{};
};

int orientation_in(const jpeg_decompress_struct& info) {
  using namespace std::string_view_literals;
  constexpr auto begins = "Exif\0\0"sv;
  for (const auto* marker = info.marker_list; marker; marker = marker->next) {
    const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (data.starts_with(begins)) return orientation_of(data.substr(begins.size()));
  }
  return 1;
}

/// The largest of libjpeg's own reductions, which cost nothing, that leaves at least `longest`.
unsigned reduction(Extent extent, int longest) {
  unsigned by = 8;
  while (by > 1 && std::max(extent.width, extent.height) / static_cast<int>(by) < longest) by /= 2;
  return by;
}

/// Adobe's programs write the inverse; libjpeg says so where they left their mark, and nobody else writes CMYK.
void to_rgb(std::span<const std::uint8_t> cmyk, bool inverted, std::vector<std::uint8_t>& rgb) {
  for (std::size_t i = 0; i < cmyk.size() / 4; ++i) {
    const auto ink = [&](std::size_t which) {
      const std::uint8_t value = cmyk[i * 4 + which];
      return inverted ? value : 255 - value;
    };
    for (std::size_t colour = 0; colour < 3; ++colour)
      rgb[i * 3 + colour] = static_cast<std::uint8_t>(ink(colour) * ink(3) / 255);
  }
}

}  // namespace

Decoded decode_jpeg(std::string_view bytes, int longest, const Limits& limits) {
  Decompressor jpeg;
  jpeg_mem_src(jpeg.get(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_save_markers(jpeg.get(), JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(jpeg.get(), TRUE);
  Extent extent{static_cast<int>(jpeg->image_width), static_cast<int>(jpeg->image_height)};
  if (static_cast<double>(extent.width) * extent.height > limits.pixels) throw Refused{"too-many-pixels"};
  const int orientation = orientation_in(*jpeg.get());
  const bool is_cmyk = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
  jpeg->out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
  jpeg->scale_num = 1;
  jpeg->scale_denom = reduction(extent, longest);
  jpeg_start_decompress(jpeg.get());
  Shrinker shrinker({static_cast<int>(jpeg->output_width), static_cast<int>(jpeg->output_height)}, longest);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(jpeg->output_width) * (is_cmyk ? 4 : 3));
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(jpeg->output_width) * 3);
  while (jpeg->output_scanline < jpeg->output_height) {
    JSAMPROW into = row.data();
    jpeg_read_scanlines(jpeg.get(), &into, 1);
    if (is_cmyk) to_rgb(row, jpeg->saw_Adobe_marker, rgb);
    shrinker.add(is_cmyk ? rgb : row);
  }
  jpeg_finish_decompress(jpeg.get());
  if (lies_on_its_side(orientation)) std::swap(extent.width, extent.height);
  return {extent, upright(shrinker.take(), orientation)};
}

}  // namespace xueji::scans
