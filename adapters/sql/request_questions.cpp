#include <algorithm>

#include "adapters/sql/cursor.hpp"
#include "adapters/sql/finding_questions.hpp"
#include "adapters/sql/pending_rows.hpp"
#include "adapters/sql/post_rows.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/request_document.hpp"
#include "adapters/sql/restored_students.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/subject_rows.hpp"

namespace xueji::sql {
namespace {

const std::string select_columns = "SELECT " + std::string(request_columns) + ", " + std::string(student_columns);
const std::string join_subject = " CROSS JOIN student s ON s.id = r.student_id";
/// How many requests of a group have a task, in whatever branch, that was due before the moment bound.
const std::string count_of_overdue =
    "COUNT(CASE WHEN EXISTS (SELECT 1 FROM task t WHERE t.request_id = r.id AND t.due < ?i) THEN 1 END)";
const std::string kinds_of_rows = std::string(request_kinds) + std::string(student_kinds);

/// Takes back what later requests have changed. Another school's draft says no more than what was found for it.
void restore_students(Session& session, std::vector<RequestRow>& found) {
  std::map<long long, RequestRow*> restored;
  std::vector<long long> ids;
  for (auto& row : found)
    if ((row.request.outcome || row.request.unfiled) && restored.emplace(row.request.id.value, &row).second)
      ids.push_back(row.request.id.value);
  TakingBack later;
  in_chunks<long long>(ids, [&](std::span<const long long> chunk) {
    auto& changes = session.prepare("SELECT r.id, " + std::string(TakingBack::columns) +
                                        " FROM request r CROSS JOIN student_change c ON "
                                        "c.student_id = r.student_id AND c.history_id > r.shown_until WHERE r.id IN " +
                                        parameter_list(chunk.size()) + " ORDER BY r.id, c.id DESC",
                                    "i" + std::string(TakingBack::kinds));
    bind_list(changes, chunk);
    changes.each([&] { later.take_back(restored.at(changes.integer(0))->student, changes, 1); });
  });
}

std::vector<RequestRow> read_rows(Session& session, Statement& rows) {
  std::vector<RequestRow> found;
  rows.each([&] {
    RequestRow row;
    row.request = read_request(rows, 0);
    row.student = read_student(rows, request_kinds.size());
    row.school = row.student.school;
    found.push_back(std::move(row));
  });
  // The same student may stand in several rows: its numbers are read once and copied.
  std::unordered_map<StudentId, Student*> firsts;
  std::vector<Student*> students;
  std::set<AccountId> accounts, claimers;
  for (auto& row : found) {
    if (firsts.emplace(row.student.id, &row.student).second) students.push_back(&row.student);
    accounts.insert(row.request.opened_by);
    claimers.merge(claimers_of(row.request));
  }
  accounts.insert(claimers.begin(), claimers.end());
  attach_numbers(session, students);
  std::vector<RequestId> open, several;
  for (const auto& row : found) {
    if (!row.request.outcome) open.push_back(row.request.id);
    if (row.request.several) several.push_back(row.request.id);
  }
  auto subjects = load_first_subjects(session, several);
  const auto pending = load_pending_rows(session, open);
  const auto people = load_people(session, accounts);
  const auto posts = load_claimers(session, claimers);
  for (auto& row : found) {
    row.student.numbers = firsts.at(row.student.id)->numbers;
    if (const auto opener = people.find(row.request.opened_by); opener != people.end()) {
      row.opened_by_username = opener->second.username;
      row.opened_by_name = opener->second.name;
    }
    if (const auto act = pending.find(row.request.id); act != pending.end()) row.pending = act->second;
    if (row.request.several) row.subjects = std::move(subjects[row.request.id]);
    for (const AccountId account : claimers_of(row.request))
      if (const auto claimer = people.find(account); claimer != people.end())
        row.claimers.push_back({account, claimer->second.username, claimer->second.name, posts.at(account)});
  }
  restore_students(session, found);
  return found;
}

std::string name_of_list(const RequestFilter& filter) {
  std::string name = "requests|" + filter.workflow.value_or("") + '|' + filter.state.value_or("") + '|';
  if (filter.outcome) name += to_string(*filter.outcome);
  if (filter.open) name += *filter.open ? "open" : "ended";
  if (filter.sought)
    for (const auto& prefix : *filter.sought) name += '|' + prefix;
  return name + '|' + to_string(filter.student.value_or(StudentId{})) + '|' +
         to_string(filter.school.value_or(OfficeId{})) + '|' + to_string(filter.opened_by.value_or(AccountId{}));
}

/// More students than these are met often enough among the requests themselves.
constexpr std::size_t few_students = 20'000;

/// Whether a form that was pinned before a part within the scope ended has that scan.
bool is_in_part(Session& session, const std::string& sha256, const Scope& scope) {
  Question question("SELECT past.office_id, p.ordinal, p.document, " + std::string(request_columns) +
                    " FROM request_evidence e CROSS JOIN request_past_place past ON past.request_id = e.request_id "
                    "CROSS JOIN request r ON r.id = e.request_id CROSS JOIN submission p ON p.request_id = r.id");
  question.where("e.sha256 = ?t", std::string_view{sha256});
  where_in_scope(question, "past.office_id", scope, ScopeWay::row_by_row);
  bool found = false;
  auto& rows = question.prepare(session, "iit" + std::string(request_kinds));
  rows.each([&] {
    const OfficeId office{rows.integer(0)};
    Submission submission;
    read_submission(rows.text(2), submission);
    const auto has = [&](const EvidenceItem& item) { return item.sha256 == sha256; };
    for (const PartEnd& part : read_request(rows, 3).parts_ended)
      found |= part.school == office && rows.integer(1) <= part.submission &&
               std::any_of(submission.evidence.begin(), submission.evidence.end(), has);
  });
  return found;
}

bool finds_few(Session& session, const Scope& scope, const std::vector<std::string>& sought) {
  const auto in_scope = [&](Question& question) {
    where_in_scope(question, "k.school_id", scope, ScopeWay::row_by_row);
  };
  return count_up_to(session, ids_by_keys(sought, "", in_scope), few_students) < few_students;
}

/// Of which a part is seen, none is found by what stands now, nor by a name that came later.
Parts parts_wanted(const RequestFilter& filter) {
  if (filter.state || filter.outcome || filter.open || filter.school) return Parts::left_out;
  return filter.sought ? Parts::called_as_then : Parts::taken_in;
}

/// How the list of a filter is found. Open requests of many schools are found by their tasks, of which there are few,
/// and which stand in the order of the requests. Those of a few students are found by them.
struct RequestWay {
  ScopeWay scope;
  Parts parts;
  bool start_elsewhere;
  bool by_students;
  bool by_tasks;

