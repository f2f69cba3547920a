// Two records of one student: what is shown of each is for each to be seen.
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "engine/registry/members.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"
#include "web/shapes/json_history.hpp"
#include "web/shapes/json_request.hpp"
#include "web/shapes/json_workflow.hpp"

using namespace xueji;
using namespace xueji::web;
using namespace xueji::testing;
namespace json = boost::json;

namespace {

constexpr DefinitionId pair_definition{3};
const std::string number_of_one = "G110105201205040017", number_of_other = "J110106201205040029";

/// A record at the school and one of another county, of one name.
struct Pair {
  Pair() {
    auto definition = std::make_shared<Definition>(*definition_of("workflows/g-number-deletion"));
    definition->key = "pair";
    definition->subject.kind = SubjectRule::Kind::pair;
    definition->subject.at_most = 2;
    definition->opened_on = PairRule{{"name", "sex", "birth_date"}, std::nullopt, {}};
    entry = {pair_definition, definition};
    rooms.set_catalog(Catalog({entry}));
    const FakeData data = registry(2);
    Student one = data.students.at(StudentId{1}), other = data.students.at(StudentId{2});
    one.numbers = {{number_of_one, NumberKind::G, NumberState::current, clock.now()}};
    one.class_name = "1班";
    other.name = one.name;
    other.school = other_county;
    other.class_name = "2班";
    other.id_number.reset();
    other.numbers = {{number_of_other, NumberKind::J, NumberState::current, clock.now()}};
    rows = {{{1, one.id, std::nullopt}, one, {}, {}}, {{2, other.id, std::nullopt}, other, {}, {}}};
    request.id = RequestId{7};
    request.version = 1;
    request.definition = pair_definition;
    request.student = one.id;
    request.school = school;
    request.token.state = definition->states.front().key;
    request.opened_as = {province, Role::reviewer};
    request.fields = {{"number", number_of_one}};
    request.several = Several{2, 0, "", std::nullopt, 0, {school, other_county}};
  }

  Rendering rendering() const {
    Rendering made;
    made.offices = rooms.offices();
    made.catalog = rooms.catalog();
    made.calendar = rooms.calendar();
    made.now = clock.now();
    return made;
  }

  json::value shown_to(const Caller& caller, Rendering with) const {
    JsonWriter writer;
    const RequestPeople nobody;
    RequestView view{request, rows[0].student, school, nobody, caller};
    view.subjects = rows;
    view.goes_on_of = [](StudentId) { return GoesOn{{}, "张三", ""}; };
    write_request(writer, view, with);
    return json::parse(writer.take());
  }
  json::value shown_to(const Caller& caller) const { return shown_to(caller, rendering()); }

  DrivenClock clock;
  Directory rooms = directory();
  Catalog::Entry entry;
  std::vector<SubjectRow> rows;
  Request request;
};

std::string text(const json::value& value) { return value.as_string().c_str(); }

std::string number(const json::value& subject) { return text(subject.at("student").at("numbers").at(0).at("number")); }

}  // namespace

TEST_CASE("of a pair everybody sees whole what is at or below their office, and of the other record who it is") {
  const Pair pair;
  const auto seen = pair.shown_to(head());
  CHECK(seen.at("student").is_null());
  CHECK(seen.at("subjectCount").as_int64() == 2);
  CHECK_FALSE(seen.at("mayBeSetAside").as_bool());
  CHECK(text(seen.at("openedBy")) == "system");
  CHECK(text(seen.at("workflow").at("subject")) == "pair");
  const auto &own = seen.at("subjects").at(0), &foreign = seen.at("subjects").at(1);
  CHECK(text(own.at("id")) == "1");
  CHECK(text(own.at("student").at("class")) == "1班");
  CHECK(number(own) == number_of_one);
  CHECK(foreign.at("id").is_null());
  CHECK(foreign.at("student").at("class").is_null());
  CHECK(text(foreign.at("student").at("birthDate")) == "2012-05-04");
  CHECK(number(foreign) == "J110106************");

  const auto by_other = pair.shown_to(stranger());
  CHECK(by_other.at("subjects").at(0).at("id").is_null());
  CHECK(number(by_other.at("subjects").at(0)) == "G110105************");
  CHECK(number(by_other.at("subjects").at(1)) == number_of_other);
}

TEST_CASE("what is filled in about a pair is whole to whoever sees both") {
  const Pair pair;
  const auto above = pair.shown_to(person(30, Role::reviewer, province));
  CHECK(text(above.at("fields").at("number")) == number_of_one);
  CHECK(number(above.at("subjects").at(0)) == number_of_one);
  CHECK(number(above.at("subjects").at(1)) == number_of_other);
  CHECK(text(pair.shown_to(head()).at("fields").at("number")) == "G110105************");
  const auto listed = pair.shown_to(person(30, Role::reviewer, province), pair.rendering().in_list());
  CHECK(number(listed.at("subjects").at(1)) == "J110106************");
  CHECK(listed.at("subjects").at(1).at("student").at("birthDate").is_null());
}

TEST_CASE("a merged record names the one that goes on, by its id to whoever sees that") {
  Pair pair;
  pair.rows[1].student.status = StudentStatus::merged;
  pair.rows[1].student.merged_into = StudentId{1};
  const auto seen = pair.shown_to(head());
  const auto& merged = seen.at("subjects").at(1).at("student");
  CHECK(text(merged.at("status")) == "merged");
  CHECK(merged.at("mergedInto").at("id").is_null());
  CHECK(text(merged.at("mergedInto").at("name")) == "张三");
  CHECK(seen.at("subjects").at(0).at("student").at("mergedInto").is_null());
}

TEST_CASE("the history says in words what a merged record gave away, and masks the numbers of another school's") {
  const Pair pair;
  HistoryRow row;
  row.definition = pair_definition;
  row.entry.changes = {{std::string(number_state), "current", "", number_of_other},
                       {std::string(number_state), "", "former", number_of_other},
                       {std::string(merged_into_member), "", "1"}};
  const auto changes = [&](bool elsewhere) {
    Rendering rendering = pair.rendering();
    rendering.elsewhere = elsewhere;
    JsonWriter writer;
    write_history_entry(writer, row, rendering, {.about = "张三", .ordinal = 2, .into = number_of_one});
    return json::parse(writer.take());
  };
  const auto seen = changes(false);
  CHECK(seen.at("subject").at("ordinal").as_int64() == 2);
  CHECK(text(seen.at("changes").at(0).at("old")) == number_of_other + " current");
  CHECK(text(seen.at("changes").at(0).at("new")).empty());
  CHECK(text(seen.at("changes").at(1).at("new")) == number_of_other + " former");
  CHECK(text(seen.at("changes").at(2).at("title")) == "并入的学籍");
  CHECK(text(seen.at("changes").at(2).at("old")).empty());
  CHECK(text(seen.at("changes").at(2).at("new")) == number_of_one);
  CHECK(text(changes(true).at("changes").at(0).at("old")) == "J110106************ current");
}

TEST_CASE("a business about pairs says that the system opens it, and on what") {
  const Pair pair;
  JsonWriter writer;
  write_workflow(writer, pair.entry, pair.rendering());
  const auto shown = json::parse(writer.take());
  CHECK(text(shown.at("subject")) == "pair");
  REQUIRE(shown.at("opensOn").as_array().size() == 3);
  CHECK(text(shown.at("opensOn").at(0).at("key")) == "name");
  CHECK(text(shown.at("opensOn").at(2).at("title")) == "出生日期");
}
