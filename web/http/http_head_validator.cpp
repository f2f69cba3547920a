#include "web/http/http_head_validator.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace xueji::web {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t fields_max = 100;

constexpr HeadFault bad_line_end{"请求头的行必须以 CRLF 结束", "lines of the request head must end with CRLF"};
constexpr HeadFault bad_request_line{"请求行无效", "the request line is invalid"};
constexpr HeadFault bad_version{"仅支持 HTTP/1.1 和 HTTP/1.0", "only HTTP/1.1 and HTTP/1.0 are spoken here"};
constexpr HeadFault bad_target{"请求目标必须是以 / 开头的路径，且只含可见 ASCII 字符",
                               "the request target must be a path that starts with / and holds visible ASCII only"};
constexpr HeadFault too_many{"请求头字段过多", "there are too many header fields"};
constexpr HeadFault folded{"请求头字段不得折行", "header fields must not be folded"};
constexpr HeadFault bad_name{"请求头字段名无效", "a header field's name is invalid"};
constexpr HeadFault bad_value{"请求头字段值含有控制字符", "a header field's value holds control characters"};
constexpr HeadFault repeated{"请求头字段重复", "a header field that may appear once is repeated"};
constexpr HeadFault bad_host{"Host 缺失或无效", "Host is missing or invalid"};
constexpr HeadFault bad_length{"Content-Length 无效", "Content-Length is invalid"};
constexpr HeadFault bad_coding{"Transfer-Encoding 只能是 chunked", "Transfer-Encoding may only be chunked"};
constexpr HeadFault both_lengths{"不得同时使用 Transfer-Encoding 和 Content-Length",
                                 "Transfer-Encoding and Content-Length exclude each other"};
constexpr HeadFault chunked_1_0{"HTTP/1.0 不得使用 Transfer-Encoding", "HTTP/1.0 has no Transfer-Encoding"};
constexpr HeadFault bad_expect{"Expect 只能是 100-continue", "Expect may only be 100-continue"};

constexpr std::array singletons{"authorization"sv,
                                "content-length"sv,
                                "content-type"sv,
                                "cookie"sv,
                                "expect"sv,
                                "host"sv,
                                "idempotency-key"sv,
                                "if-match"sv,
                                "origin"sv,
                                "referer"sv,
                                "sec-fetch-site"sv,
                                "sec-websocket-key"sv,
                                "sec-websocket-version"sv,
                                "transfer-encoding"sv,
                                "user-agent"sv,
                                "x-acting-as"sv};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_token_char(char c) {
  return is_digit(c) || is_alpha(c) || "!#$%&'*+-.^_`|~"sv.find(c) != std::string_view::npos;
}
bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_char); }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return text.size() <= 5 && error == std::errc{} && stop == text.data() + text.size() && port <= 65535;
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 255) return false;
  std::string_view rest;
  if (text.front() == '[') {
    const auto close = text.find(']');
    if (close == std::string_view::npos || close < 3) return false;
    const auto inner = text.substr(1, close - 1);
    if (!std::ranges::all_of(
            inner, [](char c) { return is_digit(c) || (is_alpha(c) && (c | 0x20) <= 'f') || c == ':' || c == '.'; }))
      return false;
    rest = text.substr(close + 1);
  } else {
    const auto colon = text.find(':');
    const auto name = text.substr(0, colon);
    if (name.empty() || !std::ranges::all_of(name, [](char c) {
          return is_digit(c) || is_alpha(c) || c == '.' || c == '-' || c == '_';
        }))
      return false;
    rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
  }
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

bool is_target(std::string_view text) {
  return !text.empty() && text.front() == '/' &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '\\'; });
}

std::optional<HeadFault> read_request_line(std::string_view line, RequestHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return bad_request_line;
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(head.method)) return bad_request_line;
  if (!is_target(head.target)) return bad_target;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad_version;
  head.http_1_0 = version == "HTTP/1.0";
  return std::nullopt;
}

std::optional<HeadFault> read_field(std::string_view line, RequestHead& head) {
  if (line.front() == ' ' || line.front() == '\t') return folded;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return bad_name;
  if (head.fields.size() == fields_max) return too_many;
  const auto name = line.substr(0, colon);
  const auto value = trim(line.substr(colon + 1));
  if (!is_token(name)) return bad_name;
  if (std::ranges::any_of(value, [](char c) { return is_control(c) && c != '\t'; })) return bad_value;
  const bool once = std::ranges::any_of(singletons, [&](auto single) { return equal_without_case(single, name); });
  if (once && head.find(name)) return repeated;
  head.fields.emplace_back(name, value);
  return std::nullopt;
}

std::optional<HeadFault> read_framing(RequestHead& head) {
  const auto length = head.find("content-length");
  const auto coding = head.find("transfer-encoding");
  if (coding) {
    if (*coding != "chunked") return bad_coding;
    if (length) return both_lengths;
    if (head.http_1_0) return chunked_1_0;
    head.chunked = true;
  }
  if (length) {
    std::uint64_t value = 0;
    const char* end = length->data() + length->size();
    const auto [stop, error] = std::from_chars(length->data(), end, value);
    if (length->empty() || length->size() > 18 || error != std::errc{} || stop != end) return bad_length;
    head.content_length = value;
  }
  return std::nullopt;
}

std::optional<HeadFault> read_connection(RequestHead& head) {
  const auto host = head.find("host");
  if (host ? !is_host(*host) : !head.http_1_0) return bad_host;
  if (const auto expect = head.find("expect")) {
    if (!equal_without_case(*expect, "100-continue")) return bad_expect;
    head.expects_continue = !head.http_1_0;
  }
  bool close = false, keep = false;
  for (const auto& [name, value] : head.fields) {
    if (!equal_without_case(name, "connection")) continue;
    close = close || list_contains(value, "close");
    keep = keep || list_contains(value, "keep-alive");
  }
  head.keep_alive = !close && (keep || !head.http_1_0);
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> RequestHead::find(std::string_view name) const {
  for (const auto& [key, value] : fields)
    if (equal_without_case(key, name)) return value;
  return std::nullopt;
}

bool list_contains(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (equal_without_case(trim(list.substr(0, comma)), token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

std::variant<std::monostate, std::size_t, HeadFault> find_head_end(std::string_view received, std::size_t seen) {
  if (!received.empty() && (received[0] == '\r' || received[0] == '\n')) return bad_line_end;
  for (std::size_t i = seen; i < received.size(); ++i) {
    const char c = received[i];
    if (c == '\0') return bad_value;
    if (c == '\n') {
      if (i == 0 || received[i - 1] != '\r') return bad_line_end;
      if (i >= 3 && received[i - 2] == '\n') return i + 1;
    } else if (i > 0 && received[i - 1] == '\r') {
      return bad_line_end;
    }
  }
  return std::monostate{};
}

std::variant<RequestHead, HeadFault> validate_head(std::string_view head) {
  RequestHead result;
  result.fields.reserve(16);
  bool first = true;
  while (head.size() > 2) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos || end == 0) return bad_line_end;
    const auto line = head.substr(0, end);
    if (line.find_first_of("\r\n\0"sv) != std::string_view::npos) return bad_line_end;
    if (const auto fault = first ? read_request_line(line, result) : read_field(line, result)) return *fault;
    first = false;
    head.remove_prefix(end + 2);
  }
  if (first || head != "\r\n") return bad_request_line;
  if (const auto fault = read_framing(result)) return *fault;
  if (const auto fault = read_connection(result)) return *fault;
  return result;
}

}  // namespace xueji::web
