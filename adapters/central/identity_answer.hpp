// The words that go over the wire to the national side and back.
#pragma once
#include <string>
#include <string_view>

#include "engine/ports/central_registry.hpp"

namespace xueji {

/// `{"name": …, "idNumber": …}`.
std::string question_body(const IdentityQuery& query);

/// What an answer means. Anything but status 200 with `{"outcome": "match" | "mismatch" | "unknown"}` is `unavailable`.
Finding finding_of_answer(unsigned status, std::string_view body);

Finding national_side_unavailable();

}  // namespace xueji
