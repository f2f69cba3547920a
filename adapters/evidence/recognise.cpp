#include "adapters/evidence/recognise.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "engine/base/text.hpp"

namespace xueji::evidence {
namespace {

using namespace std::string_view_literals;

struct Format {
  std::string_view media_type;
  std::string_view begins;
  std::string_view ends;  ///< found within the last `tail` bytes
  std::size_t tail;
};
/// Cameras and scanners append a little after the end mark; a kilobyte is what PDF readers allow too.
constexpr std::array formats{
    Format{"image/jpeg"sv, "\xff\xd8\xff"sv, "\xff\xd9"sv, 1024},
    Format{"image/png"sv, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv, "IEND\xae\x42\x60\x82"sv, 8},
    Format{"application/pdf"sv, "%PDF-"sv, "%%EOF"sv, 1024},
};

struct CloseMagic {
  void operator()(magic_set* cookie) const { magic_close(cookie); }
};

/// A cookie serves one thread at a time.
magic_set* cookie_of_this_thread() {
  thread_local const std::unique_ptr<magic_set, CloseMagic> cookie = [] {
    std::unique_ptr<magic_set, CloseMagic> made(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS));
    if (!made || magic_load(made.get(), nullptr) != 0)
      throw std::runtime_error("libmagic can't load its database of file types: install libmagic1");
    return made;
  }();
  return cookie.get();
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

}  // namespace

std::optional<std::string> recognise(std::string_view bytes) {
  const auto format =
      std::find_if(formats.begin(), formats.end(), [&](const Format& one) { return bytes.starts_with(one.begins); });
  if (format == formats.end()) return std::nullopt;
  const auto tail = bytes.substr(bytes.size() - std::min(bytes.size(), format->tail));
  if (tail.find(format->ends) == std::string_view::npos) return std::nullopt;
  const char* found = magic_buffer(cookie_of_this_thread(), bytes.data(), bytes.size());
  if (!found || found != format->media_type) return std::nullopt;
  return std::string(format->media_type);
}

bool agrees(std::string_view declared, std::string_view media_type) {
  declared = declared.substr(0, declared.find(';'));
  while (declared.ends_with(' ') || declared.ends_with('\t')) declared.remove_suffix(1);
  while (declared.starts_with(' ') || declared.starts_with('\t')) declared.remove_prefix(1);
  if (declared.empty()) return true;
  return lower(declared) == media_type;
}

std::string plain_filename(std::string_view given) {
  constexpr std::size_t bytes_max = 255;
  if (const auto slash = given.find_last_of("/\\"); slash != std::string_view::npos) given.remove_prefix(slash + 1);
  std::string name;
  for (const char character : given)
    if (static_cast<unsigned char>(character) >= 0x20 && character != 0x7f) name += character;
  for (const std::string_view unsafe : {"\u202a"sv, "\u202b"sv, "\u202c"sv, "\u202d"sv, "\u202e"sv, "\u2066"sv,
                                        "\u2067"sv, "\u2068"sv, "\u2069"sv, "\u200e"sv, "\u200f"sv})
    for (auto at = name.find(unsafe); at != std::string::npos; at = name.find(unsafe)) name.erase(at, unsafe.size());
  if (!is_clean_utf8(name) || name == "." || name == "..") name.clear();
  while (name.size() > bytes_max) {
    while ((static_cast<unsigned char>(name.back()) & 0xc0) == 0x80) name.pop_back();
    name.pop_back();
  }
  return name.empty() ? "evidence" : name;
}

}  // namespace xueji::evidence
