#include "adapters/sql/cursor.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include "engine/base/text.hpp"
#include "engine/ports/queries.hpp"

namespace xueji::sql {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr char separator = '\n';

std::string base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char byte : bytes) {
    held = (held << 8) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[(held >> (bits - 6)) & 63];
  }
  if (bits > 0) text += alphabet[(held << (6 - bits)) & 63];
  return text;
}

std::string from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char character : text) {
    const auto value = alphabet.find(character);
    if (value == std::string_view::npos) throw BadCursor();
    held = (held << 6) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bytes += static_cast<char>((held >> (bits - 8)) & 255);
      bits -= 8;
    }
  }
  return bytes;
}

/// FNV-1a: tells lists apart, protects nothing.
std::string tag(std::string_view query) {
  std::uint32_t hash = 2166136261u;
  for (const char byte : query) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
  return std::to_string(hash);
}

}  // namespace

std::string make_cursor(std::string_view query, const std::vector<Value>& key) {
  std::string text = tag(query);
  for (const auto& value : key) {
    text += separator;
    text += std::holds_alternative<long long>(value) ? std::to_string(std::get<long long>(value))
                                                     : std::get<std::string>(value);
  }
  return base64url(text);
}

std::vector<Value> read_cursor(std::string_view query, std::string_view kinds, std::string_view cursor) {
  constexpr std::size_t cursor_max = 1024;
  if (cursor.size() > cursor_max) throw BadCursor();
  const std::string text = from_base64url(cursor);
  std::vector<std::string> parts(1);
  for (const char character : text) {
    if (character == separator)
      parts.emplace_back();
    else
      parts.back() += character;
  }
  if (parts.size() != kinds.size() + 1 || parts[0] != tag(query)) throw BadCursor();
  std::vector<Value> key;
  for (std::size_t at = 0; at < kinds.size(); ++at) {
    const auto& part = parts[at + 1];
    if (kinds[at] == 't') {
      if (!is_clean_utf8(part)) throw BadCursor();
      key.emplace_back(part);
      continue;
    }
    long long number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc{} || end != part.data() + part.size()) throw BadCursor();
    key.emplace_back(number);
  }
  return key;
}

}  // namespace xueji::sql
