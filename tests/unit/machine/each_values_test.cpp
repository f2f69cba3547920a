// A value for each of several students: filled in, asked for, pinned, set by the end.
#include "engine/machine/each_values.hpp"

#include "class_of.hpp"
#include "engine/machine/migration.hpp"
#include "engine/machine/submission_hash.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

struct Division : ClassOf {
  explicit Division(std::size_t pupils) : ClassOf(pupils, "class-division") {
    for (std::size_t ordinal = 1; ordinal <= pupils; ++ordinal)
      pupil(static_cast<int>(ordinal)).name = "学生" + std::to_string(ordinal);
  }

  Open begun(std::vector<FieldValues> each = {}, bool submit = false) {
    Open what{"class-division", pupil(1).id, {}, {}, "", submit};
    what.each = std::move(each);
    return what;
  }
  Edit filled(std::vector<ForOne> each) const { return {bench.request->id, {}, {}, std::move(each)}; }
  Perform submission() const { return bench.perform("submit"); }
};

FieldValues into(const std::string& name) { return {{"new_class", name}}; }

std::vector<std::pair<std::string, std::string>> told(const Refusal& refusal) {
  std::vector<std::pair<std::string, std::string>> complaints;
  for (const FieldComplaint& each : refusal.complaints) complaints.emplace_back(each.pointer, each.message.zh);
  return complaints;
}

using Told = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("each student has the class that is filled in for them, at the opening or later") {
  Division division(3);
  division.by("registrar", division.begun({into("5班"), {}, into(" ")}));
  CHECK(division.subjects[0].fields == into("5班"));
  CHECK(division.subjects[1].fields.empty());
  CHECK(division.subjects[2].fields.empty());
  division.by("registrar", division.filled({{3, into("6班")}, {2, into("7班")}}));
  division.by("registrar", division.submission());
  const Decision done = division.by("head", division.bench.perform("approve"));
  CHECK(done.request.outcome == Outcome::completed);
  CHECK(division.pupil(1).class_name == "5班");
  CHECK(division.pupil(2).class_name == "7班");
  CHECK(division.pupil(3).class_name == "6班");
}

TEST_CASE("a submission asks for the value of each who takes part, says how many lack it and who they are") {
  Division division(6);
  division.pupil(6).status = StudentStatus::suspended;
  division.by("registrar", division.begun({into("5班")}));
  CHECK(told(division.refused("registrar", division.submission())) ==
        Told{{"/subjects", "“新班级”还有 4 名学生未填：学生2、学生3、学生4等"}});
  division.by("registrar", division.filled({{2, into("5班")}, {3, into("5班")}, {4, into("6班")}}));
  const Refusal last = division.refused("registrar", division.submission());
  CHECK(told(last) == Told{{"/subjects", "“新班级”还有 1 名学生未填：学生5"}});
  CHECK(last.complaints.front().message.en == "\"New class\" is empty for 1 student: 学生5");
  division.by("registrar", division.set_aside(5, "另行编班"));
  CHECK(division.by("registrar", division.submission()).request.token.state == "head_review");
}

TEST_CASE("opening with submit asks for the same") {
  Division division(2);
  CHECK(told(division.refused("registrar", division.begun({into("5班")}, true))) ==
        Told{{"/subjects", "“新班级”还有 1 名学生未填：学生2"}});
  CHECK(division.by("registrar", division.begun({into("5班"), into("6班")}, true)).request.token.state ==
        "head_review");
}

TEST_CASE("a value is checked like any other, and each stands in its place") {
  Division division(2);
  Open what = division.begun({into(std::string(51, 'x')), {{"statement", "随堂"}, {"no_such", "1"}}});
  what.fields = into("5班");
  CHECK(told(division.refused("registrar", what)) ==
        Told{{"/fields/new_class", "此项逐名学生填写，请填在 subjects 中"},
             {"/subjects/0/fields/new_class", "最多 50 个字"},
             {"/subjects/1/fields/no_such", "本业务没有这一项"},
             {"/subjects/1/fields/statement", "此项全件只填一次，请填在 fields 中"}});
  division.by("registrar", division.begun());
  CHECK(told(division.refused("registrar", division.filled({{2, into("5班")}, {9, into("5班")}}))) ==
        Told{{"/subjects/1/ordinal", "此件没有这名学生"}});
}

