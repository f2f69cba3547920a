#include "cli/table_encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace xueji {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_le_mark = "\xFF\xFE";
constexpr std::string_view utf16_be_mark = "\xFE\xFF";

UnreadTable save_as_utf8(Text what) {
  return {std::move(what),
          {"请另存为“CSV UTF-8（逗号分隔）”后再导入", "save the file as CSV UTF-8 (comma delimited) and import that"}};
}

/// Nothing where a byte is out of place.
std::optional<std::string> converted(std::string_view bytes, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(encoding, &error);
  if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU does not know the encoding ") + encoding);
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::u16string units(bytes.size() + 1, u'\0');
  const auto length = ucnv_toUChars(converter, units.data(), static_cast<std::int32_t>(units.size()), bytes.data(),
                                    static_cast<std::int32_t>(bytes.size()), &error);
  ucnv_close(converter);
  if (U_FAILURE(error)) return std::nullopt;
  std::string text;
  icu::UnicodeString(units.data(), length).toUTF8String(text);
  return text;
}

/// Whether nine in ten of the characters beyond ASCII are of level 1 of GB 2312: rows 16 to 55.
bool is_plainly_gb18030(std::string_view bytes) {
  const auto at = [&](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
  std::size_t characters = 0, common = 0;
  for (std::size_t index = 0; index < bytes.size();) {
    if (at(index) < 0x80) {
      ++index;
      continue;
    }
    ++characters;
    if (index + 1 == bytes.size()) return false;
    const bool of_four = at(index + 1) >= 0x30 && at(index + 1) <= 0x39;
    if (at(index) >= 0xB0 && at(index) <= 0xD7 && at(index + 1) >= 0xA1) ++common;
    index += of_four ? 4 : 2;
  }
  return characters > 0 && common * 10 >= characters * 9;
}

std::variant<DecodedTable, UnreadTable> decode_utf16(std::string_view bytes, const char* encoding, Text name) {
  if (auto text = converted(bytes, encoding)) return DecodedTable{std::move(*text), std::move(name)};
  return save_as_utf8({"文件开头标明是 UTF-16，但内容不完整", "the file begins as UTF-16 and is damaged further on"});
}

std::variant<DecodedTable, UnreadTable> decode_without_mark(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos)
    return save_as_utf8(
        {"这不是文本文件，或是没有字节顺序标记的 UTF-16", "this is no text, or UTF-16 without a byte-order mark"});
  if (converted(bytes, "UTF-8") || !is_plainly_gb18030(bytes)) return DecodedTable{std::string(bytes), {}};
  auto text = converted(bytes, "gb18030");
  if (!text) return DecodedTable{std::string(bytes), {}};
  return DecodedTable{std::move(*text), {"GB 18030（GBK）", "GB 18030 (GBK)"}};
}

std::variant<DecodedTable, UnreadTable> decode(std::string_view bytes) {
  if (bytes.starts_with(utf8_mark)) return DecodedTable{std::string(bytes.substr(utf8_mark.size())), {}};
  if (bytes.starts_with(utf16_le_mark))
    return decode_utf16(bytes.substr(utf16_le_mark.size()), "UTF-16LE", {"UTF-16（小端）", "UTF-16 (little-endian)"});
  if (bytes.starts_with(utf16_be_mark))
    return decode_utf16(bytes.substr(utf16_be_mark.size()), "UTF-16BE", {"UTF-16（大端）", "UTF-16 (big-endian)"});
  return decode_without_mark(bytes);
}

/// Old spreadsheets end lines by CR alone.
void end_lines_by_lf(std::string& text) {
  if (text.find('\n') == std::string::npos) std::replace(text.begin(), text.end(), '\r', '\n');
}

}  // namespace

std::variant<DecodedTable, UnreadTable> decode_table(std::string_view bytes) {
  auto decoded = decode(bytes);
  if (auto* table = std::get_if<DecodedTable>(&decoded)) end_lines_by_lf(table->text);
  return decoded;
}

}  // namespace xueji