  RequestWay(Session& session, const Scope& within, const RequestFilter& filter)
      : scope(scope_way(session, within)),
        parts(parts_within(session, within, scope, parts_wanted(filter))),
        start_elsewhere(filter.student || filter.school || filter.opened_by),
        by_students(filter.sought && !start_elsewhere && scope == ScopeWay::row_by_row &&
                    finds_few(session, within, *filter.sought)),
        by_tasks(filter.open.value_or(false) && !start_elsewhere && !by_students && scope == ScopeWay::row_by_row) {}

  void add_from(Question& question, const RequestFilter& filter) const {
    if (by_tasks)
      question.add(" FROM task t CROSS JOIN request r ON r.id = t.request_id");
    else if (filter.student)  // alone, as the first of several, or as one of several
      question
          .add(" FROM (" + std::string(with_record) +
               "SELECT y.id FROM record c CROSS JOIN request y ON y.student_id = c.id UNION SELECT y.request_id FROM "
               "record c CROSS JOIN request_subject y ON y.student_id = c.id) p CROSS JOIN request r ON r.id = p.id")
          .value(*filter.student);
    else
      question.add(" FROM request r");
  }
};

std::string joined_list(const RequestFilter& filter) { return filter.sought ? std::string(join_key_list) : ""; }

void add_conditions(Question& question, const Scope& scope, const RequestFilter& filter, const RequestWay& way) {
  if (way.by_tasks) question.where("t.branch = 0 AND t.escalated = 0");
  if (filter.school)
    question.where(
        filter.student
            ? "EXISTS (SELECT 1 FROM request_place place WHERE place.request_id = r.id AND place.office_id = ?i)"
            : "r.id IN (SELECT place.request_id FROM request_place place WHERE place.office_id = ?i)",
        *filter.school);
  if (filter.opened_by)
    question.where(filter.student || filter.school ? "+r.opened_by = ?i" : "r.opened_by = ?i", *filter.opened_by);
  if (filter.workflow)
    question.where("+r.definition_id IN (SELECT d.id FROM definition d WHERE d.definition_key = ?t)",
                   std::string_view{*filter.workflow});
  if (filter.state) question.where("r.state = ?t", std::string_view{*filter.state});
  if (filter.outcome) question.where("r.outcome = ?t", to_string(*filter.outcome));
  if (filter.open) question.where(*filter.open ? "r.outcome = ''" : "r.outcome <> ''");
  if (filter.sought) {
    if (way.by_students) {
      question.where("r.student_id IN (");
      question.add(ids_by_keys(*filter.sought, "", [](Question&) {})).add(")");
    }
    where_found_in_sight(question, *filter.sought, [&](Question& own) {
      where_in_scope(own, "s.school_id", scope, way.scope == ScopeWay::nothing ? way.scope : ScopeWay::row_by_row);
    });
  }
  where_request_in_sight(question, way.start_elsewhere || way.by_students ? "+r.id" : "r.id", scope,
                         way.start_elsewhere && way.scope == ScopeWay::from_schools ? ScopeWay::row_by_row : way.scope,
                         way.parts);
}

}  // namespace

Page<RequestRow> SqlQueries::requests(const Scope& scope, const RequestFilter& filter, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const RequestWay way(*session, scope, filter);
  const std::string list = name_of_list(filter);

  Question question(select_columns);
  way.add_from(question, filter);
  question.add(join_subject).add(joined_list(filter));
  add_conditions(question, scope, filter, way);
  if (page.after) {
    const auto last = std::get<long long>(read_cursor(list, "i", *page.after)[0]);
    question.where_key_after(way.by_tasks ? "t.request_id" : "r.id", true, last);
  }
  question.add(way.by_tasks ? " ORDER BY t.request_id DESC LIMIT ?i" : " ORDER BY r.id DESC LIMIT ?i")
      .value(page.limit + 1);

  return cut_page(
      read_rows(*session, question.prepare(*session, kinds_of_rows)), page.limit,
      [&](const RequestRow& last) { return make_cursor(list, {static_cast<long long>(last.request.id.value)}); });
}

std::size_t SqlQueries::count_requests(const Scope& scope, const RequestFilter& filter, std::size_t limit) {
  const Connections::Reading session(connections_);
  const RequestWay way(*session, scope, filter);
  const auto joined = joined_list(filter);
  Question question("SELECT 1");
  way.add_from(question, filter);
  if (!joined.empty()) question.add(join_subject).add(joined);
  add_conditions(question, scope, filter, way);
  // Along the key and up to the limit, where MariaDB would read all tasks.
  if (way.by_tasks) question.add(" ORDER BY t.request_id");
  return count_up_to(*session, std::move(question), limit);
}

std::optional<RequestRow> SqlQueries::request(RequestId id) {
  const Connections::Reading session(connections_);
  auto found = read_rows(
      *session,
      session->prepare(select_columns + " FROM request r" + join_subject + " WHERE r.id = ?i", kinds_of_rows).bind(id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<RequestId> SqlQueries::open_requests_on(DefinitionId definition, RequestId after, std::size_t limit) {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare(
      "SELECT r.id FROM request r WHERE r.definition_id = ?i AND r.id > ?i AND r.outcome = '' ORDER BY r.id LIMIT ?i",
      "i");
  std::vector<RequestId> ids;
  rows.bind(definition, after, limit).each([&] { ids.push_back(RequestId{rows.integer(0)}); });
  return ids;
}

bool SqlQueries::evidence_is_referenced(const std::string& sha256, const Scope& scope) {
  if (scope.offices.empty()) return false;
  const Connections::Reading session(connections_);
  Question question("SELECT 1 FROM request_evidence e CROSS JOIN request r ON r.id = e.request_id");
  question.where("e.sha256 = ?t", std::string_view{sha256});
  where_request_in_scope(question, "r.id", scope, ScopeWay::row_by_row);
  question.add(" LIMIT 1");
  return question.prepare(*session, "i").one() || is_in_part(*session, sha256, scope);
}

std::vector<StatisticsRow> SqlQueries::statistics(const Scope& scope, Instant now) {
  const Connections::Reading session(connections_);
  const auto way = scope_way(*session, scope);
  Question question("SELECT d.definition_key, r.state, r.outcome, COUNT(*), " + count_of_overdue +
                    " FROM request r "
                    "JOIN definition d ON d.id = r.definition_id");
  question.value(now);
  where_request_in_scope(question, "r.id", scope, way);
  question.add(" GROUP BY d.definition_key, r.state, r.outcome ORDER BY d.definition_key, r.state, r.outcome");
  std::vector<StatisticsRow> statistics;
  auto& rows = question.prepare(*session, "tttii");
  rows.each([&] {
    const bool ended = !rows.text(2).empty();
    statistics.push_back({rows.text(0), ended ? rows.text(2) : rows.text(1), ended, rows.integer(3), rows.integer(4)});
  });
  return statistics;
}

std::vector<DefinitionCount> SqlQueries::definition_counts(const Scope& scope, Instant now) {
  const Connections::Reading session(connections_);
  Question question("SELECT r.definition_id, r.state, COUNT(*), " + count_of_overdue + " FROM request r");
  question.value(now);
  where_request_in_scope(question, "r.id", scope, scope_way(*session, scope));
  question.add(" GROUP BY r.definition_id, r.state ORDER BY r.definition_id, r.state");
  std::vector<DefinitionCount> counts;
  auto& rows = question.prepare(*session, "itii");
  rows.each([&] { counts.push_back({DefinitionId{rows.integer(0)}, rows.text(1), rows.integer(2), rows.integer(3)}); });
  return counts;
}

}  // namespace xueji::sql
