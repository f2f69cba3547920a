#include "engine/render/text_measure.hpp"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>
#include <stdexcept>

namespace xueji {
namespace {

/// Of one em, for the widest of the faces in use, DejaVu Sans.
double ascii_width(char32_t c) {
  if (std::string_view{"ijl.,:;'|!I()[] "}.find(static_cast<char>(c)) != std::string_view::npos) return 0.40;
  if (std::string_view{"frt-/\\\"*"}.find(static_cast<char>(c)) != std::string_view::npos) return 0.47;
  if (std::string_view{"mwMW@%"}.find(static_cast<char>(c)) != std::string_view::npos) return 1.0;
  if (c >= 'A' && c <= 'Z') return 0.75;
  return 0.64;
}

double width_of(char32_t c) {
  if (c < 0x80) return ascii_width(c);
  const auto point = static_cast<UChar32>(c);
  const auto category = u_charType(point);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
  const auto east_asian = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  const bool wide = east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH || east_asian == U_EA_AMBIGUOUS;
  return wide ? 1.0 : 0.8;
}

double width_of(const icu::UnicodeString& text) {
  double width = 0;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
    width += width_of(static_cast<char32_t>(text.char32At(at)));
  return width;
}

std::string utf8(icu::UnicodeString text) {
  std::string result;
  text.trim().toUTF8String(result);
  return result;
}

std::unique_ptr<icu::BreakIterator> line_breaks(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> breaks{
      icu::BreakIterator::createLineInstance(icu::Locale::getSimplifiedChinese(), status)};
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no rules for breaking lines");
  breaks->setText(text);
  return breaks;
}

class Lines {
 public:
  explicit Lines(double width) : width_(width) {}

  void add(const icu::UnicodeString& piece) {
    icu::UnicodeString longer = line_;
    longer.append(piece);
    if (!line_.isEmpty() && width_of(icu::UnicodeString{longer}.trim()) > width_) {
      finish();
      longer = piece;
    }
    line_ = longer;
    while (width_of(icu::UnicodeString{line_}.trim()) > width_ && line_.countChar32() > 1) cut();
  }

  std::vector<std::string> take() {
    finish();
    return std::move(lines_);
  }

 private:
  void finish() {
    if (std::string line = utf8(line_); !line.empty()) lines_.push_back(std::move(line));
    line_.remove();
  }

  void cut() {
    int32_t end = line_.moveIndex32(0, 1);
    while (width_of(line_.tempSubString(0, line_.moveIndex32(end, 1))) <= width_) end = line_.moveIndex32(end, 1);
    lines_.push_back(utf8(icu::UnicodeString{line_, 0, end}));
    line_.remove(0, end);
  }

  double width_;
  icu::UnicodeString line_;
  std::vector<std::string> lines_;
};

icu::UnicodeString decoded(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

}  // namespace

double text_width(std::string_view text, double size) { return width_of(decoded(text)) * size; }

std::vector<std::string> wrap_text(std::string_view text, double size, double width) {
  const icu::UnicodeString whole = decoded(text);
  const auto breaks = line_breaks(whole);
  Lines lines{width / size};
  int32_t begin = breaks->first();
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks->next())
    lines.add({whole, begin, end - begin});
  return lines.take();
}

}  // namespace xueji
