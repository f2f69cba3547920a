// The questions that run all day find their rows by an index, whatever the size of the tables.

#include "adapters/sql/connections.hpp"
#include "adapters/sql/sql_accounts.hpp"
#include "adapters/sql/sql_bulk_loader.hpp"
#include "adapters/sql/sql_evidence_ledger.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/sql_store.hpp"
#include "engine/registry/finding.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/pair.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

/// MariaDB's plans hang on how many rows there are: a table of a few rows is read whole, whatever its indexes.
void fill(Registry& registry) {
  if (on_sqlite()) return;
  constexpr std::int64_t from = 1000, schools = 400, students = 4000;
  auto loader = registry.database->bulk_loader();
  // So many accounts that 64 of them are few: MariaDB 11 would read all of some hundreds.
  for (std::int64_t number = from; number < from + students; ++number) {
    const auto text = std::to_string(number);
    loader->add(Account{AccountId{number}, "user" + text, "张" + text, Language::zh, "hash", false, 0, {}});
  }
  for (std::int64_t number = from; number < from + schools; ++number) {
    const auto text = std::to_string(number);
    loader->add(Office{OfficeId{number}, "311100" + text, "小学" + text, Level::school, county});
    loader->add(Post{{}, AccountId{number}, OfficeId{number}, Role::registrar, {}, {}, {}, {}});
  }
  const auto school_of = [&](std::int64_t number) { return OfficeId{from + number % schools}; };
  for (std::int64_t number = from; number < from + students; ++number) {
    auto student = student_of(1, school_of(number), "学生" + std::to_string(number));
    student.id = StudentId{number};
    student.birth_date = std::chrono::year{2010} / 1 / 1;
    student.id_number = "1101051949" + std::to_string(10000000 + number);
    student.numbers = {{"G" + *student.id_number, NumberKind::G, NumberState::current, at(0)}};
    loader->add(student);
  }
  loader->commit();
  loader.reset();
  auto transaction = registry.store().begin();
  std::vector<Write> writes;
  for (std::int64_t number = from; number < from + students; ++number) {
    writes.push_back(opening(transaction->next_request_id(), registry.definition, StudentId{number}, school_of(number),
                             at(static_cast<int>(number))));
    auto& write = writes.back();
    write.decision.request.opened_by = AccountId{school_of(number).value};
    write.decision.request.evidence[0].sha256 = std::to_string(number) + std::string(60, 'f');
    write.decision.notices = {{"submit", AccountId{school_of(number).value}, {}}};
  }
  transaction->write(writes);
  transaction->commit();
  sql::Connections connections(registry.place.url(), {});
  {
    sql::Connections::Writing writing(connections);
    writing->execute(
        "INSERT INTO pending_act (request_id, account_id, action, from_state, until_at, document) "
        "SELECT r.id, r.opened_by, 'approve', 'head_review', 1, '{}' FROM request r WHERE r.opened_by >= 1000 AND r.id "
        "> 10");
    writing->execute(
        "INSERT INTO student_change (id, history_id, student_id, member, old_value, new_value, effective_at, "
        "recorded_at) SELECT h.id, h.id, h.student_id, 'name', '张三', '张叁', 1, 1 FROM history h");
    writing->execute(
        "INSERT INTO request_subject (request_id, ordinal, student_id, set_aside_by, reason_zh, reason_en) SELECT "
        "r.id, "
        "1, r.student_id, 0, '', '' FROM request r");
    writing->execute(
        "INSERT INTO request_past_place (request_id, office_id, until_at) SELECT r.id, r.opened_by, 1 FROM request r "
        "WHERE r.opened_by >= 1000");
    writing.commit();
  }
  sql::Connections::Writing writing(connections);
  for (const auto* table : {"account",       "evidence_upload",  "history",          "login_session",
                            "notification",  "office",           "office_closure",   "pending_act",
                            "post",          "request",          "request_evidence", "request_past_place",
                            "request_place", "request_subject",  "student",          "student_change",
                            "student_key",   "student_key_list", "student_number",   "task"})
    writing->prepare("ANALYZE TABLE " + std::string(table), "tttt").one();
}

