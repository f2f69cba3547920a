// Requests that were written while the id of a task was its request's times 8 plus a place.
#include "adapters/sql/connections.hpp"
#include "adapters/sql/history_document.hpp"
#include "adapters/sql/migrations.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const OfficeId the_office{1};
const RequestId with_branches{3}, by_itself{4}, ended{5};

std::string token_text(const std::string& role, const std::string& escalated, const std::string& timer) {
  return "[[1,\"" + role + "\"]," + escalated + ",10,null," + timer + ",false,0,null,0]";
}

std::string document(const std::string& token, const std::string& branches) {
  return "{\"token\":" + token + branches +
         ",\"fields\":{},\"before\":{},\"evidence\":[],\"findings\":[],\"acts\":[],\"round\":0,\"kept\":[],"
         "\"opened_as\":[1,\"registrar\"]}";
}

/// A request in two branches, the first escalated and the second over, with an act that can be undone; one in a single
/// state; and one that has ended.
void write_older(const std::string& url) {
  sql::Connections connections(url, {});
  sql::migrate(connections, sql::schema_steps().first(14));
  sql::Connections::Writing writing(connections);
  writing->execute(
      "INSERT INTO office (id, code, name, level, supervisor_id) VALUES (1, '000000', 'x', 'ministry', 0)");
  writing->execute("INSERT INTO office_closure (ancestor_id, descendant_id) VALUES (1, 1)");
  writing->execute(
      "INSERT INTO account (id, username, name, language, password_hash, disabled, failures, read_through) VALUES "
      "(1, 'x', 'x', 'zh', '', 0, 0, 0)");
  writing->execute(
      "INSERT INTO definition (id, definition_key, version, sha256, file, yaml) VALUES (1, 'x', 1, '', '', '')");
  writing->execute(
      "INSERT INTO student (id, school_id, name, name_key, sex, birth_date, status, grade, class_name, "
      "open_request_id, version) VALUES (1, 1, 'x', 'x', 'male', '2010-01-01', 'in_school', '5', '2班', 3, 1)");
  const std::string branches = ",\"branches\":[[\"county_review\"," + token_text("reviewer", "[1,\"approver\"]", "40") +
                               "],[\"join\"," + token_text("registrar", "null", "null") + "]]";
  const auto add = [&](RequestId id, const std::string& state, const std::string& outcome, const std::string& text) {
    writing->execute(
        "INSERT INTO request (id, definition_id, student_id, school_id, state, outcome, version, opened_by, opened_at, "
        "last_hash, last_history_id, document) VALUES (" +
        to_string(id) + ", 1, 1, 1, '" + state + "', '" + outcome + "', 1, 1, 0, '', 0, '" + text + "')");
    writing->execute("INSERT INTO request_place (request_id, office_id) VALUES (" + to_string(id) + ", 1)");
  };
  add(with_branches, "both_sides", "", document(token_text("system", "null", "null"), branches));
  add(by_itself, "head_review", "", document(token_text("head", "[1,\"approver\"]", "50"), ""));
  add(ended, "completed", "completed", document(token_text("registrar", "null", "null"), ""));
  const std::string never = "9223372036854775807";
  for (const std::string& task : {"24, 3, 14, 'both_sides', " + never, std::string("25, 3, 11, 'county_review', 40"),
                                  "30, 3, 12, 'county_review', " + never, std::string("32, 4, 10, 'head_review', 50"),
                                  "39, 4, 12, 'head_review', " + never})
    writing->execute(
        "INSERT INTO task (id, request_id, queue, state, timer, definition_id, student_id, school_id, since, due, "
        "claimed_by) VALUES (" +
        task + ", 1, 1, 1, 10, " + never + ", 0)");
  writing->execute(
      "INSERT INTO pending_act (request_id, account_id, action, from_state, until_at, document) VALUES (3, 1, "
      "'approve', 'county_review', 100, '{\"comment\":\"\",\"to\":\"\",\"reassign_to\":0,\"task\":25}')");
  writing.commit();
}

std::vector<TaskId> ids_in(Queries& queries, Role role) {
  TaskFilter filter;
  filter.queues = {{the_office, role}};
  std::vector<TaskId> ids;
  for (const TaskRow& row : queries.tasks(filter, {}).items) ids.push_back(row.task.id);
  return ids;
}

using TaskList = std::vector<TaskId>;

}  // namespace

TEST_CASE("tasks of before have numbers after the step, the same in their rows and in their requests' documents") {
  TestDatabase place;
  write_older(place.url());
  const auto database = place.open();
  Queries& queries = database->queries();
  const Request branched = queries.request(with_branches)->request, single = queries.request(by_itself)->request;
  const auto id_of = [](RequestId request, std::int64_t number) { return task_id(request, number); };

  CHECK(ids_in(queries, Role::system) == TaskList{id_of(with_branches, 1)});
  CHECK(ids_in(queries, Role::reviewer) == TaskList{id_of(with_branches, 2)});
  CHECK(ids_in(queries, Role::head) == TaskList{id_of(by_itself, 1)});
  CHECK(ids_in(queries, Role::approver) == TaskList{id_of(with_branches, 7), id_of(by_itself, 8)});
  CHECK(place_of(branched, id_of(with_branches, 1)) == TaskPlace{0, false});
  CHECK(place_of(branched, id_of(with_branches, 2)) == TaskPlace{1, false});
  CHECK(place_of(branched, id_of(with_branches, 7)) == TaskPlace{1, true});
  CHECK(tasks_of(branched).size() == 3);
  CHECK(place_of(single, id_of(by_itself, 1)) == TaskPlace{0, false});
  CHECK(place_of(single, id_of(by_itself, 8)) == TaskPlace{0, true});
  CHECK(tasks_of(queries.request(ended)->request).empty());
  const auto due = database->store().due_tasks(Instant{std::chrono::microseconds{60}}, 10);
  REQUIRE(due.size() == 2);
  CHECK(token_of(due[0].request, due[0].task) == &due[0].request.branches[0]);
  CHECK(token_of(due[1].request, due[1].task) == &due[1].request.token);

  auto moved = moving(single, "approve", "county_review", {the_office, Role::reviewer}, at(1));
  CHECK(moved.decision.request.token.number == 9);
  commit(database->store(), {moved});
  CHECK(ids_in(queries, Role::reviewer) == TaskList{id_of(with_branches, 2), id_of(by_itself, 9)});
  CHECK(queries.request(by_itself)->request.tasks_given >= 9);
}

TEST_CASE("what was pending or told before the step names the tasks by their numbers") {
  TestDatabase place;
  write_older(place.url());
  const auto database = place.open();
  const Batch batch = database->store().begin()->load({{with_branches}, {}, {}, {}});
  CHECK(batch.pending.at(with_branches).what.task == task_id(with_branches, 2));

  OutboxRow row;
  row.request = with_branches;
  sql::read_outbox(R"({"before":[[25,[1,"reviewer"],"county_review",10,null,0]],
"after":[[30,[1,"approver"],"x",11,null,0]],"concerned":[]})",
                   row);
  CHECK(row.before.at(0).id == task_id(with_branches, 2));
  CHECK(row.after.at(0).id == task_id(with_branches, 7));
  row.before.at(0).id = task_id(with_branches, 12);
  OutboxRow again;
  again.request = with_branches;
  sql::read_outbox(sql::outbox_to_text(row), again);
  CHECK(again.before == row.before);
}
