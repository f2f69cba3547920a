// What is filled in for each of several students: kept, changed, pinned, audited.
#include <algorithm>

#include "adapters/sql/audit.hpp"
#include "adapters/sql/connections.hpp"
#include "engine/machine/each_values.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/several.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

FieldValues into(const std::string& name) { return {{"new_class", name}}; }

std::vector<FieldValues> values_in(Registry& registry, RequestId request) {
  std::vector<FieldValues> found;
  for (const auto& row : registry.queries().subjects(request, {}, {}).items) found.push_back(row.subject.fields);
  return found;
}

/// Three students; for two of them something is filled in.
Request open_filled(Registry& registry) {
  auto transaction = registry.store().begin();
  std::vector<Write> writes{
      opening_several(transaction->next_request_id(), registry.definition, students_of(1, 3), {StudentId{2}})};
  auto& decision = writes.front().decision;
  decision.subjects.added[0].fields = into("5班");
  decision.subjects.added[1].fields = into("𠮷班\"\\'");
  decision.request.several->values = digest_of_values(decision.subjects.added);
  decision.request.pinned = {};
  pin(decision);
  transaction->write(writes);
  transaction->commit();
  return decision.request;
}

Write filling(const Request& before, std::vector<Subject> filled, std::vector<Subject> all, Instant when) {
  auto write = moving(before, "edit", before.token.state, before.token.holder, when);
  auto& decision = write.decision;
  decision.request.token = before.token;
  decision.request.acts = before.acts;
  decision.subjects.filled = std::move(filled);
  decision.request.several->values = digest_of_values(all);
  return write;
}

std::vector<std::string> faults_after(Registry& registry, const std::string& statement) {
  if (!statement.empty()) {
    sql::Connections connections(registry.place.url(), {});
    sql::Connections::Writing writing(connections);
    writing->execute(statement);
    writing.commit();
  }
  return audit(registry.place.url(), {}, {}, [](std::int64_t, std::int64_t) {}).faults;
}

}  // namespace

TEST_CASE("what is filled in for each is read back as it was written, for people and for the next command") {
  Registry registry;
  const Request request = open_filled(registry);
  CHECK(values_in(registry, request.id) == std::vector{into("5班"), into("𠮷班\"\\'"), FieldValues{}});
  BatchKeys keys;
  keys.requests = {request.id};
  keys.all_subjects = {request.id};
  const auto batch = registry.store().begin()->load(keys);
  CHECK(batch.requests.at(request.id).several == request.several);
  REQUIRE(batch.subjects.at(request.id).size() == 3);
  CHECK(batch.subjects.at(request.id)[1].fields == into("𠮷班\"\\'"));
  CHECK(registry.queries().submissions(request.id, 9, {}).items[0].submission.values == request.several->values);
}

TEST_CASE("all students of a request are loaded where they are asked for, however many they are") {
  Registry registry;
  add_students(registry, 101, 550);
  const auto request = open_several(registry, students_of(101, 550));
  BatchKeys keys;
  keys.requests = {request.id};
  CHECK(registry.store().begin()->load(keys).subjects.empty());
  keys.all_subjects = {request.id};
  const auto batch = registry.store().begin()->load(keys);
  REQUIRE(batch.subjects.at(request.id).size() == 450);
  CHECK(batch.subjects.at(request.id).back() == Subject{450, StudentId{550}, {}});
  CHECK(batch.students.contains(StudentId{550}));
}

TEST_CASE("filling in changes those that are named, also to what they had, and to nothing") {
  Registry registry;
  const Request request = open_filled(registry);
  std::vector<Subject> all{{1, StudentId{1}, {}}, {2, StudentId{2}, {}}, {3, StudentId{3}, {}}};
  all[0].fields = into("5班");
  all[2].fields = into("6班");
  commit(registry.store(), {filling(request, all, all, at(1))});
  CHECK(values_in(registry, request.id) == std::vector{into("5班"), FieldValues{}, into("6班")});
}

TEST_CASE("the audit finds a value that was changed behind the program's back") {
  const std::string not_what_it_says = "what is filled in for the students of request 1 is not what it says";
  const auto [statement, sentence] = GENERATE_COPY(table<std::string, std::string>({
      {"", ""},
      {"UPDATE request_subject SET fields = '{\"new_class\":\"6班\"}' WHERE request_id = 1 AND ordinal = 1",
       not_what_it_says},
      {"UPDATE request_subject SET fields = NULL WHERE request_id = 1 AND ordinal = 2", not_what_it_says},
      {"UPDATE request_subject SET fields = '{\"new_class\":\"6班\"}' WHERE request_id = 2 AND ordinal = 1",
       "what is filled in for the students of request 2 is not what it says"},
      {"UPDATE request SET document = REPLACE(document, '\"values\"', '\"x\"') WHERE id = 1",
       "the form of request 1 is not the one that was submitted"},
      {"UPDATE submission SET document = REPLACE(document, '\"values\"', '\"x\"') WHERE request_id = 1",
       "submission 1 of request 1 is not what its hashes say"},
  }));
  CAPTURE(statement);
  Registry registry;
  open_filled(registry);
  open_several(registry, {StudentId{2}, StudentId{4}});
  const auto faults = faults_after(registry, statement);
  if (statement.empty())
    CHECK(faults == std::vector<std::string>{});
  else
    CHECK(std::find(faults.begin(), faults.end(), sentence) != faults.end());
}
