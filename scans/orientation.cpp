#include "scans/orientation.hpp"

#include <algorithm>
#include <optional>

namespace xueji::scans {
namespace {

/// Numbers of a TIFF structure, nothing outside of it.
class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), is_little_(bytes.starts_with("II")) {}
  bool has_order() const { return is_little_ || bytes_.starts_with("MM"); }
  std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = is_little_ ? size - 1 - i : i;
      value = value << 8 | static_cast<unsigned char>(bytes_[at + place]);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  bool is_little_;
};

}  // namespace

int orientation_of(std::string_view tiff) {
  constexpr std::uint32_t orientation_tag = 0x0112;
  constexpr std::size_t entry_bytes = 12;
  const Tiff data(tiff);
  const auto directory = data.has_order() ? data.number(4, 4) : std::nullopt;
  const auto entries = directory ? data.number(*directory, 2) : std::nullopt;
  for (std::size_t i = 0; entries && i < *entries; ++i) {
    const std::size_t at = *directory + 2 + i * entry_bytes;
    const auto tag = data.number(at, 2);
    if (!tag) break;
    if (*tag != orientation_tag) continue;
    const auto value = data.number(at + 8, 2);
    return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
  }
  return 1;
}

Picture upright(Picture picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  const auto [width, height] = picture.extent;
  const bool on_its_side = lies_on_its_side(orientation);
  Picture turned{on_its_side ? Extent{height, width} : picture.extent, {}};
  turned.pixels.resize(picture.pixels.size());
  auto to = turned.pixels.begin();
  for (int y = 0; y < turned.extent.height; ++y) {
    for (int x = 0; x < turned.extent.width; ++x, to += 3) {
      const int across = on_its_side ? y : x;
      const int down = on_its_side ? x : y;
      const bool mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
      const bool upside_down = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
      const int from_x = mirrored ? width - 1 - across : across;
      const int from_y = upside_down ? height - 1 - down : down;
      std::copy_n(picture.row(from_y).begin() + static_cast<std::ptrdiff_t>(from_x) * 3, 3, to);
    }
  }
  return turned;
}

}  // namespace xueji::scans
