// A decoded picture: eight bits of red, green and blue for each pixel, rows from the top.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace xueji::scans {

struct Extent {
  int width = 0;
  int height = 0;
};

struct Picture {
  Extent extent;
  std::vector<std::uint8_t> pixels;  ///< 3 * width * height

  std::span<const std::uint8_t> row(int y) const {
    const auto bytes = static_cast<std::size_t>(extent.width) * 3;
    return {pixels.data() + static_cast<std::size_t>(y) * bytes, bytes};
  }
};

/// The largest extent of that shape whose longer side has at most `longest` pixels; never larger than it is.
Extent fitted(Extent extent, int longest);

/// Half as wide and high, each pixel the mean of four; a last row or column that stands alone is left out.
Picture halved(const Picture& picture);

/// Makes a picture smaller while its rows come in: each pixel of the result is the mean of the area that it covers.
class Shrinker {
 public:
  Shrinker(Extent from, int longest);
  /// The next row from the top, of three bytes a pixel.
  void add(std::span<const std::uint8_t> row);
  /// After the last row.
  Picture take() { return std::move(picture_); }

 private:
  void add_to_sums(double weight);
  void write_row();

  Extent from_;
  Picture picture_;
  double rows_each_, columns_each_;
  int next_ = 0;               ///< row that comes in
  int made_ = 0;               ///< rows that are written
  std::vector<float> narrow_;  ///< the row that came in, at the width of the result
  std::vector<float> sums_;
};

}  // namespace xueji::scans
