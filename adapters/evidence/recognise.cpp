#include "adapters/evidence/recognise.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"

namespace xueji::evidence {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t pdf_header_within = 1024;

/// Markup, archives, pictures, programs, scripts: whoever took their beginning for the file's would read something else
/// than a PDF.
constexpr std::array other_beginnings{"<"sv,
                                      "PK"sv,
                                      "GIF8"sv,
                                      "\x89PNG"sv,
                                      "\xff\xd8"sv,
                                      "MZ"sv,
                                      "\x7f"
                                      "ELF"sv,
                                      "Rar!"sv,
                                      "7z\xbc\xaf"sv,
                                      "\x1f\x8b"sv,
                                      "#!"sv,
                                      "RIFF"sv,
                                      "\xd0\xcf\x11\xe0"sv,
                                      "BM"sv,
                                      "II*\0"sv,
                                      "MM\0*"sv,
                                      "%!"sv,
                                      "{\\rtf"sv};

/// Without a byte-order mark and blanks.
std::string_view without_blanks(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf"sv)) text.remove_prefix(3);
  return text.substr(std::min(text.find_first_not_of(" \t\r\n\f\0"sv), text.size()));
}

bool is_pdf(std::string_view bytes) {
  const auto header = bytes.substr(0, pdf_header_within).find("%PDF-"sv);
  if (header == std::string_view::npos) return false;
  const auto before = without_blanks(bytes.substr(0, header));
  return std::none_of(other_beginnings.begin(), other_beginnings.end(),
                      [&](std::string_view each) { return before.starts_with(each); });
}

}  // namespace

std::optional<std::string> recognise(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (is_pdf(bytes)) return "application/pdf";
  return std::nullopt;
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
