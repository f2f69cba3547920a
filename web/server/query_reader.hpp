// Query parameters as typed values. What can't be read is remembered; fault() tells the first.
#pragma once
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "engine/ports/queries.hpp"
#include "web/server/application.hpp"
#include "web/server/problem.hpp"

namespace xueji::web {

class QueryReader {
 public:
  explicit QueryReader(const HttpRequest& request) : request_(request) {}

  /// Nothing for an absent or empty one.
  std::optional<std::string> text(std::string_view name);
  std::optional<bool> truth(std::string_view name);
  template <class AnyId>
  std::optional<AnyId> id(std::string_view name) {
    return parsed<AnyId>(name, [](std::string_view text) { return parse_id<AnyId>(text); });
  }
  /// By a function from text to optional value.
  template <class Value, class Parse>
  std::optional<Value> parsed(std::string_view name, Parse parse) {
    const auto found = text(name);
    if (!found) return std::nullopt;
    const std::optional<Value> value = parse(std::string_view(*found));
    if (!value) complain(name);
    return value;
  }
  /// `limit` (1 to 200) and `cursor`.
  PageRequest page();
  std::optional<Problem> fault() const;

 private:
  void complain(std::string_view name);

  const HttpRequest& request_;
  std::string bad_;
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
