// The shape Request.
#pragma once
#include <functional>
#include <span>

#include "engine/machine/decide.hpp"
#include "web/shapes/json_student.hpp"

namespace xueji::web {

/// The people whom a request names.
struct RequestPeople {
  Person opened_by;
  std::vector<Claimer> claimers;
};

/// Everything one Request is rendered from.
struct RequestView {
  const Request& request;
  const Student& student;
  OfficeId school;  ///< where the student is now
  const RequestPeople& people;
  const Caller& caller;
  const OpenRequest* other_open = nullptr;  ///< the student's open request where it is not this one
  OthersHave others_have{};                 ///< asks the registry
  const PendingRow* pending = nullptr;
  std::span<const SubjectRow> subjects{};  ///< of several students the first
  GoesOnOf goes_on_of{};
  WhoHas who_has{};                      ///< asks the registry
  std::optional<PartEnd> part_ended{};   ///< the reader's; then `request` is as it stood at its end
  const Student* shown = nullptr;        ///< instead of `student` where that is out of the reader's sight
  const Request* awaited = nullptr;      ///< the other request that it waits for
  const Request* opened_from = nullptr;  ///< the one that opened it
};

/// The one whom the reader is shown.
const Student& shown_student(const RequestRow& row);
const Student& shown_student(const SubjectRow& row);

/// The request's `{key, variant, version, sha256, title, subject}`.
void write_workflow_name(JsonWriter& json, const Definition& definition, const Rendering& rendering);
/// `{key, title, kind}`.
void write_state_name(JsonWriter& json, const Definition& definition, std::string_view state,
                      const Rendering& rendering);
/// `{action, actionTitle, by, byName, undoUntil}` or null; `pending` may be null.
void write_pending(JsonWriter& json, const PendingRow* pending, const Definition& definition,
                   const Rendering& rendering);
/// The shape Submission. `earlier` is the submission before it; null for the first.
void write_submission(JsonWriter& json, const SubmissionRow& row, const Submission* earlier,
                      const Definition& definition, const Rendering& rendering);
/// `{field: value}`, each as it is shown.
void write_values(JsonWriter& json, const Definition& definition, const FieldValues& values,
                  const Rendering& rendering);
void write_request(JsonWriter& json, const RequestView& view, const Rendering& rendering);
/// As it is shown to the caller: whole to whoever sees `school`, where the student is now, or of an ended request the
/// student's school as it stood then.
Rendering shown_to(const Caller& caller, const Request& request, const Student& student, OfficeId school,
                   const Rendering& rendering);
/// The same of what is about the request as a whole: of a pair whole to whoever sees both.
Rendering shown_to(const Caller& caller, const Request& request, const Student& student, OfficeId school,
                   std::span<const SubjectRow> subjects, const Rendering& rendering);
ClaimerPosts posts_of(const std::vector<Claimer>& claimers);
/// References must outlive the answer. `subjects` are the first of several.
Situation situation_of(const Request& request, const Student& student, std::span<const SubjectRow> subjects,
                       const ClaimerPosts& claimers, OthersHave others_have, const PendingRow* pending,
                       const Rendering& rendering, WhoHas who_has);

}  // namespace xueji::web
