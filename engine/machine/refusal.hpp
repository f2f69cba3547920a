// Refusals: why a command is not carried out, as values.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/base/time.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

/// In order of precedence: the first that applies is the answer.
enum class RefusalKind {
  not_found,  ///< unknown, or outside the caller's jurisdiction: nothing tells the two apart
  idempotency_in_progress,
  idempotency_mismatch,
  stale,
  not_in_this_state,
  separation_of_duties,
  not_allowed,
  one_by_one,  ///< decided among several at once, where each is opened and decided there
  business_retired,
  window_closed,
  status_not_eligible,
  open_business,
  once_per,           ///< another request of the business is had for the same
  numbers_exhausted,  ///< every student number of the division, birth date and sex has been given
  validation,
  missing_evidence,
  busy,    ///< the pipeline is full; nothing was tried
  failed,  ///< something unexpected; nothing was changed
};

/// The slug of the problem type: `not-found`, `idempotency-in-progress`, ...
std::string_view slug(RefusalKind kind);

/// One rule that stands in the way, for people.
struct Reason {
  std::string rule;  ///< `post`, `claimed`, `own-submission`, `different-people`, `one-by-one`, `state`, `retired`,
                     ///< `part-ended`, `window`, `guard`, ...
  Text message;
  std::optional<Instant> since;  ///< since when it stands
  std::optional<Instant> from;   ///< from when on it no longer will, where that is known
};

struct FieldComplaint {
  std::string pointer;  ///< JSON Pointer into the body: `/fields/new_id_number`
  Text message;
};

/// The answer to "may this person do that, if not why, and who could".
struct Explanation {
  std::string action;
  bool allowed = false;
  std::vector<Reason> reasons;  ///< every rule that refuses, gravest first; empty when allowed
  std::vector<Holder> who;      ///< who could do it as the request stands
};

struct Refusal {
  RefusalKind kind = RefusalKind::failed;
  Text detail;                                ///< what happened and what to do
  std::vector<FieldComplaint> complaints;     ///< validation, missing_evidence
  std::optional<Explanation> explanation;     ///< refused actions
  std::optional<RequestId> blocking_request;  ///< open_business, once_per
  std::vector<Holder> blocking_holders;
  std::optional<std::int64_t> current_version;  ///< stale
  std::optional<Instant> opens_at;              ///< window_closed
};

}  // namespace xueji
