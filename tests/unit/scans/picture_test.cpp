// Pictures made smaller, turned upright, judged.
#include <numeric>

#include "scans/jpeg_writer.hpp"
#include "scans/orientation.hpp"
#include "scans/picture.hpp"
#include "scans/sharpness.hpp"
#include "scans/task.hpp"
#include "tests/catch.hpp"

using namespace xueji::scans;
using namespace std::string_literals;

namespace {

Picture striped(Extent extent, int each) {
  Picture picture{extent, {}};
  for (int y = 0; y < extent.height; ++y)
    for (int x = 0; x < extent.width; ++x)
      picture.pixels.insert(picture.pixels.end(), 3, static_cast<std::uint8_t>(x / each % 2 == 0 ? 240 : 20));
  return picture;
}

Picture shrunk(const Picture& picture, int longest) {
  Shrinker shrinker(picture.extent, longest);
  for (int y = 0; y < picture.extent.height; ++y) shrinker.add(picture.row(y));
  return shrinker.take();
}

/// A TIFF structure with one entry.
std::string tiff(char order, int orientation) {
  return order == 'I' ? "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + static_cast<char>(orientation) + "\0\0\0"s
                      : "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + static_cast<char>(orientation) + "\0\0"s;
}

}  // namespace

TEST_CASE("a picture is made smaller to every size without losing a row, and keeps its mean") {
  for (const Extent extent : {Extent{1, 1}, {7, 3}, {1000, 1}, {1, 1000}, {641, 479}, {2049, 1447}})
    for (const int longest : {1, 2, 3, 320, 640, 2048}) {
      const Picture small = shrunk(striped(extent, 1), longest);
      const Extent wanted = fitted(extent, longest);
      CAPTURE(extent.width, extent.height, longest);
      REQUIRE(small.extent.width == wanted.width);
      REQUIRE(small.pixels.size() == static_cast<std::size_t>(wanted.width) * wanted.height * 3);
    }
  const Picture grey = shrunk(striped({1000, 1000}, 1), 100);
  CHECK(std::all_of(grey.pixels.begin(), grey.pixels.end(), [](auto value) { return value == 130; }));
  CHECK(shrunk(striped({300, 200}, 7), 300).pixels == striped({300, 200}, 7).pixels);
}

TEST_CASE("the orientation is read in both byte orders, and nonsense is none") {
  for (int number = 1; number <= 8; ++number) {
    CHECK(orientation_of(tiff('I', number)) == number);
    CHECK(orientation_of(tiff('M', number)) == number);
  }
  CHECK(orientation_of(tiff('I', 0)) == 1);
  CHECK(orientation_of(tiff('I', 9)) == 1);
  for (std::size_t length = 0; length < 22; ++length) CHECK(orientation_of(tiff('I', 6).substr(0, length)) <= 6);
  CHECK(orientation_of("II*\0\xff\xff\xff\xff"s) == 1);
}

TEST_CASE("edges are sharp, gradients are blurred, an empty page is neither") {
  CHECK_FALSE(is_blurred(striped({900, 900}, 30)));
  Picture soft{{900, 900}, {}};
  for (int y = 0; y < 900; ++y)
    for (int x = 0; x < 900; ++x)
      soft.pixels.insert(soft.pixels.end(), 3, static_cast<std::uint8_t>(std::abs(x % 100 - 50) * 5));
  CHECK(is_blurred(soft));
  CHECK_FALSE(is_blurred({{900, 900}, std::vector<std::uint8_t>(900 * 900 * 3, 250)}));
  CHECK_FALSE(is_blurred({{1, 1}, {0, 0, 0}}));
}

TEST_CASE("what was written as JPEG is answered for as it is, cut it is damaged, and no file is a JPEG") {
  const std::string jpeg = as_jpeg(striped({1200, 900}, 30), 85);
  const Task task{"examine", "jpeg", {2e6, 1}, {}, 0, 0, 0};
  CHECK(answer(task, jpeg) == "done 1200 900 1 0 0 0\n");
  CHECK(answer(task, jpeg + std::string(9000, '\0')) == "done 1200 900 1 0 0 0\n");
  CHECK(answer(task, jpeg.substr(0, jpeg.size() - 2)) == "refused damaged\n");
  for (std::size_t length = 0; length + 2 < jpeg.size(); length += 97)
    CHECK(answer(task, jpeg.substr(0, length)) == "refused damaged\n");
  CHECK(answer({"examine", "jpeg", {1e6, 1}, {}, 0, 0, 0}, jpeg) == "refused too-many-pixels\n");
  CHECK(answer({"examine", "png", {1e6, 1}, {}, 0, 0, 0}, jpeg) == "refused damaged\n");
  const std::string shown = answer({"page", "jpeg", {2e6, 1}, {}, 1, 320, 85}, jpeg);
  CHECK(shown.starts_with("done 320 240 1 0 0 0\n\xff\xd8\xff"));
  CHECK(answer({"page", "jpeg", {2e6, 1}, {}, 2, 320, 85}, jpeg) == "done 0 0 1 0 0 0\n");
}
