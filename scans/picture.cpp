#include "scans/picture.hpp"

#include <algorithm>
#include <cmath>

namespace xueji::scans {
namespace {

/// The row at the width of the result: each pixel the mean of the columns that it covers.
void narrow(std::span<const std::uint8_t> row, double columns_each, std::vector<float>& into) {
  const auto width = into.size() / 3;
  const auto last = row.size() / 3 - 1;
  for (std::size_t x = 0; x < width; ++x) {
    const double left = static_cast<double>(x) * columns_each;
    const double right = left + columns_each;
    float sum[3] = {};
    for (auto at = static_cast<std::size_t>(left); at <= last && static_cast<double>(at) < right; ++at) {
      const double begin = std::max(left, static_cast<double>(at));
      const auto share = static_cast<float>((std::min(right, static_cast<double>(at + 1)) - begin) / columns_each);
      for (std::size_t colour = 0; colour < 3; ++colour) sum[colour] += share * row[at * 3 + colour];
    }
    std::copy(sum, sum + 3, into.begin() + static_cast<std::ptrdiff_t>(x * 3));
  }
}

}  // namespace

Extent fitted(Extent extent, int longest) {
  const double scale = std::min(1.0, static_cast<double>(longest) / std::max({extent.width, extent.height, 1}));
  const auto side = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * scale))); };
  return {side(extent.width), side(extent.height)};
}

Picture halved(const Picture& picture) {
  const auto half = [](int length) { return std::max(1, length / 2); };
  Picture small{{half(picture.extent.width), half(picture.extent.height)}, {}};
  const auto width = static_cast<std::size_t>(small.extent.width);
  small.pixels.resize(width * 3 * static_cast<std::size_t>(small.extent.height));
  const std::size_t beside = picture.extent.width > 1 ? 3 : 0;
  std::uint8_t* into = small.pixels.data();
  for (int y = 0; y < small.extent.height; ++y) {
    const std::uint8_t* upper = picture.row(2 * y).data();
    const std::uint8_t* lower = picture.row(std::min(2 * y + 1, picture.extent.height - 1)).data();
    for (std::size_t x = 0; x < width; ++x, into += 3, upper += 6, lower += 6)
      for (std::size_t colour = 0; colour < 3; ++colour)
        into[colour] = static_cast<std::uint8_t>(
            (upper[colour] + upper[colour + beside] + lower[colour] + lower[colour + beside] + 2) / 4);
  }
  return small;
}

Shrinker::Shrinker(Extent from, int longest) : from_(from), picture_{fitted(from, longest), {}} {
  const auto row = static_cast<std::size_t>(picture_.extent.width) * 3;
  picture_.pixels.reserve(row * static_cast<std::size_t>(picture_.extent.height));
  rows_each_ = static_cast<double>(from.height) / picture_.extent.height;
  columns_each_ = static_cast<double>(from.width) / picture_.extent.width;
  narrow_.resize(row);
  sums_.resize(row);
}

void Shrinker::add(std::span<const std::uint8_t> row) {
  narrow(row, columns_each_, narrow_);
  const double top = next_++;
  for (double begin = top; begin < top + 1 && made_ < picture_.extent.height;) {
    const double edge = next_ == from_.height && made_ + 1 == picture_.extent.height ? next_ : (made_ + 1) * rows_each_;
    const double end = std::min(edge, top + 1);
    add_to_sums((end - begin) / rows_each_);
    if (edge <= top + 1) write_row();
    begin = end;
  }
}

void Shrinker::add_to_sums(double weight) {
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += static_cast<float>(weight) * narrow_[i];
}

void Shrinker::write_row() {
  for (float& sum : sums_) {
    picture_.pixels.push_back(static_cast<std::uint8_t>(std::clamp(sum + 0.5F, 0.0F, 255.0F)));
    sum = 0;
  }
  ++made_;
}

}  // namespace xueji::scans
