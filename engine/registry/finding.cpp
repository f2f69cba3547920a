#include "engine/registry/finding.hpp"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <unordered_map>

#include "engine/registry/name_variants.hpp"
#include "engine/registry/names.hpp"

namespace xueji {
namespace {

/// Parts that begin further behind are not found.
constexpr std::size_t starts_max = 20;

constexpr char by_name = 'h', by_initials = 'i', by_number = 'n', by_pinyin = 'p';

std::unique_ptr<icu::Transliterator> transliterator(const char* id) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(id, UTRANS_FORWARD, error));
  if (U_FAILURE(error)) throw std::runtime_error(std::string("the transliterator of ICU is missing: ") + id);
  return made;
}

/// What ICU reads a character as, in letters a to z; itself where it has no reading. Kept, since ICU takes its time.
/// A thread's own: transliterators are not to be shared.
class Readings {
 public:
  explicit Readings(const char* id) : tones_(transliterator(id)), plain_(transliterator("Latin-ASCII")) {}

  const std::string& of(char32_t c) {
    const auto known = known_.find(c);
    if (known != known_.end()) return known->second;
    icu::UnicodeString text(static_cast<UChar32>(c));
    tones_->transliterate(text);
    text.toLower();
    // ü is typed v, with or without its tone.
    for (const char16_t u : {u'ü', u'ǖ', u'ǘ', u'ǚ', u'ǜ'})
      text.findAndReplace(icu::UnicodeString(u), icu::UnicodeString(u'v'));
    plain_->transliterate(text);
    std::string reading;
    text.trim().toUTF8String(reading);
    return known_.emplace(c, std::move(reading)).first->second;
  }

 private:
  std::unique_ptr<icu::Transliterator> tones_, plain_;
  std::unordered_map<char32_t, std::string> known_;
};

bool is_ideograph(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0; }

/// Letters and ideographs alone, in their common forms.
std::u32string letters_of(std::string_view name) {
  const auto key = icu::UnicodeString::fromUTF8(search_key(name));
  std::u32string letters;
  for (std::int32_t at = 0; at < key.length(); at = key.moveIndex32(at, 1)) {
    const UChar32 c = key.char32At(at);
    if (!u_ispunct(c) && c != static_cast<UChar32>(name_dots[0])) letters += common_form(static_cast<char32_t>(c));
  }
  return letters;
}

void append(std::string& text, char32_t c) { icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(text); }

std::string key_of(char kind, std::string text) {
  text.insert(text.begin(), kind);
  if (text.size() <= finding_key_bytes_max) return text;
  std::size_t end = finding_key_bytes_max;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

Readings& anywhere() {
  thread_local Readings readings("Han-Latin");
  return readings;
}

std::string first_character(const std::string& text) {
  const auto begin = icu::UnicodeString::fromUTF8(text);
  std::string first;
  if (!begin.isEmpty()) append(first, static_cast<char32_t>(begin.char32At(0)));
  return first;
}

using Syllables = std::vector<std::string>;

/// A surname has readings of its own, and ü is typed u by many: what differs is read in two ways.
std::vector<Syllables> readings_of(const std::u32string& letters) {
  thread_local Readings of_surnames("Han-Latin/Names");
  Syllables first, second;
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const char32_t letter = letters[at];
    // Only in pinyin is ü a v.
    const std::string plain = letter == U'ü' ? "u" : anywhere().of(letter);
    first.push_back(at == 0 && is_ideograph(letter) ? of_surnames.of(letter) : plain);
    second.push_back(plain);
    if (is_ideograph(letter)) std::replace(second.back().begin(), second.back().end(), 'v', 'u');
  }
  if (first == second) return {first};
  return {first, second};
}

