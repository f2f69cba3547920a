#include "engine/registry/names.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "engine/registry/name_characters.hpp"

namespace xueji {
namespace {

constexpr auto middle_dot = static_cast<UChar32>(name_dots[0]);

template <std::size_t Size>
bool any_of(const std::array<char32_t, Size>& set, UChar32 c) {
  return std::find(set.begin(), set.end(), static_cast<char32_t>(c)) != set.end();
}

bool is_dot(UChar32 c) { return any_of(name_dots, c); }
bool is_space(UChar32 c) { return c == ' ' || c == 0x3000; }

bool stands_between(UChar32 c) { return is_dot(c) || any_of(name_marks_between, c); }

bool is_letter(UChar32 c) { return is_name_letter(static_cast<char32_t>(c)); }
/// What ICU does not know yet is no mark: new scripts come with their letters, and ideographs have none.
bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

std::string code_point_name(UChar32 c) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string digits;
  for (auto rest = static_cast<std::uint32_t>(c); rest != 0 || digits.size() < 4; rest >>= 4)
    digits.insert(digits.begin(), hex[rest & 0xF]);
  return "U+" + digits;
}

std::string utf8(UChar32 c) {
  std::string text;
  icu::UnicodeString(c).toUTF8String(text);
  return text;
}

Text not_in_names(UChar32 c) {
  const auto shown = code_point_name(c);
  Text text{"姓名中不能有字符 " + shown, "A name cannot hold the character " + shown};
  if (const auto meant = meant_by(static_cast<char32_t>(c))) {
    const auto other = static_cast<UChar32>(*meant);
    text.zh += "，应为“" + utf8(other) + "”（" + code_point_name(other) + "）";
    text.en += "; write " + utf8(other) + " (" + code_point_name(other) + ")";
  }
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

icu::UnicodeString with_one_kind_of_dot_and_no_spaces(const icu::UnicodeString& text) {
  icu::UnicodeString result;
  for (std::int32_t position = 0; position < text.length(); position = text.moveIndex32(position, 1)) {
    const UChar32 c = text.char32At(position);
    if (!u_isUWhiteSpace(c)) result.append(is_dot(c) ? middle_dot : c);
  }
  return result;
}

}  // namespace

Complaint check_person_name(std::string_view name) {
  if (!is_clean_utf8(name)) return Text{"姓名不是有效的文字", "The name is not well-formed text"};
  const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  const auto length = text.countChar32();
  if (length == 0) return Text{"请填写姓名", "Give a name"};
  if (static_cast<std::size_t>(length) > person_name_code_points_max)
    return Text{"姓名最多 50 个字", "A name has at most 50 characters"};
  if (is_space(text.char32At(0)) || is_space(text.char32At(text.length() - 1)))
    return Text{"姓名首尾不能有空格", "A name neither begins nor ends with a space"};
  bool has_letter = false;
  for (std::int32_t position = 0; position < text.length(); position = text.moveIndex32(position, 1)) {
    const UChar32 c = text.char32At(position);
    has_letter = has_letter || (is_letter(c) && !is_mark(c));
    if (is_letter(c) || stands_between(c)) continue;
    return not_in_names(c);
  }
  if (!has_letter) return Text{"姓名中没有文字", "A name holds at least one letter or ideograph"};
  return std::nullopt;
}

std::optional<std::string> meant_name(std::string_view name) {
  const auto given =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  icu::UnicodeString meant;
  UChar32 last = 0;
  for (std::int32_t position = 0; position < given.length(); position = given.moveIndex32(position, 1)) {
    const UChar32 c = given.char32At(position);
    const auto other = static_cast<UChar32>(meant_by(static_cast<char32_t>(c)).value_or(static_cast<char32_t>(c)));
    if (other == last && stands_between(other)) continue;
    meant.append(last = other);
  }
  if (meant == given) return std::nullopt;
  std::string result;
  meant.toUTF8String(result);
  return result;
}

Text spelling_difference(std::string_view name, std::string_view other) {
  const auto code_points = [](std::string_view utf8) {
    const auto text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
    std::vector<UChar32> all;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) all.push_back(text.char32At(at));
    return all;
  };
  const auto here = code_points(name), there = code_points(other);
  const auto shown = [](const std::vector<UChar32>& all, std::size_t at, const Text& none) {
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
