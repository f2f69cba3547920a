#include "engine/base/sha1.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace xueji {
namespace {

constexpr std::size_t block_bytes = 64;

void take_block(std::array<std::uint32_t, 5>& state, std::string_view block) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 16; ++i)
    for (std::size_t byte = 0; byte < 4; ++byte)
      words[i] = words[i] << 8 | static_cast<unsigned char>(block[i * 4 + byte]);
  for (std::size_t i = 16; i < 80; ++i)
    words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  auto [a, b, c, d, e] = state;
  for (std::size_t i = 0; i < 80; ++i) {
    const std::uint32_t mixed = i < 20   ? (b & c) | (~b & d)
                                : i < 40 ? b ^ c ^ d
                                : i < 60 ? (b & c) | (b & d) | (c & d)
                                         : b ^ c ^ d;
    constexpr std::array<std::uint32_t, 4> constants{0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    const std::uint32_t next = std::rotl(a, 5) + mixed + e + constants[i / 20] + words[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
}

std::string in_bytes(std::uint64_t number, int bytes) {
  std::string text;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift & 0xff);
  return text;
}

}  // namespace

std::string sha1(std::string_view bytes) {
  std::string padded(bytes);
  padded += static_cast<char>(0x80);
  while (padded.size() % block_bytes != block_bytes - 8) padded += '\0';
  padded += in_bytes(bytes.size() * 8, 8);
  std::array<std::uint32_t, 5> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  for (std::size_t at = 0; at < padded.size(); at += block_bytes)
    take_block(state, std::string_view(padded).substr(at, block_bytes));
  std::string digest;
  for (const std::uint32_t word : state) digest += in_bytes(word, 4);
  return digest;
}

std::string hmac_sha1(std::string_view key, std::string_view bytes) {
  std::string whole = key.size() > block_bytes ? sha1(key) : std::string(key);
  whole.resize(block_bytes, '\0');
  std::string inner, outer;
  for (const char c : whole) {
    inner += static_cast<char>(c ^ 0x36);
    outer += static_cast<char>(c ^ 0x5c);
  }
  return sha1(outer + sha1(inner + std::string(bytes)));
}

}  // namespace xueji
