// JSON bodies as typed values: every fault is collected with its JSON Pointer, unknown members included.
#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/machine/command.hpp"
#include "web/http/http.hpp"
#include "web/json/problem.hpp"

namespace xueji::web {

enum class EmptyBody { refused, is_empty_object };
/// The body's object: application/json, well-formed, without duplicate keys and control characters.
std::variant<boost::json::object, Problem> read_body(const HttpRequest& request, EmptyBody empty = EmptyBody::refused);

/// Reads the members of one object. `null` is a fault, but where a nullable member is asked for: there it counts as
/// absent.
class BodyReader {
 public:
  explicit BodyReader(const boost::json::object& object, std::string pointer = {})
      : object_(object), pointer_(std::move(pointer)) {}

  /// Whether the member is written, as whatever it is.
  bool has(std::string_view name) const { return object_.contains({name.data(), name.size()}); }
  std::string required_text(std::string_view name);
  std::optional<std::string> text(std::string_view name);
  std::optional<std::string> nullable_text(std::string_view name);
  std::optional<bool> truth(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name);
  std::optional<Instant> instant(std::string_view name);
  std::optional<Instant> nullable_instant(std::string_view name);
  /// An object of texts; of rows, an array of such objects, the text that rows.hpp writes.
  std::optional<FieldValues> fields(std::string_view name);
  /// Of several students, by ordinal, what is filled in for each.
  std::vector<ForOne> each(std::string_view name);
  std::optional<std::vector<EvidenceReference>> evidence(std::string_view name);
  std::optional<std::vector<std::string>> texts(std::string_view name);
  /// The objects of an array, each with its pointer; complains of everything else.
  std::vector<std::pair<const boost::json::object*, std::string>> objects(std::string_view name, std::size_t max);

  void complain(std::string_view member, Text message);
  void adopt(std::vector<FieldComplaint> complaints);
  /// Complaints, with those about members that were never asked for.
  std::vector<FieldComplaint> finish();

 private:
  enum class Null { is_fault, is_absent };
  FieldValues values_in(const boost::json::object& object, const std::string& pointer, bool takes_rows);
  std::string rows_in(const boost::json::array& rows, const std::string& pointer);
  const boost::json::value* find(std::string_view name, Null null = Null::is_fault);
  std::optional<std::string> text(std::string_view name, Null null);
  std::optional<Instant> instant(std::string_view name, Null null);
  std::string pointer_to(std::string_view name) const;

  const boost::json::object& object_;
  const std::string pointer_;
  std::set<std::string, std::less<>> asked_;
  std::vector<FieldComplaint> complaints_;
};

}  // namespace xueji::web
