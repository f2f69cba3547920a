// The questions that run all day find their rows by an index, whatever the size of the tables.
#include <catch2/catch.hpp>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/sql_accounts.hpp"
#include "adapters/sql/sql_evidence_ledger.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/sql_store.hpp"
#include "engine/registry/numbers.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

/// The steps of a plan that read a whole table.
std::vector<std::string> whole_table_steps(sql::Session& session, const std::string& statement) {
  std::vector<std::string> steps;
  auto& plan = session.prepare("EXPLAIN QUERY PLAN " + statement, "iiit");
  plan.each([&] {
    const auto& step = plan.text(3);
    const bool own_rows =
        step.starts_with("SCAN CONSTANT ROW") || step == "SCAN c" || step == "SCAN p" || step.starts_with("SCAN few");
    if (step.starts_with("SCAN") && step.find("INDEX") == std::string::npos && !own_rows) steps.push_back(step);
  });
  return steps;
}

void check_plans(sql::Session& session, std::size_t at_least) {
  std::size_t looked_at = 0;
  for (const auto& statement : session.kept()) {
    if (statement.find(" MAX(id) ") != std::string::npos || statement.starts_with("PRAGMA")) continue;
    const auto steps = whole_table_steps(session, statement);
    INFO(statement);
    CHECK(steps == std::vector<std::string>{});
    ++looked_at;
  }
  CHECK(looked_at >= at_least);
}

}  // namespace

TEST_CASE("queues, searches, history, sign-in and timers never read a whole table") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  DatabaseOptions one_session;
  one_session.read_sessions = 1;
  sql::Connections connections("sqlite://" + (registry.folder.path() / "test.db").string(), one_session);
  sql::SqlQueries queries(connections);

  TaskFilter filter;
  filter.queues = {{school, Role::head}};
  for (const auto sort : {TaskSort::since, TaskSort::due}) {
    filter.sort = sort;
    const auto page = queries.tasks(filter, {1, {}});
    queries.count_tasks(filter, 999);
  }
  filter.q = "王";
  queries.tasks(filter, {});
  queries.request(request.id);
  queries.request_history(request.id, {});
  queries.student_history(StudentId{1}, {});
  queries.student(StudentId{1});
  queries.outbox(HistoryId{1}, 100);
  queries.notifications({head, {{school, Role::head}}, {}, false}, {});
  queries.notifications({head, {{school, Role::head}}, NotificationId{1}, false}, {});
  queries.notifications({head, {{school, Role::head}}, {}, true}, {});
  queries.count_notifications({head, {{school, Role::head}}, {}, true}, 99);
  queries.checks({{county}}, {{ministry, Role::system}, true}, {});
  queries.count_checks({{county}}, {{ministry, Role::system}, {}}, 99);
  queries.duplicates({StudentId{1}, "11010519491231002X", "王", Sex::male, std::chrono::year{2010} / 1 / 1});
  queries.evidence_is_referenced(std::string(64, 'e'), {{county}});
  StudentFilter by_number, by_id, by_school, by_name;
  by_number.number = "G11010519491231002X";
  by_id.id_number = "11010519491231002X";
  by_school.school = school;
  by_name.name_key = search_key("王");
  for (const auto& by : {by_number, by_id, by_school, by_name, StudentFilter{}}) {
    queries.students({{county}}, by, {});
    queries.count_students({{county}}, by, 99);
  }
  RequestFilter of_student, of_opener, of_school, open;
  open.open = true;
  of_student.student = StudentId{1};
  of_opener.opened_by = registrar;
  of_school.school = school;
  for (const auto& by : {of_student, of_opener, of_school, open, RequestFilter{}}) {
    queries.requests({{county}}, by, {});
    queries.count_requests({{county}}, by, 99);
  }
  sql::SqlStore store(connections);
  store.due_tasks(at(0), 10);
  store.next_timer();
  sql::SqlAccounts accounts(connections);
  accounts.by_username("head");
  accounts.by_id(head);
  accounts.posts(head);
  accounts.colleagues(head, {school}, at(0), "", 10);
  accounts.lent(head, {school}, at(0));
  accounts.session(std::string(64, '0'));
  sql::SqlEvidenceLedger ledger(connections);
  ledger.find(std::string(64, 'e'), head);
  ledger.find(std::string(64, 'e'));

  const sql::Connections::Reading session(connections);
  check_plans(*session, 45);
}

TEST_CASE("loading and writing a batch never reads a whole table") {
  Registry registry;
  sql::Connections connections("sqlite://" + (registry.folder.path() / "test.db").string(), {});
  {
    sql::SqlStore store(connections);
    auto transaction = store.begin();
    auto write = opening(transaction->next_request_id(), registry.definition, StudentId{1});
    write.key = IdempotencyKey{registrar, "k", std::string(64, 'f')};
    write.decision.notices = {{"submit", head, {}}};
    std::vector<Write> writes{write};
    transaction->load({{RequestId{1}}, {StudentId{1}}, {*write.key}, {{registrar, std::string(64, 'e')}}});
    transaction->write(writes);
    std::vector<Write> end{ending(writes[0].decision.request, {{"name", "𠮷田·买买提", "x"}}, at(1))};
    transaction->write(end);
    transaction->commit();
  }
  const sql::Connections::Writing session(connections);
  check_plans(*session, 15);
}

TEST_CASE("a page of a queue in its usual order needs no sorting") {
  Registry registry;
  DatabaseOptions one_session;
  one_session.read_sessions = 1;
  sql::Connections connections("sqlite://" + (registry.folder.path() / "test.db").string(), one_session);
  sql::SqlQueries queries(connections);
  TaskFilter filter;
  filter.queues = {{school, Role::head}};
  queries.tasks(filter, {});
  const sql::Connections::Reading session(connections);
  for (const auto& statement : session->kept()) {
    if (statement.find("FROM task") == std::string::npos) continue;
    auto& plan = session->prepare("EXPLAIN QUERY PLAN " + statement, "iiit");
    bool by_index = false;
    plan.each([&] {
      INFO(plan.text(3));
      CHECK(plan.text(3).find("TEMP B-TREE") == std::string::npos);
      by_index = by_index || plan.text(3).find("task_by_queue (queue=?)") != std::string::npos;
    });
    CHECK(by_index);
  }
}
