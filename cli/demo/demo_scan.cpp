#include "cli/demo/demo_scan.hpp"

#include <cstdlib>

#include "cli/demo/demo_random.hpp"

namespace xueji::demo {
namespace {

constexpr int width = 640;
constexpr int height = 452;
constexpr std::size_t row_bytes = width / 8 + 1;  // PNG's filter byte, then one bit a pixel

class Sheet {
 public:
  Sheet() : bytes_(row_bytes * height, '\xff') {
    for (std::size_t row = 0; row < height; ++row) bytes_[row * row_bytes] = '\0';
  }
  void ink(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    char& byte = bytes_[static_cast<std::size_t>(y) * row_bytes + 1 + static_cast<std::size_t>(x / 8)];
    byte = static_cast<char>(static_cast<unsigned char>(byte) & ~(0x80U >> (x % 8)));
  }
  void box(int left, int top, int right, int bottom) {
    for (int x = left; x <= right; ++x) ink(x, top), ink(x, bottom);
    for (int y = top; y <= bottom; ++y) ink(left, y), ink(right, y);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

void write_line(Sheet& sheet, DemoRandom& random, int top) {
  const int signs = 12 + static_cast<int>(random.below(18));
  for (int sign = 0; sign < signs; ++sign) {
    const int left = 60 + sign * 17;
    for (int stroke = 0; stroke < 4; ++stroke) {
      const int from = static_cast<int>(random.below(10));
      const int level = static_cast<int>(random.below(12));
      const bool upright = random.one_in(2);
      for (int step = from; step < 12; ++step)
        upright ? sheet.ink(left + level, top + step) : sheet.ink(left + step, top + level);
    }
  }
}

void stamp_seal(Sheet& sheet) {
  constexpr int x = 520;
  constexpr int y = 360;
  for (int dy = -48; dy <= 48; ++dy)
    for (int dx = -48; dx <= 48; ++dx) {
      const int square = dx * dx + dy * dy;
      const bool ring = square > 44 * 44 && square < 48 * 48;
      const bool star = std::abs(dx) * std::abs(dy) < 30 && square < 22 * 22;
      if (ring || star) sheet.ink(x + dx, y + dy);
    }
}

std::string big_endian(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}

std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  return ~crc;
}

std::string chunk(const std::string& type, const std::string& data) {
  return big_endian(static_cast<std::uint32_t>(data.size())) + type + data + big_endian(crc32(type + data));
}

/// zlib's format with stored blocks: nothing is compressed.
std::string stored(const std::string& data) {
  constexpr std::size_t block_max = 65'535;
  std::string result = "\x78\x01";
  for (std::size_t start = 0; start < data.size(); start += block_max) {
    const std::string block = data.substr(start, block_max);
    const auto size = static_cast<std::uint16_t>(block.size());
    const auto inverse = static_cast<std::uint16_t>(~size);
    result += start + block_max >= data.size() ? '\1' : '\0';
    for (const std::uint16_t number : {size, inverse})
      result += {static_cast<char>(number), static_cast<char>(number >> 8)};
    result += block;
  }
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char byte : data) {
    a = (a + static_cast<unsigned char>(byte)) % 65'521;
    b = (b + a) % 65'521;
  }
  return result + big_endian(b << 16 | a);
}

}  // namespace

std::string make_scan(std::uint32_t seed) {
  DemoRandom random{seed};
  Sheet sheet;
  sheet.box(24, 24, width - 25, height - 25);
  sheet.box(28, 28, width - 29, height - 29);
  for (int top = 64; top < height - 60; top += 34) write_line(sheet, random, top);
  stamp_seal(sheet);
  const std::string header = big_endian(width) + big_endian(height) + std::string{"\1\0\0\0\0", 5};
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", stored(sheet.bytes())) + chunk("IEND", "");
}

}  // namespace xueji::demo
