#include <algorithm>

#include "adapters/sql/cursor.hpp"
#include "adapters/sql/history_document.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/sql_queries.hpp"

namespace xueji::sql {
namespace {

const std::string select_entries =
    "SELECT " + std::string(history_columns) + " FROM history h" + std::string(join_submission);

/// The entries of requests, found from each request's newest by the number of the one before it: that saves every
/// transition an index page (docs/decisions/0003).
std::string select_chains(std::string_view which_requests, std::string_view rest) {
  return "WITH RECURSIVE chain (id, previous_id) AS (SELECT h.id, h.previous_id FROM request r CROSS JOIN history h "
         "ON h.id = r.last_history_id WHERE " +
         std::string(which_requests) +
         " UNION ALL SELECT h.id, h.previous_id FROM chain c CROSS JOIN history h ON h.id = c.previous_id) "
         "SELECT " +
         std::string(history_columns) + " FROM chain c CROSS JOIN history h ON h.id = c.id" +
         std::string(join_submission) + std::string(rest);
}

std::vector<HistoryRow> with_names(Session& session, std::vector<HistoryRow> entries) {
  std::set<AccountId> accounts;
  for (const auto& entry : entries) accounts.insert(entry.entry.by);
  const auto people = load_people(session, accounts);
  for (auto& entry : entries) {
    if (const auto found = people.find(entry.entry.by); found != people.end()) {
      entry.by_username = found->second.username;
      entry.by_name = found->second.name;
    }
  }
  return entries;
}

std::vector<HistoryRow> read_entries(Session& session, Statement& rows) {
  std::vector<HistoryRow> entries;
  rows.each([&] { entries.push_back(read_history(rows, 0)); });
  return with_names(session, std::move(entries));
}

}  // namespace

std::vector<HistoryRow> read_chains(Session& session, RequestId after, RequestId last) {
  auto& rows = session.prepare(select_chains("r.id > ?i AND r.id <= ?i", "ORDER BY h.request_id, h.id"), history_kinds);
  std::vector<HistoryRow> entries;
  rows.bind(after, last).each([&] { entries.push_back(read_history(rows, 0)); });
  return entries;
}

Page<HistoryRow> SqlQueries::student_history(StudentId id, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const std::string list = "student history|" + to_string(id);
  Question question(std::string(with_record) + select_entries);
  question.value(id).where(
      "h.id IN (SELECT x.history_id FROM record c CROSS JOIN student_change x ON x.student_id = c.id)");
  if (page.after) question.where_key_after("h.id", true, read_cursor(list, "i", *page.after)[0]);
  question.add(" ORDER BY h.id DESC LIMIT ?i").value(page.limit + 1);
  return cut_page(read_entries(*session, question.prepare(*session, history_kinds)), page.limit,
                  [&](const HistoryRow& last) { return make_cursor(list, {static_cast<long long>(last.id.value)}); });
}

Page<HistoryRow> SqlQueries::request_history(RequestId id, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const std::string list = "request history|" + to_string(id);
  const long long after = page.after ? std::get<long long>(read_cursor(list, "i", *page.after)[0]) : 0;
  auto& rows = session->prepare(select_chains("r.id = ?i", "WHERE c.id > ?i ORDER BY c.id LIMIT ?i"), history_kinds);
  rows.bind(id, after, page.limit + 1);
  return cut_page(read_entries(*session, rows), page.limit,
                  [&](const HistoryRow& last) { return make_cursor(list, {static_cast<long long>(last.id.value)}); });
}

Page<SubmissionRow> SqlQueries::submissions(RequestId id, int through, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const std::string list = "submissions|" + to_string(id);
  Question question("SELECT " + std::string(submission_columns) +
                    ", h.recorded_at, h.account_id, a.username, a.name FROM submission p CROSS JOIN history h "
                    "ON h.id = p.history_id LEFT JOIN account a ON a.id = h.account_id");
  question.where("p.request_id = ?i AND p.ordinal <= ?i", id, static_cast<long long>(through));
  if (page.after)
    question.where_key_after("p.ordinal", true, std::get<long long>(read_cursor(list, "i", *page.after)[0]));
  question.add(" ORDER BY p.ordinal DESC LIMIT ?i").value(page.limit + 1);
  constexpr std::size_t own = submission_kinds.size();
  auto& rows = question.prepare(*session, std::string(submission_kinds) + "iitt");
  std::vector<SubmissionRow> found;
  rows.each([&] {
    SubmissionRow row = read_submission(rows, 0);
    row.at = instant_of(rows.integer(own));
    row.by = AccountId{rows.integer(own + 1)};
    if (!rows.null(own + 2)) row.by_username = rows.text(own + 2);
    if (!rows.null(own + 3)) row.by_name = rows.text(own + 3);
    found.push_back(std::move(row));
  });
  return cut_page(std::move(found), page.limit,
                  [&](const SubmissionRow& last) { return make_cursor(list, {last.submission.ordinal}); });
}

std::vector<OutboxRow> SqlQueries::outbox(HistoryId after, std::size_t limit) {
  const Connections::Reading session(connections_);
  std::vector<OutboxRow> outbox;
  const auto read = [&](Statement& rows) {
    rows.bind(after, limit).each([&] {
      OutboxRow row;
      row.id = HistoryId{rows.integer(0)};
      row.request = RequestId{rows.integer(1)};
      row.definition = DefinitionId{rows.integer(2)};
      row.version = rows.integer(3);
      row.action = rows.text(4);
      row.at = instant_of(rows.integer(5));
      row.state = rows.text(6);
      read_outbox(rows.text(7), row);
      outbox.push_back(std::move(row));
    });
  };
  read(session->prepare(
      "SELECT h.id, h.request_id, h.definition_id, h.request_version, h.action, h.recorded_at, h.to_state, "
      "h.outbox FROM history h WHERE h.id > ?i AND h.outbox IS NOT NULL ORDER BY h.id LIMIT ?i",
      "iiiititt"));
  read(session->prepare(
      "SELECT u.id, u.request_id, u.definition_id, u.request_version, u.word, u.recorded_at, u.state, u.outbox "
      "FROM undo_event u WHERE u.id > ?i ORDER BY u.id LIMIT ?i",
      "iiiititt"));
  std::sort(outbox.begin(), outbox.end(), [](const OutboxRow& a, const OutboxRow& b) { return a.id < b.id; });
  if (outbox.size() > limit) outbox.resize(limit);
  return outbox;
}

HistoryId SqlQueries::newest_history() {
  const Connections::Reading session(connections_);
  return HistoryId{
      std::max(next_id(*session, "SELECT MAX(id) FROM history"), next_id(*session, "SELECT MAX(id) FROM undo_event")) -
      1};
}

std::vector<HistoryRow> SqlQueries::audit_page(RequestId request_after, std::size_t requests) {
  const Connections::Reading session(connections_);
  long long last = 0;
  auto& ids = session->prepare("SELECT id FROM request WHERE id > ?i ORDER BY id LIMIT ?i", "i");
  ids.bind(request_after, requests).each([&] { last = ids.integer(0); });
  if (last == 0) return {};
  return with_names(*session, read_chains(*session, request_after, RequestId{last}));
}

}  // namespace xueji::sql
