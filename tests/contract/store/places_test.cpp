// Requests with places in several jurisdictions: who finds them, and what of the student an ended one goes on showing.
#include "engine/base/sha256.hpp"
#include "engine/registry/finding.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"
#include "tests/contract/store/pair.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

/// The far school asks for a pupil of the first school.
Request ask_for_pupil(Registry& registry, bool filed) {
  auto transaction = registry.store().begin();
  auto write = opening(transaction->next_request_id(), registry.definition, StudentId{1});
  auto& request = write.decision.request;
  request.opened_as = {far_school, Role::registrar};
  request.unfiled = !filed;
  request.locks = filed;
  if (!filed) {
    request.token.state = "draft";
    request.token.holder = {far_school, Role::registrar};
    request.acts.pop_back();
    request.round = 0;
    request.pinned = {};
    write.decision.submission.reset();
    write.decision.history.pop_back();
    for (auto& entry : write.decision.history) entry.based_on = {};
    write.decision.locks_student = false;
  }
  write.after = tasks_of(request);
  std::vector<Write> writes{std::move(write)};
  transaction->write(writes);
  transaction->commit();
  return writes.front().decision.request;
}

std::size_t found_by(Registry& registry, OfficeId office) {
  const auto listed = registry.queries().requests({{office}}, {}, {}).items.size();
  CHECK(registry.queries().count_requests({{office}}, {}, 99) == listed);
  RequestFilter of_student;
  of_student.student = StudentId{1};
  CHECK(registry.queries().requests({{office}}, of_student, {}).items.size() == listed);
  std::size_t counted = 0;
  for (const auto& row : registry.queries().statistics({{office}}, at(9)))
    counted += static_cast<std::size_t>(row.count);
  CHECK(counted == listed);
  std::size_t waiting = 0;
  for (const auto& row : registry.queries().waiting({{office}}, at(9))) waiting += static_cast<std::size_t>(row.count);
  CHECK(waiting == listed);
  CHECK(registry.queries().evidence_is_referenced(std::string(64, 'e'), {{office}}) == (listed > 0));
  return listed;
}

std::size_t at_school(Registry& registry, OfficeId office) {
  RequestFilter filter;
  filter.school = office;
  return registry.queries().requests({{ministry}}, filter, {}).items.size();
}

}  // namespace

TEST_CASE("both schools of a request and the offices above them find it in lists and counts, each once") {
  Registry registry;
  ask_for_pupil(registry, true);
  for (const auto office : {school, county, far_school, other_county, province, ministry}) {
    INFO(office.value);
    CHECK(found_by(registry, office) == 1);
  }
  CHECK(found_by(registry, second_school) == 0);
  CHECK(at_school(registry, school) == 1);
  CHECK(at_school(registry, far_school) == 1);
  CHECK(at_school(registry, second_school) == 0);
}

TEST_CASE("another school's draft is found by the student's school only once it is submitted") {
  Registry registry;
  const Request draft = ask_for_pupil(registry, false);
  for (const auto office : {far_school, other_county, province}) CHECK(found_by(registry, office) == 1);
  for (const auto office : {school, county}) CHECK(found_by(registry, office) == 0);
  CHECK(registry.queries().request(draft.id)->request.unfiled);

  auto write = moving(draft, "submit", "head_review", {school, Role::head}, at(1));
  write.decision.request.unfiled = false;
  write.decision.request.locks = true;
  write.decision.request.round = 1;
  write.decision.locks_student = true;
  write.decision.history.front().as = Holder{far_school, Role::registrar};
  pin(write.decision);
  commit(registry.store(), {write});
  for (const auto office : {far_school, other_county, school, county, province, ministry})
    CHECK(found_by(registry, office) == 1);
}

TEST_CASE("a school that the form names finds the request once it is named, and goes on finding it") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  CHECK(found_by(registry, far_school) == 0);
  auto write = moving(request, "approve", "county_review", {county, Role::reviewer}, at(1));
  write.decision.request.named_schools = {far_school};
  commit(registry.store(), {write});
  for (const auto office : {school, county, far_school, other_county}) CHECK(found_by(registry, office) == 1);
  CHECK(found_by(registry, second_school) == 0);

  auto again =
      moving(registry.queries().request(request.id)->request, "return", "head_review", {school, Role::head}, at(2));
  again.decision.request.named_schools = {far_school, second_school};
  commit(registry.store(), {again});
  for (const auto office : {school, far_school, second_school}) CHECK(found_by(registry, office) == 1);
  CHECK(registry.queries().request(request.id)->request.named_schools == std::vector{far_school, second_school});
}

TEST_CASE(
    "a school to which one of a pair has moved finds the case too, and the school that was left goes on finding it") {
  Registry registry;
  const Request request = open_pair(registry, StudentId{1}, StudentId{2}, {}, at(0));
  CHECK(found_by(registry, far_school) == 0);
  auto write = moving(request, "return", "head_review", {school, Role::head}, at(1));
  write.decision.request.several->schools_now = {far_school, school};
  write.decision.request.several->schools_past = {school, second_school};
  commit(registry.store(), {write});
  for (const auto office : {school, far_school, other_county, second_school}) CHECK(found_by(registry, office) == 1);
  CHECK(registry.queries().request(request.id)->request.several == write.decision.request.several);
}

