// What a list is asked for: query parameters, or the members of a search's body, as typed values. What can't be read is
// remembered; fault() tells it.
#pragma once
#include <algorithm>
#include <boost/json/object.hpp>
#include <iterator>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/ports/queries.hpp"
#include "web/http/http.hpp"
#include "web/json/problem.hpp"

namespace xueji::web {

class QueryReader {
 public:
  /// The query parameters.
  explicit QueryReader(const HttpRequest& request) : request_(&request) {}
  /// The members of the body, which names and numbers stand in: addresses are kept in too many places.
  static std::variant<QueryReader, Problem> of_body(const HttpRequest& request);

  /// Nothing for an absent or empty one.
  std::optional<std::string> text(std::string_view name);
  std::optional<bool> truth(std::string_view name);
  template <class AnyId>
  std::optional<AnyId> id(std::string_view name) {
    return parsed<AnyId>(name, [](std::string_view text) { return parse_id<AnyId>(text); });
  }
  /// By a function from text to optional value. An empty one is not valid.
  template <class Value, class Parse>
  std::optional<Value> parsed(std::string_view name, Parse parse) {
    const auto found = given(name);
    if (!found) return std::nullopt;
    const std::optional<Value> value = parse(std::string_view(*found));
    if (!value) complain(name, not_valid());
    return value;
  }
  /// For what is well-formed and still can't be meant.
  void complain(std::string_view name, Text message);
  /// `limit` (1 to 200) and `cursor`.
  PageRequest page();
  /// 400 for the first bad query parameter; 422 for bad members of a body, and those that nobody asked for.
  std::optional<Problem> fault() const;

 private:
  explicit QueryReader(boost::json::object body) : body_(std::move(body)) {}
  std::optional<std::string> given(std::string_view name);
  static Text not_valid();
  const boost::json::value* member(std::string_view name);

  const HttpRequest* request_ = nullptr;  ///< else the body
  boost::json::object body_;
  std::vector<std::string> asked_;
  std::vector<FieldComplaint> complaints_;  ///< the pointer is the name
};

/// A page of what is at hand whole; throws BadCursor.
template <class Item>
Page<Item> page_of(std::vector<Item> all, const PageRequest& page) {
  std::size_t begin = 0;
  if (page.after) begin = static_cast<std::size_t>(parse_id<RequestId>(*page.after).value_or(RequestId{}).value);
  if (page.after && (begin == 0 || begin > all.size())) throw BadCursor();
  const std::size_t end = std::min(begin + page.limit, all.size());
  Page<Item> made;
  made.items.assign(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(begin)),
                    std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)));
  if (end < all.size()) made.next = std::to_string(end);
  return made;
}

}  // namespace xueji::web
