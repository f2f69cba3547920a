#include "scans/sharpness.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace xueji::scans {
namespace {

/// Of 765, the sum of the three colours; below it there is nothing to judge but the paper.
constexpr int contrast_min = 90;
/// Of the contrast, what the steepest edges of a legible scan have between neighbours. Measured on pages of 12 point
/// text at this size: sharp 0.55 and more, blurred by a radius of 2 pixels 0.2, of 4 pixels 0.09.
constexpr double edge_min = 0.13;
/// Of all pixels, those that count as the steepest edges, and those that noise may have.
constexpr double share_of_edges = 0.001;

using Histogram = std::array<std::size_t, 766>;

/// The value that only `share` of all are above.
int exceeded_by(const Histogram& values, double share) {
  std::size_t all = 0;
  for (const std::size_t count : values) all += count;
  auto left = static_cast<std::size_t>(static_cast<double>(all) * share);
  int value = static_cast<int>(values.size()) - 1;
  while (value > 0 && values[static_cast<std::size_t>(value)] <= left)
    left -= values[static_cast<std::size_t>(value--)];
  return value;
}

}  // namespace

bool is_blurred(const Picture& picture) {
  Histogram brightness{}, steps{};
  const auto bright = [](std::span<const std::uint8_t> row, int x) {
    const auto at = static_cast<std::size_t>(x) * 3;
    return row[at] + row[at + 1] + row[at + 2];
  };
  for (int y = 0; y + 1 < picture.extent.height; ++y) {
    const auto row = picture.row(y);
    const auto below = picture.row(y + 1);
    for (int x = 0; x + 1 < picture.extent.width; ++x) {
      const int here = bright(row, x);
      ++brightness[static_cast<std::size_t>(here)];
      ++steps[static_cast<std::size_t>(
          std::max(std::abs(bright(row, x + 1) - here), std::abs(bright(below, x) - here)))];
    }
  }
  const int contrast = exceeded_by(brightness, share_of_edges) - exceeded_by(brightness, 1 - share_of_edges);
  return contrast >= contrast_min && exceeded_by(steps, share_of_edges) < edge_min * contrast;
}

}  // namespace xueji::scans
