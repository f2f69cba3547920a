#include "adapters/sql/write_transaction.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/sql/history_document.hpp"
#include "adapters/sql/request_document.hpp"
#include "adapters/sql/rows.hpp"
#include "engine/machine/history_hash.hpp"

namespace xueji::sql {
namespace {

StoreError stale(const char* what) { return {StoreError::Kind::stale, what}; }

std::string_view outcome_text(const Request& request) {
  return request.outcome ? to_string(*request.outcome) : std::string_view{};
}

}  // namespace

SqlWriteTransaction::SqlWriteTransaction(Connections& connections) : writing_(connections) {}

SqlWriteTransaction::NextIds& SqlWriteTransaction::next_ids() {
  if (!next_) {
    next_ =
        NextIds{next_id(*writing_, "SELECT MAX(id) FROM request"), next_id(*writing_, "SELECT MAX(id) FROM history"),
                next_id(*writing_, "SELECT MAX(id) FROM notification")};
  }
  return *next_;
}

RequestId SqlWriteTransaction::next_request_id() { return RequestId{next_ids().request++}; }

std::vector<Written> SqlWriteTransaction::write(std::span<Write> writes) {
  remember_what_is_written(writes);
  std::vector<Written> written;
  written.reserve(writes.size());
  for (auto& one : writes) written.push_back(write_one(one));
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
  }
  remember_requests(requests);
  remember_students(students);
}

Written SqlWriteTransaction::write_one(Write& write) {
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
  if (entries.empty() && (write.key || !write.decision.notices.empty()))
    throw std::logic_error("a decision without history can keep neither a key nor notices");
  std::vector<Link> chain;
  Link end{{}, before ? known->second.last_history : HistoryId{}, {}, before ? before->last_hash : std::string{}};
  for (const auto& entry : entries) {
    end = {end.id, HistoryId{next.history++}, end.hash, history_hash(end.hash, request.id, request.student, entry)};
    chain.push_back(end);
    written.history.push_back(end.id);
  }
  request.last_hash = end.hash;

  write_request(write, before, end.id);
  write_tasks(request, before);
  write_evidence(request, before);
  write_student(write.decision);
  for (std::size_t position = 0; position < entries.size(); ++position)
    write_entry(write, position, chain[position], written.notifications);
  requests_.insert_or_assign(request.id, StoredRequest{request, end.id});
  return written;
}

void SqlWriteTransaction::write_request(const Write& write, const Request* before, HistoryId last_history) {
  const auto& request = write.decision.request;
  if (!before) {
    writing_
        ->prepare(
            "INSERT INTO request (id, definition_id, student_id, school_id, state, outcome, version, opened_by, "
            "opened_at, "
            "last_hash, last_history_id, document) VALUES (?i, ?i, ?i, ?i, ?t, ?t, ?i, ?i, ?i, ?t, ?i, ?t)")
        .bind(request.id, request.definition, request.student, request.school, request.token.state,
              outcome_text(request), request.version, request.opened_by, request.opened_at, request.last_hash,
              last_history, to_document(request))
        .run();
    return;
  }
  const auto changed =
      writing_
          ->prepare(
              "UPDATE request SET state = ?t, outcome = ?t, version = ?i, last_hash = ?t, last_history_id = ?i, "
              "document = ?t WHERE id = ?i AND version = ?i")
          .bind(request.token.state, outcome_text(request), request.version, request.last_hash, last_history,
                to_document(request), request.id, before->version)
          .run();
  if (changed != 1) throw stale("a request has moved to another version");
}

