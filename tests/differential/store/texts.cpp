#include "tests/differential/store/texts.hpp"

#include <fmt/format.h>

#include "adapters/sql/history_document.hpp"
#include "adapters/sql/request_document.hpp"

namespace xueji::differential {
namespace {

template <class Tag>
std::string part(Id<Tag> id) {
  return to_string(id);
}
std::string part(std::integral auto number) { return std::to_string(number); }
std::string part(Instant instant) { return to_rfc3339(instant); }
std::string part(std::string_view text) { return '"' + std::string(text) + '"'; }
std::string part(const Text& text) { return part(text.zh) + '/' + part(text.en); }
std::string part(const Holder& holder) { return fmt::format("{}@{}", to_string(holder.role), holder.office.value); }
template <class T>
std::string part(const std::optional<T>& value) {
  return value ? part(*value) : "-";
}
std::string part(const StudentNumber& number) {
  return fmt::format("{} {} {} {}", number.number, to_string(number.kind), to_string(number.state), part(number.since));
}
std::string part(const Task& task) {
  return fmt::format("task {} of {} at {} {} since {} due {} claimed {}", part(task.id), part(task.request),
                     part(task.holder), task.state, part(task.since), part(task.due), part(task.claimed_by));
}
std::string part(const Post& post) {
  return fmt::format("post {} of {} at {}/{} from {} lent {} {} until {}", part(post.id), part(post.account),
                     part(post.office), to_string(post.role), part(post.from), part(post.delegated_from),
                     post.delegated_from_username, part(post.until));
}
std::string part(const FieldComplaint& complaint) { return complaint.pointer + part(complaint.message); }
std::string part(const Reason& reason) {
  return reason.rule + part(reason.message) + part(reason.since) + part(reason.from);
}
std::string part(const OutboxRow::Told& told) {
  return fmt::format("{} {} {} {}", part(told.id), told.kind, part(told.account), part(told.holder));
}

template <class T>
std::string part(const std::vector<T>& values) {
  std::string text = "[";
  for (const auto& value : values) text += part(value) + ' ';
  return text + ']';
}

template <class... Parts>
std::string joined(const Parts&... parts) {
  std::string text;
  ((text += part(parts) + ' '), ...);
  return text;
}

std::string text_of(const Refusal& refusal) {
  std::string text = joined(slug(refusal.kind), refusal.detail, refusal.complaints, refusal.blocking_request,
                            refusal.blocking_holders, refusal.current_version, refusal.opens_at);
  if (const auto& why = refusal.explanation) text += joined(why->action, why->allowed, why->reasons, why->who);
  return text;
}

}  // namespace

std::string text_of(const Student& student) {
  const std::string until = student.status_until ? to_string(*student.status_until) : "";
  return joined(student.id, student.school, student.name, student.id_number, to_string(student.sex),
                to_string(student.birth_date), to_string(student.status), until, student.grade, student.class_name,
                student.numbers, student.open_request, student.version, student.merged_into);
}

std::string text_of(const Twins& twins) { return text_of(twins.first) + '\n' + text_of(twins.second); }

std::string text_of(const Request& request) {
  return joined(request.id, request.definition, request.student, request.school, request.version, request.token.state,
                request.outcome ? to_string(*request.outcome) : std::string_view{}, request.opened_by,
                request.opened_at, request.last_hash) +
         sql::to_document(request);
}

std::string text_of(const Finding& finding) {
  return joined(finding.check, to_string(finding.outcome), finding.at, finding.code, finding.detail);
}

std::string text_of(const CommandResult& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) return text_of(*refusal);
  const auto& committed = std::get<Committed>(result);
  return text_of(committed.request) + '\n' + text_of(committed.student) + (committed.replayed ? "\nreplayed" : "");
}

std::string text_of(const DueTask& due) { return joined(due.task) + text_of(due.request) + text_of(due.student); }

std::string text_of(const RequestRow& row) {
  std::string text = text_of(row.request) + text_of(row.student) + joined(row.opened_by_username, row.opened_by_name);
  for (const Claimer& claimer : row.claimers) text += joined(claimer.account, claimer.username, claimer.name);
  return text;
}

std::string text_of(const TaskRow& row) {
  return joined(row.task, row.request_version, row.definition, row.student, row.student_name, row.school,
                row.claimed_by_username, row.claimed_by_name);
}

std::string text_of(const CheckRow& row) { return joined(row.id, row.student_name) + text_of(row.request); }

std::string text_of(const HistoryRow& row) {
  const auto& entry = row.entry;
  return joined(row.id, row.request, row.student, row.definition, row.by_username, row.by_name, row.hash,
                row.previous_hash, row.request_version, entry.by, entry.as, entry.action, entry.from, entry.to,
                entry.comment, entry.recorded_at, entry.effective_at) +
         sql::changes_to_text(entry.changes);
}

std::string text_of(const NotificationRow& row) {
  return joined(row.id, row.at, row.kind, row.request, row.definition, row.state, row.comment, row.student_name,
                row.read);
}

std::string text_of(const OutboxRow& row) {
  return joined(row.id, row.request, row.definition, row.version, row.action, row.at, row.state, row.before, row.after,
                row.concerned, row.told);
}

std::string text_of(const StatisticsRow& row) {
  return joined(row.workflow, row.state, row.ended, row.count, row.overdue);
}

std::string text_of(const DefinitionCount& row) { return joined(row.definition, row.state, row.count, row.overdue); }

std::string text_of(const StateWaiting& row) {
  return joined(row.definition, row.state, row.count, row.overdue, row.mean.count(), row.longest.count());
}

std::string text_of(const DuplicateHit& hit) { return joined(hit.student, hit.school, hit.code); }

std::string text_of(const Accounts::Listed& listed) {
  const auto& account = listed.account;
  return joined(account.id, account.username, account.name, static_cast<int>(account.language), account.disabled,
                account.failures, account.locked_until, listed.posts);
}

std::string text_of(const Accounts::Lent& lent) { return joined(lent.post, lent.username, lent.name); }

}  // namespace xueji::differential
