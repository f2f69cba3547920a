#include "adapters/sql/write_transaction.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "adapters/sql/history_document.hpp"
#include "adapters/sql/pending_rows.hpp"
#include "adapters/sql/request_document.hpp"
#include "adapters/sql/rows.hpp"
#include "engine/machine/history_hash.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/sight.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji::sql {
namespace {

StoreError stale(const char* what) { return {StoreError::Kind::stale, what}; }

std::string_view outcome_text(const Request& request) {
  return request.outcome ? to_string(*request.outcome) : std::string_view{};
}

/// StoredRequest::shown_until of a request that was written with `last` as its last entry.
HistoryId shown_until(const Request& request, const StoredRequest* before, HistoryId last) {
  if (request.unfiled) return before ? before->shown_until : last;
  if (!request.outcome) return {};
  return before && before->request.outcome ? before->shown_until : last;
}

/// What a row of `task` holds of one task.
struct TaskLine {
  std::int64_t number = 0;
  std::int64_t branch = 0;
  int escalated = 0;
  long long queue = 0;
  std::string state;
  Instant since;
  long long due = 0;
  long long timer = 0;
  std::optional<Instant> mark;  ///< since when nobody at its post can decide it
  AccountId claimed_by;

  bool stands_as(const TaskLine& other) const {
    return std::tie(queue, state, since, due, timer) ==
           std::tie(other.queue, other.state, other.since, other.due, other.timer);
  }
};

std::vector<TaskLine> task_lines_of(const Request& request) {
  std::vector<TaskLine> lines;
  for (const Task& task : kept_tasks_of(request)) {
    const TaskPlace place = place_of(request, task.id).value();
    TaskLine line{number_of(task.id),
                  static_cast<std::int64_t>(place.branch),
                  place.escalated ? 1 : 0,
                  queue_of(task.holder),
                  task.state,
                  task.since,
                  micros_or_never(task.due),
                  micros_or_never(std::nullopt),
                  {},
                  task.claimed_by};
    if (const Token* token = place.escalated ? nullptr : token_of(request, task.id)) {
      line.timer = micros_or_never(token->timer);
      if (token->undecidable) line.mark = token->undecidable->since;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

SqlWriteTransaction::SqlWriteTransaction(Connections& connections) : writing_(connections) {}

SqlWriteTransaction::NextIds& SqlWriteTransaction::next_ids() {
  if (!next_) {
    auto& highest = writing_->prepare(
        "SELECT (SELECT MAX(id) FROM request), (SELECT MAX(id) FROM history), (SELECT MAX(id) FROM notification), "
        "(SELECT MAX(id) FROM undo_event)",
        "iiii");
    highest.one();
    next_ =
        NextIds{highest.integer(0) + 1, std::max(highest.integer(1), highest.integer(3)) + 1, highest.integer(2) + 1};
  }
  return *next_;
}

RequestId SqlWriteTransaction::next_request_id() { return RequestId{next_ids().request++}; }

bool SqlWriteTransaction::is_anothers_id_number(const std::string& id_number, StudentId self) {
  return sql::is_anothers_id_number(*writing_, id_number, self);
}

bool SqlWriteTransaction::is_anothers_number(const std::string& number, StudentId self) {
  return sql::is_anothers_number(*writing_, number, self);
}

RequestId SqlWriteTransaction::who_has(const std::string& once) { return sql::who_has(*writing_, once); }

std::vector<Written> SqlWriteTransaction::write(std::span<Write> writes) {
  remember_what_is_written(writes);
  WriteRows rows(*writing_);
  Touched touched;
  std::vector<Written> written;
  written.reserve(writes.size());
  for (auto& one : writes) written.push_back(write_one(one, touched, rows));
  for (const auto& [id, before] : touched.requests) {
    write_request(requests_.at(id), before ? &*before : nullptr, rows);
    write_migration(requests_.at(id).request, before ? &*before : nullptr, rows);
    write_tasks(requests_.at(id).request, before ? &*before : nullptr, rows);
    write_evidence(requests_.at(id).request, before ? &*before : nullptr, rows);
    write_places(requests_.at(id).request, before ? &*before : nullptr, rows);
    write_once(requests_.at(id).request, before ? &*before : nullptr, rows);
  }
  for (const auto& [id, act] : touched.pending) write_pending(id, act, rows);
  write_students(touched, rows);
  rows.run();
  return written;
}

void SqlWriteTransaction::commit() { writing_.commit(); }

void SqlWriteTransaction::remember_what_is_written(std::span<const Write> writes) {
  std::vector<RequestId> requests;
  std::vector<StudentId> students;
  for (const auto& write : writes) {
    const auto& decision = write.decision;
    if (!decision.request.id) throw std::logic_error("a decision is written before its request has an id");
    if (decision.replaces) requests.push_back(decision.request.id);
    if (decision.locks_student || decision.unlocks_student || !decision.changes.empty())
      students.push_back(decision.request.student);
    for (const auto& entry : decision.history)
      if (entry.about) students.push_back(entry.about);
    for (const auto* subjects : {&decision.subjects.added, &decision.subjects.set_aside})
      for (const auto& subject : *subjects) students.push_back(subject.student);
  }
  remember_requests(requests);
  remember_students(students);
}

Written SqlWriteTransaction::write_one(Write& write, Touched& touched, WriteRows& rows) {
  auto& request = write.decision.request;
  const auto known = requests_.find(request.id);
  const Request* before = known == requests_.end() ? nullptr : &known->second.request;
  if (write.decision.replaces && (!before || before->version != *write.decision.replaces))
    throw stale("a request has moved to another version");

  auto& next = next_ids();
  Written written;
  for (std::size_t count = 0; count < write.decision.notices.size(); ++count)
    written.notifications.push_back(NotificationId{next.notification++});

  const auto& entries = write.decision.history;
  if (entries.empty() && ((write.key && !write.decision.holds) || !write.decision.notices.empty()))
    throw std::logic_error("a decision without history can keep neither a key nor notices");
  std::vector<Link> chain;
  Link end{{}, before ? known->second.last_history : HistoryId{}, {}, before ? before->last_hash : std::string{}};
  for (const auto& entry : entries) {
    end = {end.id, HistoryId{next.history++}, end.hash,
           history_hash(history_hash_format, end.hash, request.id, subject_of(request, entry), entry)};
    chain.push_back(end);
    written.history.push_back(end.id);
  }
  request.last_hash = end.hash;
  if (write.told_aside) written.undo_event = HistoryId{next.history++};
  if (write.decision.undone) written.undone = NotificationId{next.notification++};

  touched.requests.try_emplace(request.id, before ? std::optional{*before} : std::nullopt);
  change_student(write.decision, touched);
  if (request.several) change_subjects(write.decision, touched, rows);
  if (const auto& submission = write.decision.submission) write_submission(request, *submission, chain, rows);
  for (std::size_t position = 0; position < entries.size(); ++position)
    write_entry(write, position, chain[position], written.notifications, rows);
  change_pending(write, touched, rows);
  if (write.told_aside) write_undo_event(write, written, end.id, rows);
  const HistoryId until = shown_until(request, before ? &known->second : nullptr, end.id);
  requests_.insert_or_assign(request.id, StoredRequest{request, end.id, until});
  return written;
}

void SqlWriteTransaction::write_request(const StoredRequest& stored, const Request* before, WriteRows& rows) {
  const auto& request = stored.request;
  if (before)
    rows.changed_requests.add(request.token.state, outcome_text(request), request.version, request.last_hash,
                              stored.last_history, stored.shown_until, to_document(request), request.id,
                              before->version);
  else
    rows.new_requests.add(request.id, request.definition, request.student, request.school, request.token.state,
                          outcome_text(request), request.version, request.opened_by, request.opened_at,
                          request.last_hash, stored.last_history, stored.shown_until, to_document(request),
                          request.several ? request.several->count : 1);
}

void SqlWriteTransaction::change_pending(const Write& write, Touched& touched, WriteRows& rows) {
  const Decision& decision = write.decision;
  if (decision.ends_pending) touched.pending.insert_or_assign(decision.request.id, std::nullopt);
  if (!decision.holds) return;
  touched.pending.insert_or_assign(decision.request.id, decision.holds);
  if (!write.key) return;
  rows.undoable_keys.add(key_hash(write.key->account, write.key->key), write.key->account, write.key->key,
                         write.key->fingerprint, decision.request.id, decision.holds->until);
  rows.forgotten_keys.add(decision.holds->until - undo_remembered);
}

void SqlWriteTransaction::write_pending(RequestId request, const std::optional<PendingAct>& act, WriteRows& rows) {
  rows.ended_acts.add(request);
  rows.ended_act_evidence.add(request);
  if (!act) return;
  rows.new_acts.add(request, act->by, act->what.action, act->from, act->until, act_to_document(act->what));
  std::set<std::string_view> hashes;
  if (act->what.evidence)
    for (const auto& item : *act->what.evidence) hashes.insert(item.sha256);
  for (const auto hash : hashes) rows.new_act_evidence.add(request, hash);
}

/// `last`: the newest entry of the request's history, which a notice names as well.
void SqlWriteTransaction::write_undo_event(const Write& write, const Written& written, HistoryId last,
                                           WriteRows& rows) {
  const Decision& decision = write.decision;
  const Request& request = decision.request;
  OutboxRow row;
  row.before = row.after = write.after;
  row.concerned = write.concerned;
  if (decision.undone) row.told.push_back({written.undone, "undone", decision.undone->officer, {}});
  const Text reason = decision.undone ? decision.undone->reason : Text{};
  rows.undo_events.add(written.undo_event, request.id, request.definition, request.version, undo_word(decision),
                       request.token.state, *write.told_aside, outbox_to_text(row), reason.zh, reason.en);
  rows.forgotten_events.add(*write.told_aside - undo_remembered);
  if (decision.undone)
    rows.undo_notifications.add(written.undone, last, request.id, "undone", decision.undone->officer, 0,
                                written.undo_event);
}

/// A request that moved to another version of its definition, with its tasks.
void SqlWriteTransaction::write_migration(const Request& request, const Request* before, WriteRows& rows) {
  if (!before || before->definition == request.definition) return;
  rows.migrated_requests.add(request.definition, request.id);
  rows.migrated_tasks.add(request.definition, request.id);
}

/// What has come to a new state is a new task, whose row takes the place of one that is over.
void SqlWriteTransaction::write_tasks(const Request& request, const Request* before, WriteRows& rows) {
  const auto old_tasks = before ? task_lines_of(*before) : std::vector<TaskLine>{};
  const auto new_tasks = task_lines_of(request);
  const auto same_in = [](const std::vector<TaskLine>& lines, const TaskLine& line) {
    return std::ranges::find(lines, line.number, &TaskLine::number);
  };
  std::vector<std::int64_t> over;
  for (const auto& line : old_tasks)
    if (same_in(new_tasks, line) == new_tasks.end()) over.push_back(line.number);
  for (const auto& line : new_tasks) {
    const auto old = same_in(old_tasks, line);
    if (old != old_tasks.end()) {
      if (!old->stands_as(line))
        rows.changed_tasks.add(line.queue, line.state, line.since, line.due, line.timer, line.claimed_by, request.id,
                               line.number);
      else if (old->claimed_by != line.claimed_by)
        rows.claimed_tasks.add(line.claimed_by, request.id, line.number);
      if (old->mark != line.mark) rows.marked_tasks.add(line.mark, request.id, line.number);
    } else if (!over.empty()) {
      rows.moved_tasks.add(line.number, line.branch, line.escalated, line.queue, line.state, line.since, line.due,
                           line.timer, line.claimed_by, line.mark, request.id, over.back());
      over.pop_back();
    } else {
      rows.new_tasks.add(request.id, line.number, line.branch, line.escalated, request.definition, request.student,
                         request.school, line.queue, line.state, line.since, line.due, line.timer, line.claimed_by,
                         line.mark);
    }
  }
  for (const std::int64_t number : over) rows.ended_tasks.add(request.id, number);
}

void SqlWriteTransaction::write_evidence(const Request& request, const Request* before, WriteRows& rows) {
  const auto hashes = [](const Request& of) {
    std::set<std::string_view> found;
    for (const auto& item : of.evidence) found.insert(item.sha256);
    found.insert(of.kept_evidence.begin(), of.kept_evidence.end());
    return found;
  };
  const auto old_hashes = before ? hashes(*before) : std::set<std::string_view>{};
  const auto new_hashes = hashes(request);
  for (const auto hash : old_hashes)
    if (!new_hashes.contains(hash)) rows.dropped_evidence.add(request.id, hash);
  for (const auto hash : new_hashes)
    if (!old_hashes.contains(hash)) rows.new_evidence.add(request.id, hash);
}

/// An office that has seen a request goes on seeing it, or what there was of it when its part ended.
void SqlWriteTransaction::write_places(const Request& request, const Request* before, WriteRows& rows) {
  const auto is_among = [](const auto& all, const auto& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const auto known = before ? offices_in_sight(*before) : std::vector<OfficeId>{};
  const auto seeing = offices_in_sight(request);
  for (const OfficeId office : known)
    if (!is_among(seeing, office)) rows.dropped_places.add(request.id, office);
  for (const OfficeId office : seeing)
    if (!is_among(known, office)) rows.new_places.add(request.id, office);
  if (request.parts_ended.empty() && (!before || before->parts_ended.empty())) return;
  const auto had = before ? parts_in_sight(*before) : std::vector<PartEnd>{};
  const auto parts = parts_in_sight(request);
  for (const PartEnd& part : had)
    if (!is_among(parts, part)) rows.dropped_past_places.add(request.id, part.school);
  for (const PartEnd& part : parts)
    if (!is_among(had, part)) rows.new_past_places.add(request.id, part.school, part.at);
}

void SqlWriteTransaction::write_once(const Request& request, const Request* before, WriteRows& rows) {
  const std::string had = before ? before->once : std::string();
  if (had == request.once) return;
  if (!had.empty()) rows.given_up_once.add(had, request.id);
  if (!request.once.empty()) rows.new_once.add(request.once, request.id);
}

/// `entries`: of the write that pinned it.
void SqlWriteTransaction::write_submission(const Request& request, const Submission& submission,
                                           const std::vector<Link>& entries, WriteRows& rows) {
  if (entries.empty()) throw std::logic_error("a submission is pinned without an entry of the history");
  rows.submissions.add(request.id, submission.ordinal, submission.round, entries.front().id, request.pinned.form,
                       request.pinned.evidence, submission_to_document(submission));
}

void SqlWriteTransaction::write_entry(const Write& write, std::size_t position, const Link& link,
                                      const std::vector<NotificationId>& notifications, WriteRows& rows) {
  const auto& decision = write.decision;
  const auto& request = decision.request;
  const auto& entry = decision.history[position];
  const bool first = position == 0;
  const bool last = position + 1 == decision.history.size();

  std::optional<std::string> outbox;
  if (last) {
    OutboxRow row;
    row.before = write.before;
    row.after = write.after;
    row.concerned = write.concerned;
    for (std::size_t at = 0; at < notifications.size(); ++at) {
      const auto& notice = decision.notices[at];
      row.told.push_back({notifications[at], notice.kind, notice.account, notice.holder});
    }
    outbox = outbox_to_text(row);
  }
  const auto key = first ? write.key : std::nullopt;
  using OptionalText = std::optional<std::string>;
  const StudentId student = subject_of(request, entry);
  rows.history.add(link.id, link.previous, request.id, student, request.definition, entry.by,
                   entry.as ? entry.as->office : OfficeId{}, entry.as ? to_string(entry.as->role) : std::string_view{},
                   entry.action, entry.from, entry.to, entry.comment, entry.recorded_at, entry.effective_at,
                   changes_to_text(entry.changes), request.version, link.previous_hash, link.hash, outbox,
                   key ? std::optional{key_hash(key->account, key->key)} : std::nullopt,
                   key ? std::optional{key->account} : std::nullopt, key ? OptionalText{key->key} : OptionalText{},
                   key ? OptionalText{key->fingerprint} : OptionalText{}, history_hash_format,
                   entry.based_on.submission, entry.about ? 1 : 0);

  constexpr long long changes_max = 64;
  long long number = link.id.value * changes_max;
  for (const auto& change : entry.changes) {
    rows.student_changes.add(number++, link.id, student, change.member, change.old_text(), change.new_text(),
                             entry.effective_at, entry.recorded_at);
  }
  if (!last) return;
  for (std::size_t at = 0; at < notifications.size(); ++at) {
    const auto& notice = decision.notices[at];
    rows.notifications.add(notifications[at], link.id, request.id, notice.kind, notice.account,
                           queue_of(notice.holder));
  }
}

}  // namespace xueji::sql