TEST_CASE("only the first hundred faults of a long list are told") {
  Division division(150);
  const std::vector<FieldValues> each(150, into(std::string(51, 'x')));
  CHECK(division.refused("registrar", division.begun(each)).complaints.size() == 100);
}

TEST_CASE("what is filled in for one is all that stands for them; the others keep what they have") {
  Division division(2);
  division.by("registrar", division.begun({into("5班"), into("6班")}));
  const std::string before = division.bench.request->several->values;
  division.by("registrar", division.filled({{1, {}}}));
  CHECK(division.subjects[0].fields.empty());
  CHECK(division.subjects[1].fields == into("6班"));
  CHECK(division.bench.request->several->values != before);
  division.by("registrar", division.filled({{1, into("5班")}}));
  CHECK(division.bench.request->several->values == before);
}

TEST_CASE("nobody fills in for a student once it is submitted") {
  Division division(1);
  division.by("registrar", division.begun({into("5班")}, true));
  CHECK(division.refused("registrar", division.filled({{1, into("6班")}})).kind == RefusalKind::not_in_this_state);
  division.by("head", division.bench.perform("return", "请改"));
  division.by("registrar", division.filled({{1, into("6班")}}));
  const Decision again = division.by("registrar", division.submission());
  CHECK(again.submission->round == 2);
}

TEST_CASE("a submission pins the values of each, and one without them is hashed as it was before") {
  Division division(2);
  const Decision first = division.by("registrar", division.begun({into("5班"), into("6班")}, true));
  REQUIRE(first.submission);
  CHECK(first.submission->values == digest_of_values(division.subjects));
  std::vector<Subject> swapped = division.subjects;
  std::swap(swapped[0].fields, swapped[1].fields);
  Submission other = *first.submission;
  other.values = digest_of_values(swapped);
  CHECK(pinned(other).form != first.request.pinned.form);

  ClassOf plain(2);
  const Decision moved = plain.by("registrar", plain.open());
  CHECK(moved.submission->values.empty());
  CHECK(moved.request.several->values.empty());
}

TEST_CASE("an end for more than fits one transaction sets each their own class, slice by slice") {
  Division division(201);
  std::vector<FieldValues> each;
  for (int ordinal = 1; ordinal <= 201; ++ordinal) each.push_back(into(std::to_string(ordinal) + "班"));
  division.by("registrar", division.begun(each, true));
  division.by("head", division.bench.perform("approve"));
  while (!division.bench.request->outcome) division.slice();
  for (int ordinal = 1; ordinal <= 201; ++ordinal)
    REQUIRE(division.pupil(ordinal).class_name == std::to_string(ordinal) + "班");
}

TEST_CASE("a new version takes a request over only where the values of each fit it as they are") {
  Division division(2);
  division.by("registrar", division.begun({into("5班"), into("6班")}, true));
  const Definition older = division.bench.definition;
  const auto plan = [&](const std::function<void(Field&)>& change) {
    Definition newer = older;
    newer.version = 2;
    newer.migrations.push_back({1, {}, Migration::Otherwise::same_state, Migration::Lost::drop, {}});
    for (Field& field : newer.fields)
      if (field.each) change(field);
    return plan_migration(older, newer, *division.bench.request, division.bench.world.offices(),
                          Date{std::chrono::year{2026} / 9 / 1});
  };
  CHECK(plan([](Field&) {}).kind == MigrationPlan::Kind::moves);
  CHECK(plan([](Field& field) { field.title = {"班级", "Class"}; }).kind == MigrationPlan::Kind::moves);
  CHECK(plan([](Field& field) { field.max = 20; }).kind == MigrationPlan::Kind::stuck);
  CHECK(plan([](Field& field) { field.key = "class_then"; }).why.zh == "逐名学生填写的“新班级”，新版不同");
  CHECK(plan([](Field& field) { field.each = false; }).kind == MigrationPlan::Kind::stuck);
}