void add_parts(std::vector<std::string>& keys, const std::u32string& letters) {
  const auto readings = readings_of(letters);
  for (std::size_t start = 0; start < std::min(letters.size(), starts_max); ++start) {
    std::string part;
    for (std::size_t at = start; at < letters.size(); ++at) append(part, letters[at]);
    keys.push_back(key_of(by_name, part));
    for (const auto& syllables : readings) {
      std::string pinyin, initials;
      for (std::size_t at = start; at < syllables.size(); ++at) {
        pinyin += syllables[at];
        initials += first_character(syllables[at]);
      }
      if (pinyin != part) keys.push_back(key_of(by_pinyin, pinyin));
      if (pinyin != part && letters.size() - start > 1) keys.push_back(key_of(by_initials, initials));
    }
  }
}

/// Last digits that are looked for: enough to narrow, too few to ask a masked number out digit by digit. Else whole.
constexpr std::size_t last_digits_min = 4, last_digits_max = 6, whole_min = 18;

std::string backwards(std::string_view number) { return {number.rbegin(), number.rend()}; }

bool is_number(std::string_view text) {
  if (text.starts_with('G') || text.starts_with('L') || text.starts_with('J')) text.remove_prefix(1);
  if (text.ends_with('X')) text.remove_suffix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_latin(const std::u32string& letters) {
  return std::all_of(letters.begin(), letters.end(), [](char32_t c) { return c < 0x250; });
}

/// As keys spell it: without tones, `lyu` and `lü` as `lv`.
std::string spelt(const std::u32string& letters) {
  std::string text;
  for (const char32_t c : letters) text += anywhere().of(c);
  for (const auto& [typed, kept] : {std::pair("lyu", "lv"), std::pair("nyu", "nv")})
    for (auto at = text.find(typed); at != std::string::npos; at = text.find(typed, at + 1)) text.replace(at, 3, kept);
  return text;
}

}  // namespace

std::vector<std::string> finding_keys(const Student& student) {
  std::vector<std::string> keys;
  add_parts(keys, letters_of(student.name));
  const auto add_number = [&](std::string_view number) { keys.push_back(key_of(by_number, backwards(number))); };
  if (student.id_number) add_number(*student.id_number);
  for (const auto& number : student.numbers) add_number(number.number);
  std::sort(keys.begin(), keys.end());
  // A number in whose key another's ends is found by that one too.
  const auto last = std::unique(keys.rbegin(), keys.rend(), [](const std::string& longer, const std::string& shorter) {
    return longer == shorter || (longer.front() == by_number && longer.starts_with(shorter));
  });
  keys.erase(keys.begin(), last.base());
  return keys;
}

std::vector<std::string> sought_in_names(std::string_view typed) {
  const auto letters = letters_of(typed);
  if (letters.empty()) return {};
  std::string text;
  for (const char32_t c : letters) append(text, c);
  std::vector<std::string> prefixes{key_of(by_name, text)};
  if (is_latin(letters)) {
    const auto latin = spelt(letters);
    prefixes.push_back(key_of(by_initials, latin));
    prefixes.push_back(key_of(by_pinyin, latin));
  }
  return prefixes;
}

std::vector<std::string> sought_in_names_and_numbers(std::string_view typed) {
  std::string number = search_key(typed);
  std::transform(number.begin(), number.end(), number.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (is_number(number)) {
    const bool is_sought =
        number.size() >= whole_min || (number.size() >= last_digits_min && number.size() <= last_digits_max);
    return is_sought ? std::vector{key_of(by_number, backwards(number))} : std::vector<std::string>{};
  }
  return sought_in_names(typed);
}

std::vector<std::string> sought_by_name(std::vector<std::string> sought) {
  std::erase_if(sought, [](const std::string& prefix) { return prefix.starts_with(by_number); });
  return sought;
}

std::optional<std::string> found_by(const std::vector<std::string>& keys, const std::vector<std::string>& prefixes) {
  const auto first = std::find_if(keys.begin(), keys.end(), [&](const std::string& key) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return key.starts_with(prefix); });
  });
  return first == keys.end() ? std::nullopt : std::optional(*first);
}

}  // namespace xueji
