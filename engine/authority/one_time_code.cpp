#include "engine/authority/one_time_code.hpp"

#include <array>

#include "engine/base/sha1.hpp"

namespace xueji {
namespace {

constexpr std::int64_t seconds_of_a_step = 30;
constexpr std::size_t digits = 6;
constexpr std::uint32_t codes = 1'000'000;

/// In a time that says nothing of where they differ.
bool same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned differs = 0;
  for (std::size_t i = 0; i < one.size(); ++i) differs |= static_cast<unsigned>(one[i] ^ other[i]);
  return differs == 0;
}

}  // namespace

std::int64_t code_step(Instant now) {
  return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() / seconds_of_a_step;
}

std::string one_time_code(std::string_view secret, std::int64_t step) {
  std::string counter;
  for (int shift = 56; shift >= 0; shift -= 8) counter += static_cast<char>(step >> shift & 0xff);
  const std::string digest = hmac_sha1(secret, counter);
  const auto at = static_cast<std::size_t>(digest.back() & 0x0f);
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(digest[at + i]);
  std::string code = std::to_string((number & 0x7fffffff) % codes);
  return std::string(digits - code.size(), '0') + code;
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now,
                                         std::int64_t used) {
  std::optional<std::int64_t> found;
  const std::int64_t this_one = code_step(now);
  for (const std::int64_t step : {this_one - 1, this_one, this_one + 1})
    if (same(one_time_code(secret, step), code) && step > used) found = step;
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) text += alphabet[bits >> (count - 5) & 31];
  }
  if (count > 0) text += alphabet[bits << (5 - count) & 31];
  return text;
}

}  // namespace xueji
