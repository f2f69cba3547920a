// The registry's duplicate check over a FakeStore; no other question is answered.
#pragma once
#include <atomic>

#include "engine/ports/queries.hpp"
#include "tests/unit/runtime/fake_store.hpp"

namespace xueji::testing {

class FakeQueries : public Queries {
 public:
  explicit FakeQueries(FakeStore& store) : store_(store) {}
  std::atomic<bool> is_down{false};

  std::vector<DuplicateHit> duplicates(const DuplicateProbe& probe) override {
    if (is_down) throw StoreError(StoreError::Kind::busy, "no session");
    std::vector<DuplicateHit> hits;
    for (const auto& [id, student] : store_.data().students) {
      if (id == probe.self) continue;
      if (probe.id_number && student.id_number == probe.id_number)
        hits.push_back({id, student.school, student.name, "same_id_number"});
      if (student.name == probe.name && student.birth_date == probe.birth_date && student.sex == probe.sex)
        hits.push_back({id, student.school, student.name, "same_name_birth_date_sex"});
    }
    return hits;
  }

  bool is_anothers_id_number(const std::string& id_number, StudentId self) override {
    const auto& students = store_.data().students;
    return std::any_of(students.begin(), students.end(),
                       [&](const auto& each) { return each.first != self && each.second.id_number == id_number; });
  }
  bool is_anothers_number(const std::string& number, StudentId self) override {
    return is_anothers_student_number(store_.data(), number, self);
  }
  RequestId who_has(const std::string& once) override { return who_has_once(store_.data(), once); }
  Page<Student> students(const Scope&, const StudentFilter&, const PageRequest&) override {
    return unasked<Page<Student>>();
  }
  std::size_t count_students(const Scope&, const StudentFilter&, std::size_t) override {
    return unasked<std::size_t>();
  }
  std::optional<Student> student(StudentId) override { return unasked<std::optional<Student>>(); }
  std::vector<Student> students_as_of(const std::vector<StudentId>&, Instant) override {
    return unasked<std::vector<Student>>();
  }
  std::vector<SchoolLeft> schools_left(StudentId, Instant) override { return unasked<std::vector<SchoolLeft>>(); }
  Page<HistoryRow> student_history(StudentId, const PageRequest&) override { return unasked<Page<HistoryRow>>(); }
  Page<RequestRow> requests(const Scope&, const RequestFilter&, const PageRequest&) override {
    return unasked<Page<RequestRow>>();
  }
  std::size_t count_requests(const Scope&, const RequestFilter&, std::size_t) override {
    return unasked<std::size_t>();
  }
  std::optional<RequestRow> request(RequestId) override { return unasked<std::optional<RequestRow>>(); }
  Page<SubjectRow> subjects(RequestId id, std::optional<bool> set_aside, const PageRequest& page) override {
    Page<SubjectRow> found;
    const auto data = store_.data();
    if (const auto all = data.subjects.find(id); all != data.subjects.end())
      for (const Subject& each : all->second)
        if (set_aside.value_or(each.set_aside.has_value()) == each.set_aside.has_value() &&
            found.items.size() < page.limit)
          found.items.push_back({each, data.students.at(each.student), {}, {}});
    return found;
  }
  Page<HistoryRow> request_history(RequestId, const PageRequest&) override { return unasked<Page<HistoryRow>>(); }
  Page<SubmissionRow> submissions(RequestId, int, const PageRequest&) override {
    return unasked<Page<SubmissionRow>>();
  }
  Page<TaskRow> tasks(const TaskFilter& filter, const PageRequest&) override {
    Page<TaskRow> found;
    for (const auto& [id, request] : store_.data().requests)
      for (const Task& task : tasks_of(request))
        if (std::find(filter.queues.begin(), filter.queues.end(), task.holder) != filter.queues.end())
          found.items.push_back(
              {task, request.version, request.definition, request.student, {}, request.school, {}, {}});
    return found;
  }
  std::size_t count_tasks(const TaskFilter&, std::size_t) override { return unasked<std::size_t>(); }
  Page<NotificationRow> notifications(const Scope&, const InboxFilter&, const PageRequest&) override {
    return unasked<Page<NotificationRow>>();
  }
  std::size_t count_notifications(const Scope&, const InboxFilter&, std::size_t) override {
    return unasked<std::size_t>();
  }
  Page<CheckRow> checks(const Scope&, const CheckFilter& filter, const PageRequest&) override {
    Page<CheckRow> found;
    for (const auto& [id, request] : store_.data().requests)
      if (!request.outcome && request.token.holder == filter.queue)
        found.items.push_back({tasks_of(request).front().id, request, {}});
    return found;
  }
  std::size_t count_checks(const Scope&, const CheckFilter&, std::size_t) override { return unasked<std::size_t>(); }
  std::vector<StatisticsRow> statistics(const Scope&, Instant) override {
    return unasked<std::vector<StatisticsRow>>();
  }
  std::vector<DefinitionCount> definition_counts(const Scope&, Instant) override {
    return unasked<std::vector<DefinitionCount>>();
  }
  std::vector<StateWaiting> waiting(const Scope&, Instant) override { return unasked<std::vector<StateWaiting>>(); }
  std::vector<RequestId> open_requests_on(DefinitionId definition, RequestId after, std::size_t limit) override {
    std::vector<RequestId> ids;
    for (const auto& [id, request] : store_.data().requests)
      if (request.definition == definition && id > after && !request.outcome && ids.size() < limit) ids.push_back(id);
    return ids;
  }
  Page<UndecidableRow> undecidable(const Scope&, const PageRequest&) override {
    Page<UndecidableRow> found;
    for (const auto& [id, request] : store_.data().requests)
      for (const Task& task : tasks_of(request))
        if (!is_escalation(request, task.id) && token_of(request, task.id)->undecidable)
          found.items.push_back({task.id, request});
    return found;
  }
  std::size_t count_undecidable() override { return undecidable({}, {}).items.size(); }
  std::vector<Request> requests_with(const std::vector<RequestId>& ids) override {
    std::vector<Request> found;
    const auto data = store_.data();
    for (const RequestId id : ids)
      if (const auto request = data.requests.find(id); request != data.requests.end()) found.push_back(request->second);
    return found;
  }
  std::vector<RequestId> open_requests(RequestId after, std::size_t limit) override {
    std::vector<RequestId> ids;
    for (const auto& [id, request] : store_.data().requests)
      if (id > after && !request.outcome && ids.size() < limit) ids.push_back(id);
    return ids;
  }
  std::vector<OutboxRow> outbox(HistoryId, std::size_t) override { return unasked<std::vector<OutboxRow>>(); }
  HistoryId newest_history() override { return unasked<HistoryId>(); }
  bool evidence_is_referenced(const std::string&, const Scope&) override { return unasked<bool>(); }
  std::vector<HistoryRow> audit_page(RequestId, std::size_t) override { return unasked<std::vector<HistoryRow>>(); }
  DatabaseFacts database_facts() override { return unasked<DatabaseFacts>(); }
  void check_health() override { unasked<int>(); }

 private:
  template <class Answer>
  static Answer unasked() {
    throw std::logic_error("this question is not for the runtime");
  }
  FakeStore& store_;
};

}  // namespace xueji::testing
