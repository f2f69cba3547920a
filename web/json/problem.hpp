// Problem documents (RFC 9457): how every refusal is told, in the caller's language.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/machine/refusal.hpp"
#include "web/http/http.hpp"
#include "web/json/json_writer.hpp"

namespace xueji::web {

struct Problem {
  std::string slug;  ///< of problem_types()
  Text detail;       ///< empty: the type's own explanation
  std::vector<FieldComplaint> errors;
  std::vector<std::pair<std::string, std::string>> headers;
  std::function<void(JsonWriter&, Language)> members;  ///< writes further members into the open object
};

Problem malformed(Text detail);
/// Always the same text: nothing tells an unknown thing from one outside the jurisdiction.
Problem not_found();
Problem not_allowed(Text detail);
Problem invalid(std::vector<FieldComplaint> errors);
Problem busy();
Problem rate_limited(std::int64_t seconds);

int status_of(const Problem& problem);
void write_problem(JsonWriter& json, const Problem& problem, Language language, std::string_view instance);
HttpResponse problem_response(const Problem& problem, Language language, std::string_view instance);

}  // namespace xueji::web