namespace {

std::vector<RequestId> found_in_list(Registry& registry, OfficeId office, const RequestFilter& filter = {}) {
  std::vector<RequestId> ids;
  for (const auto& row : registry.queries().requests({{office}}, filter, {}).items) ids.push_back(row.request.id);
  CHECK(registry.queries().count_requests({{office}}, filter, 100) == ids.size());
  return ids;
}

RequestFilter sought_by_words(const std::string& name) {
  RequestFilter filter;
  filter.sought = sought_in_names_and_numbers(name);
  return filter;
}

}  // namespace

TEST_CASE("a school whose part has ended finds the request among all, and by nothing that stands now") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  const auto name = registry.queries().student(StudentId{1})->name;
  auto write = moving(request, "approve", "county_review", {county, Role::reviewer}, at(1));
  write.decision.request.named_schools = {far_school};
  commit(registry.store(), {write});
  const std::vector all{request.id};
  RequestFilter open;
  open.open = true;
  CHECK(found_in_list(registry, far_school, open) == all);

  auto back =
      moving(registry.queries().request(request.id)->request, "return", "head_review", {school, Role::head}, at(2));
  Request& after = back.decision.request;
  after.parts_ended = {{far_school, at(2), after.version, "head_review", after.pinned.submission, 0}};
  commit(registry.store(), {back});
  CHECK(registry.queries().request(request.id)->request.parts_ended == after.parts_ended);
  for (const auto office : {far_school, other_county}) {
    CHECK(found_in_list(registry, office) == all);
    CHECK(found_in_list(registry, office, sought_by_words(name)) == all);
    CHECK(found_in_list(registry, office, open).empty());
    for (const bool ended : {true, false}) {
      RequestFilter filter;
      if (ended)
        filter.state = "head_review";
      else
        filter.school = school;
      CHECK(found_in_list(registry, office, filter).empty());
    }
    CHECK(registry.queries().statistics({{office}}, at(3)).empty());
    CHECK(registry.queries().waiting({{office}}, at(3)).empty());
    CHECK(registry.queries().definition_counts({{office}}, at(3)).empty());
  }
  for (const auto office : {school, county, province, ministry}) CHECK(found_in_list(registry, office, open) == all);

  auto named_again = moving(registry.queries().request(request.id)->request, "approve", "county_review",
                            {county, Role::reviewer}, at(3));
  named_again.decision.request.parts_ended.clear();
  commit(registry.store(), {named_again});
  CHECK(found_in_list(registry, far_school, open) == all);
}

TEST_CASE("the audit finds a part that is shown to another office, or longer than it lasted") {
  const auto [statement, sentence] = GENERATE(table<std::string, std::string>({
      {"UPDATE request_past_place SET until_at = until_at + 1",
       "request 1 shows a part of itself to other offices than its own"},
      {"DELETE FROM request_past_place", "request 1 shows a part of itself to other offices than its own"},
      {"INSERT INTO request_place (request_id, office_id) SELECT request_id, office_id FROM request_past_place",
       "request 1 is shown to other offices than its own"},
      {"UPDATE request SET document = REPLACE(document, ',\"head_review\",1,0]]', ',\"head_review\",9,0]]')",
       "the history of request 1 does not say that a part in it has ended"},
  }));
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  auto back = moving(request, "return", "head_review", {school, Role::head}, at(2));
  Request& after = back.decision.request;
  after.named_schools = {far_school};
  after.parts_ended = {{far_school, at(2), after.version, "head_review", after.pinned.submission, 0}};
  commit(registry.store(), {back});
  const auto sound = faults_told(registry);
  CHECK_THAT(sound, !Catch::Matchers::VectorContains(sentence));
  damage(registry, statement);
  CAPTURE(statement);
  CHECK_THAT(faults_told(registry), Catch::Matchers::VectorContains(sentence));
}

TEST_CASE("an ended request shows the student as of its last act, whatever was changed later") {
  Registry registry;
  const auto name = registry.queries().student(StudentId{2})->name;
  const Request first = open_request(registry, StudentId{2});
  commit(registry.store(), {ending(first, {{"class", "2班", "3班"}, {"school", "5", "7"}}, at(1))});
  const Request second = open_request(registry, StudentId{2}, far_school, at(2));
  commit(registry.store(), {ending(second, {{"name", name, "王小刚"}, {"class", "3班", "4班"}}, at(3))});

  const auto ended = registry.queries().request(first.id);
  CHECK(ended->student.name == name);
  CHECK(ended->student.class_name == "3班");
  CHECK(ended->student.school == far_school);
  const auto listed = registry.queries().requests({{ministry}}, {}, {}).items;
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].student.name == "王小刚");
  CHECK(listed[0].student.class_name == "4班");
  CHECK(listed[1].student.name == name);
  CHECK(listed[1].school == far_school);

  const Request third = open_request(registry, StudentId{2}, far_school, at(4));
  CHECK(registry.queries().request(third.id)->student.name == "王小刚");
}

TEST_CASE("a handle serves whoever it was given to, for an hour") {
  Registry registry;
  auto& handles = registry.database->student_handles();
  const auto hash = sha256_hex("handle");
  handles.give(hash, registrar, StudentId{4}, at(0));
  CHECK(handles.student(hash, registrar, at(59)) == StudentId{4});
  CHECK_FALSE(handles.student(hash, registrar, at(60)));
  CHECK_FALSE(handles.student(hash, head, at(1)));
  CHECK_FALSE(handles.student(sha256_hex("another"), registrar, at(1)));
  handles.give(sha256_hex("another"), head, StudentId{1}, at(61));
  CHECK_FALSE(handles.student(hash, registrar, at(1)));
}
