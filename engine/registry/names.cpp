#include "engine/registry/names.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

#include "engine/registry/name_characters.hpp"
#include "engine/registry/name_reading.hpp"

namespace xueji {
namespace {

bool is_space(char32_t c) { return c == U' ' || meant_by(c) == U' '; }
/// What ICU does not know yet is no mark: new scripts come with their letters, and ideographs have none.
bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

std::string code_point_name(char32_t c) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string digits;
  for (auto rest = static_cast<std::uint32_t>(c); rest != 0 || digits.size() < 4; rest >>= 4)
    digits.insert(digits.begin(), hex[rest & 0xF]);
  return "U+" + digits;
}

std::string utf8(std::u32string_view name) {
  std::string text;
  icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(name.data()), static_cast<std::int32_t>(name.size()))
      .toUTF8String(text);
  return text;
}

Text not_in_names(std::u32string_view name, std::size_t at) {
  const auto shown = code_point_name(name[at]);
  Text text{"姓名中不能有字符 " + shown, "A name cannot hold the character " + shown};
  const auto meant = meant_at(name, at);
  if (meant.size() != 1 || meant[0] == name[at]) return text;
  const bool is_space_meant = meant[0] == U' ';
  text.zh += "，应为" + (is_space_meant ? "空格" : "“" + utf8(meant) + "”") + "（" + code_point_name(meant[0]) + "）";
  text.en += "; write " + (is_space_meant ? "a space" : utf8(meant)) + " (" + code_point_name(meant[0]) + ")";
  return text;
}

const icu::Normalizer2& nfkc_case_fold() {
  static const icu::Normalizer2& instance = [&]() -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(error);
    if (U_FAILURE(error)) throw std::runtime_error("the normalisation data of ICU is missing");
    return *found;
  }();
  return instance;
}

/// Nothing that has no shape is left either.
icu::UnicodeString with_one_kind_of_dot_and_no_spaces(const icu::UnicodeString& text) {
  icu::UnicodeString result;
  for (std::int32_t position = 0; position < text.length(); position = text.moveIndex32(position, 1)) {
    const UChar32 c = text.char32At(position);
    const auto code_point = static_cast<char32_t>(c);
    if (u_isUWhiteSpace(c) || is_unseen_in_names(code_point)) continue;
    result.append(is_name_dot(code_point) ? static_cast<UChar32>(name_dots[0]) : c);
  }
  return result;
}

}  // namespace

Complaint check_person_name(std::string_view name) {
  if (!is_clean_utf8(name)) return Text{"姓名不是有效的文字", "The name is not well-formed text"};
  const auto given = code_points_of(name);
  if (given.empty()) return Text{"请填写姓名", "Give a name"};
  if (given.size() > person_name_code_points_max) return Text{"姓名最多 50 个字", "A name has at most 50 characters"};
  if (is_space(given.front()) || is_space(given.back()))
    return Text{"姓名首尾不能有空格", "A name neither begins nor ends with a space"};
  bool has_letter = false;
  for (std::size_t at = 0; at < given.size(); ++at) {
    const char32_t c = given[at];
    has_letter = has_letter || (is_name_letter(c) && !is_mark(c) && !is_unseen_in_names(c) && !is_name_dot(c));
    if (!is_name_letter(c) && !stands_between_names(c)) return not_in_names(given, at);
  }
  if (!has_letter) return Text{"姓名中没有文字", "A name holds at least one letter or ideograph"};
  return std::nullopt;
}

std::optional<std::string> meant_name(std::string_view name) {
  const auto given = code_points_of(name);
  const auto meant = meant_by_name(given);
  return meant.empty() || meant == given ? std::nullopt : std::optional(utf8(meant));
}

Text spelling_difference(std::string_view name, std::string_view other) {
  const auto here = code_points_of(name), there = code_points_of(other);
  const auto shown = [](const std::u32string& all, std::size_t at, const Text& none) {
    return at < all.size() ? Text{code_point_name(all[at]), code_point_name(all[at])} : none;
  };
  Text text;
  for (std::size_t at = 0; at < std::max(here.size(), there.size()); ++at) {
    if (at < here.size() && at < there.size() && here[at] == there[at]) continue;
    const Text none{"无", "nothing"};
    const auto ours = shown(here, at, none), theirs = shown(there, at, none);
    const auto place = std::to_string(at + 1);
    text.zh += (text.zh.empty() ? "第 " : "，第 ") + place + " 个字符 " + ours.zh + " 与 " + theirs.zh;
    text.en += (text.en.empty() ? "character " : ", character ") + place + " " + ours.en + " against " + theirs.en;
    if (here.size() != there.size()) break;
  }
  return text;
}

std::string search_key(std::string_view name) {
  const auto given =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  UErrorCode error = U_ZERO_ERROR;
  const auto folded = nfkc_case_fold().normalize(with_one_kind_of_dot_and_no_spaces(given), error);
  if (U_FAILURE(error)) throw std::runtime_error("a name could not be normalised");
  std::string result;
  with_one_kind_of_dot_and_no_spaces(folded).toUTF8String(result);
  return result;
}

}  // namespace xueji