/// The steps of a plan that read a whole table.
std::vector<std::string> whole_table_steps(sql::Session& session, const sql::Session::Kept& statement) {
  std::vector<std::string> steps;
  if (on_sqlite()) {
    auto& plan = session.prepare("EXPLAIN QUERY PLAN " + statement.sql, "iiit");
    plan.each([&] {
      const auto& step = plan.text(3);
      const bool own_rows =
          step.starts_with("SCAN CONSTANT ROW") || step == "SCAN c" || step == "SCAN p" || step.starts_with("SCAN few");
      if (step.starts_with("SCAN") && step.find("INDEX") == std::string::npos && !own_rows) steps.push_back(step);
    });
    return steps;
  }
  if (statement.sql.find(" VALUES (") != std::string::npos) return steps;
  auto& plan = session.prepare("EXPLAIN " + statement.sql, "ittttttttt");
  auto values = statement.values;
  for (std::size_t at = 0; values.size() < plan.parameters(); ++at) {
    const auto place = statement.sql.find('?', at);
    values.emplace_back(statement.sql[place + 1] == 'i' ? sql::Value{1LL} : sql::Value{std::string("1")});
    at = place;
  }
  plan.bind_all(values).each([&] {
    const auto& table = plan.text(2);
    // What the statement itself has collected, and the definitions, of which there are a handful.
    const bool own_rows = table.starts_with("<") || table == "d";
    if (plan.text(3) == "ALL" && !own_rows) steps.push_back(table + ": " + plan.text(4) + ' ' + plan.text(9));
  });
  return steps;
}

void check_plans(sql::Session& session, std::size_t at_least) {
  std::size_t looked_at = 0;
  for (const auto& statement : session.kept()) {
    if (statement.sql.find(" MAX(id) ") != std::string::npos || statement.sql.starts_with("PRAGMA")) continue;
    const auto steps = whole_table_steps(session, statement);
    INFO(statement.sql);
    CHECK(steps == std::vector<std::string>{});
    ++looked_at;
  }
  CHECK(looked_at >= at_least);
}

}  // namespace

TEST_CASE("queues, searches, history, sign-in and timers never read a whole table") {
  Registry registry;
  fill(registry);
  const auto request = open_request(registry, StudentId{1});
  const auto batch = open_several(registry, students_of(2, 3));
  add_twins(registry, {StudentId{9000}}, "王小明");
  DatabaseOptions one_session;
  one_session.read_sessions = 1;
  sql::Connections connections(registry.place.url(), one_session);
  sql::SqlQueries queries(connections);

  TaskFilter filter;
  filter.queues = {{school, Role::head}};
  for (const auto sort : {TaskSort::since, TaskSort::due}) {
    filter.sort = sort;
    const auto page = queries.tasks(filter, {1, {}});
    queries.count_tasks(filter, 999);
  }
  filter.sought = sought_in_names_and_numbers("王");
  queries.tasks(filter, {});
  queries.request(request.id);
  queries.request(batch.id);
  for (const auto set_aside : {std::optional<bool>{}, std::optional{true}}) queries.subjects(batch.id, set_aside, {});
  queries.request_history(request.id, {});
  queries.student_history(StudentId{1}, {});
  queries.student(StudentId{1});
  queries.outbox(HistoryId{1}, 100);
  queries.notifications({{county}}, {head, {{school, Role::head}}, {}, false}, {});
  queries.notifications({{county}}, {head, {{school, Role::head}}, NotificationId{1}, false}, {});
  queries.notifications({{county}}, {head, {{school, Role::head}}, {}, true}, {});
  queries.count_notifications({{county}}, {head, {{school, Role::head}}, {}, true}, 99);
  queries.checks({{county}}, {{ministry, Role::system}, true}, {});
  queries.count_checks({{county}}, {{ministry, Role::system}, {}}, 99);
  queries.undecidable({{county}}, {});
  queries.count_undecidable();
  queries.requests_with({request.id, RequestId{2}});
  queries.open_requests(request.id, 100);
  queries.duplicates({StudentId{1}, "11010519491231002X", "王", Sex::male, std::chrono::year{2010} / 1 / 1});
  queries.evidence_is_referenced(std::string(64, 'e'), {{county}});
  StudentFilter by_number, by_id, by_school, by_name;
  by_number.number = "G11010519491231002X";
  by_id.id_number = "11010519491231002X";
  by_school.school = school;
  by_name.sought = sought_in_names("王");
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
  CHECK(store.marked_twins(10).twins.size() == 1);
  sql::SqlAccounts accounts(connections);
  accounts.by_username("head");
  accounts.by_id(head);
  accounts.posts(head);
  accounts.colleagues(head, {school}, at(0), "", 10);
  accounts.lent(head, {school}, at(0));
  accounts.posts_of({{school, Role::head}, {county, Role::reviewer}});
  accounts.staffing_since(1);
  accounts.posts_turning(at(0), at(1));
  accounts.session(std::string(64, '0'));
  sql::SqlEvidenceLedger ledger(connections);
  ledger.find(std::string(64, 'e'), head);
  ledger.find(std::string(64, 'e'));

  const sql::Connections::Reading session(connections);
  check_plans(*session, 56);
}