void SqlWriteTransaction::write_tasks(const Request& request, const Request* before) {
  const auto old_tasks = before ? tasks_of(*before) : std::vector<Task>{};
  const auto new_tasks = tasks_of(request);
  const auto timer_of = [](const Request& of, const Task& task) {
    return micros_or_never(task.id.value % task_branches_max == 0 ? of.token.timer : std::nullopt);
  };
  for (const auto& task : new_tasks) {
    const auto timer = timer_of(request, task);
    const auto old =
        std::find_if(old_tasks.begin(), old_tasks.end(), [&](const Task& other) { return other.id == task.id; });
    if (old == old_tasks.end()) {
      writing_
          ->prepare(
              "INSERT INTO task (id, request_id, definition_id, student_id, school_id, queue, state, since, due, "
              "timer, "
              "claimed_by) VALUES (?i, ?i, ?i, ?i, ?i, ?i, ?t, ?i, ?i, ?i, ?i)")
          .bind(task.id, request.id, request.definition, request.student, request.school, queue_of(task.holder),
                task.state, task.since, micros_or_never(task.due), timer, task.claimed_by)
          .run();
      continue;
    }
    const bool stays = old->holder == task.holder && old->state == task.state && old->since == task.since &&
                       old->due == task.due && timer_of(*before, *old) == timer;
    if (!stays) {
      writing_
          ->prepare(
              "UPDATE task SET queue = ?i, state = ?t, since = ?i, due = ?i, timer = ?i, claimed_by = ?i "
              "WHERE id = ?i")
          .bind(queue_of(task.holder), task.state, task.since, micros_or_never(task.due), timer, task.claimed_by,
                task.id)
          .run();
    } else if (old->claimed_by != task.claimed_by) {
      writing_->prepare("UPDATE task SET claimed_by = ?i WHERE id = ?i").bind(task.claimed_by, task.id).run();
    }
  }
  for (const auto& task : old_tasks) {
    const bool kept =
        std::any_of(new_tasks.begin(), new_tasks.end(), [&](const Task& other) { return other.id == task.id; });
    if (!kept) writing_->prepare("DELETE FROM task WHERE id = ?i").bind(task.id).run();
  }
}

void SqlWriteTransaction::write_evidence(const Request& request, const Request* before) {
  const auto hashes = [](const Request& of) {
    std::set<std::string_view> found;
    for (const auto& item : of.evidence) found.insert(item.sha256);
    return found;
  };
  const auto old_hashes = before ? hashes(*before) : std::set<std::string_view>{};
  const auto new_hashes = hashes(request);
  if (old_hashes == new_hashes) return;
  for (const auto hash : old_hashes)
    if (!new_hashes.contains(hash))
      writing_->prepare("DELETE FROM request_evidence WHERE request_id = ?i AND sha256 = ?t")
          .bind(request.id, hash)
          .run();
  for (const auto hash : new_hashes)
    if (!old_hashes.contains(hash))
      writing_->prepare("INSERT INTO request_evidence (request_id, sha256) VALUES (?i, ?t)")
          .bind(request.id, hash)
          .run();
}

void SqlWriteTransaction::write_entry(const Write& write, std::size_t position, const Link& link,
                                      const std::vector<NotificationId>& notifications) {
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
  writing_
      ->prepare(
          "INSERT INTO history (id, previous_id, request_id, student_id, definition_id, account_id, office_id, role, "
          "action, from_state, "
          "to_state, comment, recorded_at, effective_at, changes, request_version, previous_hash, hash, outbox, "
          "key_hash, key_account_id, idempotency_key, fingerprint) VALUES (?i, ?i, ?i, ?i, ?i, ?i, ?i, ?t, ?t, ?t, ?t, "
          "?t, ?i, ?i, ?t, "
          "?i, ?t, ?t, ?t, ?i, ?i, ?t, ?t)")
      .bind(link.id, link.previous, request.id, request.student, request.definition, entry.by,
            entry.as ? entry.as->office : OfficeId{}, entry.as ? to_string(entry.as->role) : std::string_view{},
            entry.action, entry.from, entry.to, entry.comment, entry.recorded_at, entry.effective_at,
            changes_to_text(entry.changes), request.version, link.previous_hash, link.hash, outbox,
            key ? std::optional{key_hash(key->account, key->key)} : std::nullopt,
            key ? std::optional{key->account} : std::nullopt, key ? OptionalText{key->key} : OptionalText{},
            key ? OptionalText{key->fingerprint} : OptionalText{})
      .run();

  constexpr long long changes_max = 64;
  long long number = link.id.value * changes_max;
  for (const auto& change : entry.changes) {
    writing_
        ->prepare(
            "INSERT INTO student_change (id, history_id, student_id, member, old_value, new_value, effective_at, "
            "recorded_at) VALUES (?i, ?i, ?i, ?t, ?t, ?t, ?i, ?i)")
        .bind(number++, link.id, request.student, change.member, change.old_value, change.new_value, entry.effective_at,
              entry.recorded_at)
        .run();
  }
  if (!last) return;
  for (std::size_t at = 0; at < notifications.size(); ++at) {
    const auto& notice = decision.notices[at];
    writing_
        ->prepare(
            "INSERT INTO notification (id, history_id, request_id, kind, account_id, queue) VALUES (?i, ?i, ?i, ?t, "
            "?i, ?i)")
        .bind(notifications[at], link.id, request.id, notice.kind, notice.account, queue_of(notice.holder))
        .run();
  }
}

}  // namespace xueji::sql
