#include "web/json/query_reader.hpp"

#include <charconv>

#include "web/json/body_reader.hpp"
#include "web/json/json_reader.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t limit_max = 200;

std::optional<std::size_t> parse_limit(std::string_view text) {
  std::size_t limit = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc{} || stop != text.data() + text.size() || limit < 1 || limit > limit_max) return std::nullopt;
  return limit;
}

std::optional<bool> parse_truth(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

}  // namespace

std::variant<QueryReader, Problem> QueryReader::of_body(const HttpRequest& request) {
  auto body = read_body(request, EmptyBody::is_empty_object);
  if (auto* problem = std::get_if<Problem>(&body)) return std::move(*problem);
  return QueryReader(std::move(std::get<boost::json::object>(body)));
}

const boost::json::value* QueryReader::member(std::string_view name) {
  asked_.emplace_back(name);
  return body_.if_contains({name.data(), name.size()});
}

std::optional<std::string> QueryReader::given(std::string_view name) {
  if (request_) {
    for (const auto& [key, value] : request_->query)
      if (key == name) return value;
    return std::nullopt;
  }
  const auto* value = member(name);
  if (!value) return std::nullopt;
  if (value->is_string()) return std::string(value->get_string());
  complain(name, not_valid());
  return std::nullopt;
}

std::optional<std::string> QueryReader::text(std::string_view name) {
  auto found = given(name);
  return found && !found->empty() ? std::move(found) : std::nullopt;
}

std::optional<bool> QueryReader::truth(std::string_view name) {
  if (request_) return parsed<bool>(name, parse_truth);
  const auto* value = member(name);
  if (!value) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  complain(name, not_valid());
  return std::nullopt;
}

PageRequest QueryReader::page() {
  PageRequest page;
  page.after = text("cursor");
  if (request_) {
    page.limit = parsed<std::size_t>("limit", parse_limit).value_or(page.limit);
    return page;
  }
  const auto* value = member("limit");
  if (!value) return page;
  if (value->is_int64() && value->get_int64() >= 1 && value->get_int64() <= static_cast<std::int64_t>(limit_max))
    page.limit = static_cast<std::size_t>(value->get_int64());
  else
    complain("limit", not_valid());
  return page;
}

Text QueryReader::not_valid() { return {"值无效", "The value is not valid"}; }

void QueryReader::complain(std::string_view name, Text message) {
  complaints_.push_back({std::string(name), std::move(message)});
}

std::optional<Problem> QueryReader::fault() const {
  if (request_) {
    if (complaints_.empty()) return std::nullopt;
    const auto& [name, message] = complaints_.front();
    return malformed({"查询参数 " + name + "：" + message.zh, "The query parameter " + name + ": " + message.en});
  }
  std::vector<FieldComplaint> complaints;
  for (const auto& [name, message] : complaints_) complaints.push_back({'/' + name, message});
  for (const auto& member : body_) {
    const std::string_view name{member.key().data(), member.key().size()};
    if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
      complaints.push_back({'/' + pointer_token(name), {"没有此项", "There is no such member"}});
  }
  if (complaints.empty()) return std::nullopt;
  return invalid(std::move(complaints));
}

}  // namespace xueji::web