TEST_CASE("loading and writing a batch never reads a whole table") {
  Registry registry;
  fill(registry);
  sql::Connections connections(registry.place.url(), {});
  {
    sql::SqlStore store(connections);
    auto transaction = store.begin();
    auto write = opening(transaction->next_request_id(), registry.definition, StudentId{1});
    write.key = IdempotencyKey{registrar, "k", std::string(64, 'f')};
    write.decision.notices = {{"submit", head, {}}};
    std::vector<Write> writes{write};
    const PairKey pair{"key-information-change", StudentId{2}, StudentId{3}};
    transaction->load({{RequestId{1}},
                       {StudentId{1}},
                       {*write.key},
                       {{registrar, std::string(64, 'e')}},
                       {},
                       {RequestId{1}},
                       {pair}});
    transaction->write(writes);
    std::vector<Write> end{ending(writes[0].decision.request, {{"name", "𠮷田·买买提", "x"}}, at(1))};
    transaction->write(end);
    std::vector<Write> batch{opening_several(transaction->next_request_id(), registry.definition, students_of(2, 3))};
    transaction->write(batch);
    batch = {setting_aside(batch[0].decision.request, 2, StudentId{3}, at(1))};
    transaction->write(batch);
    batch = {beginning_to_end(batch[0].decision.request, at(2))};
    transaction->write(batch);
    const RequestId id = batch[0].decision.request.id;
    const auto loaded = transaction->load({{id}, {}, {}, {}, {{id, 1}}});
    batch = {slice(batch[0].decision.request, loaded.subjects.at(id), true, at(3))};
    transaction->write(batch);
    transaction->commit();
    transaction.reset();
    sql::SqlBulkLoader loader(connections);
    auto twin = student_of(9000, school, "王小明");
    twin.id_number.reset();
    twin.numbers.clear();
    loader.add(twin);
    loader.commit();
  }
  CHECK(registry.store().marked_twins(10).twins.size() == 1);
  sql::SqlStore(connections).remove_marks(std::vector<std::int64_t>{1, 2});
  const sql::Connections::Writing session(connections);
  check_plans(*session, 20);
}

TEST_CASE("a page of a queue in its usual order needs no sorting") {
  Registry registry;
  fill(registry);
  DatabaseOptions one_session;
  one_session.read_sessions = 1;
  sql::Connections connections(registry.place.url(), one_session);
  sql::SqlQueries queries(connections);
  TaskFilter filter;
  filter.queues = {{school, Role::head}};
  queries.tasks(filter, {});
  const sql::Connections::Reading session(connections);
  for (const auto& statement : session->kept()) {
    if (statement.sql.find("FROM task") == std::string::npos) continue;
    bool by_index = false;
    if (on_sqlite()) {
      auto& plan = session->prepare("EXPLAIN QUERY PLAN " + statement.sql, "iiit");
      plan.each([&] {
        INFO(plan.text(3));
        CHECK(plan.text(3).find("TEMP B-TREE") == std::string::npos);
        by_index = by_index || plan.text(3).find("task_by_queue (queue=?)") != std::string::npos;
      });
    } else {
      auto& plan = session->prepare("EXPLAIN " + statement.sql, "ittttttttt");
      plan.bind_all(statement.values).each([&] {
        INFO(plan.text(2) + ' ' + plan.text(5) + ' ' + plan.text(9));
        CHECK(plan.text(9).find("filesort") == std::string::npos);
        by_index = by_index || plan.text(5) == "task_by_queue";
      });
    }
    CHECK(by_index);
  }
}
