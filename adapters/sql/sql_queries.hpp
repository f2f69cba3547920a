#pragma once
#include <chrono>
#include <mutex>
#include <optional>

#include "adapters/sql/connections.hpp"
#include "engine/ports/queries.hpp"

namespace xueji::sql {

/// The read side; each file `*_questions.cpp` answers for one resource.
class SqlQueries final : public Queries {
 public:
  explicit SqlQueries(Connections& connections) : connections_(connections) {}
  Page<Student> students(const Scope& scope, const StudentFilter& filter, const PageRequest& page) override;
  std::size_t count_students(const Scope& scope, const StudentFilter& filter, std::size_t limit) override;
  std::optional<Student> student(StudentId id) override;
  std::vector<Student> students_as_of(const std::vector<StudentId>& ids, Instant moment) override;
  std::vector<SchoolLeft> schools_left(StudentId id, Instant since) override;
  Page<HistoryRow> student_history(StudentId id, const PageRequest& page) override;
  Page<RequestRow> requests(const Scope& scope, const RequestFilter& filter, const PageRequest& page) override;
  std::size_t count_requests(const Scope& scope, const RequestFilter& filter, std::size_t limit) override;
  std::optional<RequestRow> request(RequestId id) override;
  Page<SubjectRow> subjects(RequestId id, std::optional<bool> set_aside, const PageRequest& page) override;
  Page<HistoryRow> request_history(RequestId id, const PageRequest& page) override;
  Page<SubmissionRow> submissions(RequestId, int through, const PageRequest&) override;
  Page<TaskRow> tasks(const TaskFilter& filter, const PageRequest& page) override;
  std::size_t count_tasks(const TaskFilter& filter, std::size_t limit) override;
  Page<NotificationRow> notifications(const Scope& scope, const InboxFilter& filter, const PageRequest& page) override;
  std::size_t count_notifications(const Scope& scope, const InboxFilter& filter, std::size_t limit) override;
  Page<CheckRow> checks(const Scope& scope, const CheckFilter& filter, const PageRequest& page) override;
  std::size_t count_checks(const Scope& scope, const CheckFilter& filter, std::size_t limit) override;
  Page<UndecidableRow> undecidable(const Scope& scope, const PageRequest& page) override;
  std::size_t count_undecidable() override;
  std::vector<Request> requests_with(const std::vector<RequestId>& ids) override;
  std::vector<RequestId> open_requests(RequestId after, std::size_t limit) override;
  std::vector<StatisticsRow> statistics(const Scope& scope, Instant now) override;
  std::vector<DefinitionCount> definition_counts(const Scope& scope, Instant now) override;
  std::vector<StateWaiting> waiting(const Scope& scope, Instant now) override;
  std::vector<DuplicateHit> duplicates(const DuplicateProbe& probe) override;
  bool is_anothers_id_number(const std::string& id_number, StudentId self) override;
  bool is_anothers_number(const std::string& number, StudentId self) override;
  RequestId who_has(const std::string& once) override;
  std::vector<OutboxRow> outbox(HistoryId after, std::size_t limit) override;
  HistoryId newest_history() override;
  std::vector<RequestId> open_requests_on(DefinitionId definition, RequestId after, std::size_t limit) override;
  bool evidence_is_referenced(const std::string& sha256, const Scope& scope) override;
  std::vector<HistoryRow> audit_page(RequestId request_after, std::size_t requests) override;
  DatabaseFacts database_facts() override;
  void check_health() override;

 private:
  void try_to_write();

  Connections& connections_;
  std::mutex tried_mutex_;
  std::optional<std::chrono::steady_clock::time_point> written_;  ///< when a trial was last committed
};

/// Cuts the one row too many that was asked for, and says where the next page begins.
template <class Item, class Key>
Page<Item> cut_page(std::vector<Item> items, std::size_t limit, Key&& cursor_of) {
  Page<Item> page;
  if (items.size() > limit) {
    items.resize(limit);
    page.next = cursor_of(items.back());
  }
  page.items = std::move(items);
  return page;
}

}  // namespace xueji::sql
