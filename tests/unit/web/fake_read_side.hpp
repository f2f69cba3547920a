// Questions of the resources, answered from a FakeStore without any index or paging but the limit.
#pragma once
#include "tests/unit/runtime/fake_queries.hpp"
#include "tests/unit/runtime/world.hpp"

namespace xueji::testing {

class FakeReadSide : public FakeQueries {
 public:
  FakeReadSide(FakeStore& store, Directory& directory, Accounts& accounts)
      : FakeQueries(store), store_(store), directory_(directory), accounts_(accounts) {}

  Page<Student> students(const Scope& scope, const StudentFilter&, const PageRequest& page) override {
    refuse_cursors(page);
    Page<Student> found;
    for (const auto& [id, student] : store_.data().students)
      if (in(scope, student.school) && found.items.size() < page.limit) found.items.push_back(student);
    return found;
  }
  std::optional<Student> student(StudentId id) override {
    const auto data = store_.data();
    const auto found = data.students.find(id);
    return found == data.students.end() ? std::nullopt : std::optional(found->second);
  }
  Page<HistoryRow> student_history(StudentId, const PageRequest&) override { return {}; }
  Page<RequestRow> requests(const Scope& scope, const RequestFilter&, const PageRequest& page) override {
    refuse_cursors(page);
    Page<RequestRow> found;
    for (const auto& [id, request] : store_.data().requests)
      if (in(scope, request.school)) found.items.push_back(row(request));
    return found;
  }
  std::optional<RequestRow> request(RequestId id) override {
    if (is_down) throw StoreError(StoreError::Kind::busy, "no session");
    const auto data = store_.data();
    const auto found = data.requests.find(id);
    return found == data.requests.end() ? std::nullopt : std::optional(row(found->second));
  }
  Page<HistoryRow> request_history(RequestId id, const PageRequest&) override {
    Page<HistoryRow> found;
    for (const auto& stored : store_.data().history) {
      if (stored.request != id) continue;
      HistoryRow entry;
      entry.id = stored.id;
      entry.request = id;
      entry.student = subject_of(store_.data().requests.at(id), stored.entry);
      entry.definition = store_.data().requests.at(id).definition;
      entry.entry = stored.entry;
      entry.request_version = static_cast<std::int64_t>(found.items.size()) + 1;
      entry.hash = std::string(64, 'a');
      if (const auto account = accounts_.by_id(stored.entry.by)) entry.by_username = account->username;
      found.items.push_back(entry);
    }
    return found;
  }
  Page<TaskRow> tasks(const TaskFilter& filter, const PageRequest& page) override {
    refuse_cursors(page);
    Page<TaskRow> found;
    for (const auto& [id, request] : store_.data().requests)
      for (const Task& task : tasks_of(request))
        if (std::find(filter.queues.begin(), filter.queues.end(), task.holder) != filter.queues.end())
          found.items.push_back({task,
                                 request.version,
                                 request.definition,
                                 request.student,
                                 store_.data().students.at(request.student).name,
                                 request.school,
                                 {},
                                 {},
                                 {},
                                 {},
                                 request.several ? request.several->count : 1});
    return found;
  }
  std::size_t count_tasks(const TaskFilter& filter, std::size_t) override { return tasks(filter, {}).items.size(); }
  Page<NotificationRow> notifications(const Scope&, const InboxFilter&, const PageRequest&) override {
    NotificationRow row;
    row.id = NotificationId{7};
    row.kind = "return";
    row.request = RequestId{1};
    row.definition = DefinitionId{1};
    row.state = "draft";
    row.comment = "户口簿不清";
    row.student_name = "学生1";
    return {{row}, std::nullopt};
  }
  std::vector<StatisticsRow> statistics(const Scope&, Instant) override {
    return {{"key-information-change", "head_review", false, 3, 1},
            {"key-information-change", "completed", true, 5, 0}};
  }
  Page<CheckRow> checks(const Scope& scope, const CheckFilter& filter, const PageRequest& page) override {
    refuse_cursors(page);
    Page<CheckRow> found;
    for (const auto& [id, request] : store_.data().requests)
      if (!request.outcome && request.token.holder == filter.queue && in(scope, request.school) &&
          filter.asked.value_or(request.token.attempts > 0) == (request.token.attempts > 0))
        found.items.push_back({tasks_of(request).front().id, request, store_.data().students.at(request.student).name});
    return found;
  }
  std::size_t count_checks(const Scope& scope, const CheckFilter& filter, std::size_t) override {
    return checks(scope, filter, {}).items.size();
  }
  std::vector<DefinitionCount> definition_counts(const Scope& scope, Instant) override {
    std::map<std::pair<DefinitionId, std::string>, std::int64_t> counted;
    for (const auto& [id, request] : store_.data().requests)
      if (in(scope, request.school)) ++counted[{request.definition, request.token.state}];
    std::vector<DefinitionCount> counts;
    for (const auto& [key, count] : counted) counts.push_back({key.first, key.second, count, 0});
    return counts;
  }
  std::vector<StateWaiting> waiting(const Scope& scope, Instant now) override {
    std::vector<StateWaiting> found;
    for (const auto& row : definition_counts(scope, now))
      found.push_back({row.definition, row.state, row.count, 0, std::chrono::hours{30}, std::chrono::hours{48}});
    return found;
  }
  DatabaseFacts database_facts() override { return {4096, 1}; }
  HistoryId newest_history() override { return {}; }
  void check_health() override {
    if (is_down) throw StoreError(StoreError::Kind::busy, "no session");
  }
  bool evidence_is_referenced(const std::string& sha256, const Scope& scope) override {
    for (const auto& [id, request] : store_.data().requests)
      for (const auto& item : request.evidence)
        if (item.sha256 == sha256 && in(scope, request.school)) return true;
    return false;
  }

 private:
  static void refuse_cursors(const PageRequest& page) {
    if (page.after) throw BadCursor();
  }
  bool in(const Scope& scope, OfficeId school_id) const {
    for (const OfficeId office : scope.offices)
      if (directory_.offices()->contains(office, school_id)) return true;
    return false;
  }
  RequestRow row(const Request& request) {
    RequestRow made{request, store_.data().students.at(request.student), {}, {}, {}, {}};
    made.school = made.student.school;
    if (request.several) made.subjects = subjects(request.id, {}, {first_subjects, {}}).items;
    if (const auto account = accounts_.by_id(request.opened_by)) made.opened_by_username = account->username;
    if (const auto account = accounts_.by_id(request.token.claimed_by))
      made.claimers.push_back({account->id, account->username, account->name,
                               account->disabled ? std::vector<Post>{} : accounts_.posts(account->id)});
    return made;
  }

  FakeStore& store_;
  Directory& directory_;
  Accounts& accounts_;
};

}  // namespace xueji::testing
