// One request with all that the database holds of it, and whether that agrees with itself. Pure.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "adapters/sql/audit.hpp"
#include "engine/ports/queries.hpp"

namespace xueji::sql {

/// A row of `student_change`.
struct ChangeRow {
  long long history;
  RegistryChange change;
  bool operator==(const ChangeRow&) const = default;
};

/// A row of `task`.
struct AuditedTask {
  long long number = 0;
  long long branch = 0;
  long long escalated = 0;
  long long queue = 0;
  std::string state;
  auto operator<=>(const AuditedTask&) const = default;
};

/// A row of `request_subject`, and the student's open request.
struct AuditedSubject {
  Subject subject;
  RequestId locked_by;
};

/// A row of `request_past_place`.
struct PastPlace {
  OfficeId office;
  Instant until;
  auto operator<=>(const PastPlace&) const = default;
};

struct AuditedRequest {
  Request request;
  std::int64_t subject_count = 1;
  std::vector<AuditedTask> tasks;
  std::vector<HistoryRow> entries;         ///< in their order
  std::vector<SubmissionRow> submissions;  ///< in their order
  std::vector<ChangeRow> changes;
  std::vector<std::string> scans;        ///< that the database keeps for it, SHA-256
  std::vector<OfficeId> places;          ///< to which the database shows it, in order of their ids
  std::vector<PastPlace> past_places{};  ///< to which it shows a part, likewise
  std::string once;                      ///< what the database keeps for it alone
  RequestId locked_by;                   ///< the student's open request
  std::vector<AuditedSubject> subjects;  ///< of several students, in their order
};

/// Tells each fault in one sentence that names ids only.
void check_request(const AuditedRequest& one, const CheckScan& check_scan,
                   const std::function<void(std::string)>& fault);

}  // namespace xueji::sql
