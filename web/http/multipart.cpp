#include "web/http/multipart.hpp"

#include <algorithm>

#include "web/http/http.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t boundary_max = 70;
constexpr std::size_t part_head_max = 4096;

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// Takes what stands between quotes from the front, with \" and \\ in it as quote and backslash, as curl writes them.
/// Other backslashes are those of a path. Where that leads behind the end, as with "C:\", the next quote ends it.
bool take_quoted(std::string_view& rest, std::string& value) {
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return true;
    }
    const bool escapes = rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\');
    value += rest[escapes ? ++i : i];
  }
  const auto end = rest.find('"', 1);
  if (end == std::string_view::npos) return false;
  value = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  return true;
}

/// Takes `; name=value` or `; name="value"` from the front; false at the end or at what is neither.
bool take_parameter(std::string_view& rest, std::string_view& name, std::string& value) {
  rest = trimmed(rest);
  if (rest.empty() || rest.front() != ';') return false;
  rest = trimmed(rest.substr(1));
  const auto equals = rest.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  name = rest.substr(0, equals);
  rest.remove_prefix(equals + 1);
  value.clear();
  if (!rest.empty() && rest.front() == '"') return take_quoted(rest, value);
  const auto end =
      static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_token_character) - rest.begin());
  value = rest.substr(0, end);
  rest.remove_prefix(end);
  return end > 0;
}

std::optional<std::string> boundary_of(std::string_view content_type) {
  const auto end = std::min(content_type.find(';'), content_type.size());
  if (!equal_without_case(trimmed(content_type.substr(0, end)), "multipart/form-data")) return std::nullopt;
  std::string_view rest = content_type.substr(end);
  std::string_view name;
  std::string value;
  std::optional<std::string> boundary;
  while (take_parameter(rest, name, value))
    if (equal_without_case(name, "boundary")) boundary = value;
  if (!boundary || boundary->empty() || boundary->size() > boundary_max || !rest.empty()) return std::nullopt;
  return boundary;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// `UTF-8''%E6%88%B7.png`, and the %22 by which browsers write a quote in a plain filename.
std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    decoded += escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return decoded;
}

bool read_disposition(std::string_view value, std::string_view wanted, UploadedPart& part) {
  const auto end = std::min(value.find(';'), value.size());
  if (!equal_without_case(trimmed(value.substr(0, end)), "form-data")) return false;
  std::string_view rest = value.substr(end);
  std::string_view name;
  std::string content;
  std::string plain;
  std::string extended;
  bool named = false;
  while (take_parameter(rest, name, content)) {
    if (equal_without_case(name, "name")) named = content == wanted;
    if (equal_without_case(name, "filename")) plain = percent_decoded(content);
    if (equal_without_case(name, "filename*") && content.size() > 7 &&
        equal_without_case(content.substr(0, 7), "utf-8''"))
      extended = percent_decoded(std::string_view(content).substr(7));
  }
  part.filename = base_name(extended.empty() ? plain : extended);
  return named && rest.empty();
}

bool read_part_head(std::string_view head, std::string_view name, UploadedPart& part) {
  bool disposed = false;
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) return false;
    const auto line = head.substr(0, end);
    head.remove_prefix(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const auto field = line.substr(0, colon);
    if (equal_without_case(field, "Content-Disposition")) {
      if (disposed || !read_disposition(trimmed(line.substr(colon + 1)), name, part)) return false;
      disposed = true;
    } else if (equal_without_case(field, "Content-Type")) {
      part.media_type = bare_media_type(line.substr(colon + 1));
    } else if (equal_without_case(field, "Content-Transfer-Encoding") &&
               !equal_without_case(trimmed(line.substr(colon + 1)), "binary")) {
      return false;
    }
  }
  return disposed;
}

}  // namespace

std::string bare_media_type(std::string_view content_type) {
  std::string type(trimmed(content_type.substr(0, std::min(content_type.find(';'), content_type.size()))));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return type;
}

std::string base_name(std::string_view path) {
  const auto at = path.find_last_of("/\\");
  return std::string(at == std::string_view::npos ? path : path.substr(at + 1));
}

std::optional<UploadedPart> read_single_part(std::string_view content_type, std::string_view body,
                                             std::string_view name) {
  const auto boundary = boundary_of(content_type);
  if (!boundary) return std::nullopt;
  const std::string opening = "--" + *boundary + "\r\n";
  const std::string delimiter = "\r\n--" + *boundary;
  if (!body.starts_with(opening)) return std::nullopt;
  body.remove_prefix(opening.size());
  const auto head_end = body.substr(0, part_head_max).find("\r\n\r\n");
  if (head_end == std::string_view::npos) return std::nullopt;
  UploadedPart part;
  if (!read_part_head(body.substr(0, head_end + 2), name, part)) return std::nullopt;
  body.remove_prefix(head_end + 4);
  const auto content_end = body.find(delimiter);
  if (content_end == std::string_view::npos) return std::nullopt;
  part.content = body.substr(0, content_end);
  const auto closing = body.substr(content_end + delimiter.size());
  if (closing != "--" && closing != "--\r\n") return std::nullopt;
  return part;
}

}  // namespace xueji::web
