// Which file of a business is taken where it is opened.
#include "engine/machine/variants.hpp"

#include "engine/definition/guard_paths.hpp"
#include "engine/definition/identity.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

constexpr OfficeId guangdong{2}, guangzhou{3}, tianhe{4}, yuexiu{5}, sichuan{6}, jinjiang{7};
constexpr OfficeId tianhe_senior{11}, tianhe_primary{12}, yuexiu_senior{13}, jinjiang_senior{14}, shenzhen_senior{15};

OfficeTree offices() {
  const OfficeId ministry{1}, shenzhen{8};
  return OfficeTree{{{ministry, "100000", "教育部", Level::ministry, {}},
                     {guangdong, "440000", "广东省", Level::province, ministry},
                     {guangzhou, "440100", "广州市", Level::prefecture, guangdong},
                     {tianhe, "440106", "天河区", Level::county, guangzhou},
                     {yuexiu, "440104", "越秀区", Level::county, guangzhou},
                     {sichuan, "510000", "四川省", Level::province, ministry},
                     {jinjiang, "510104", "锦江区", Level::county, sichuan},
                     {shenzhen, "440300", "深圳市", Level::prefecture, guangdong},
                     {tianhe_senior, "3444000001", "天河一中", Level::school, tianhe},
                     {tianhe_primary, "2144000001", "天河一小", Level::school, tianhe},
                     {yuexiu_senior, "3444000002", "越秀一中", Level::school, yuexiu},
                     {jinjiang_senior, "3451000001", "锦江一中", Level::school, jinjiang},
                     {shenzhen_senior, "3444000003", "深圳中学", Level::school, shenzhen}}};
}

/// A transfer, opened by any school.
Definition file(std::string variant = {}, std::optional<Applies> applies = std::nullopt, int version = 1) {
  Definition definition;
  definition.key = "transfer";
  definition.file = variant + ".yaml";
  definition.variant = std::move(variant);
  definition.version = version;
  definition.applies = std::move(applies);
  definition.opened_by.office.place = initiator_office;
  definition.opened_by.office.step = OfficeExpression::Step::any_school;
  return definition;
}

Applies receiving(std::vector<std::string> provinces, std::optional<Level> within = std::nullopt,
                  std::vector<Stage> stages = {}) {
  return {std::string(initiator_office), std::move(provinces), within, std::move(stages), {5, 10}};
}
Applies sending(std::vector<std::string> provinces) {
  return {std::string(student_school), std::move(provinces), std::nullopt, {}, {6, 10}};
}

Caller registrar_at(OfficeId school) {
  Caller caller;
  Post post;
  post.office = school;
  post.role = Role::registrar;
  caller.posts.push_back(post);
  return caller;
}

/// The variant of the one that is taken; `none` where there is none.
std::string taken(const std::vector<Definition>& files, OfficeId opener, OfficeId school) {
  std::vector<const Definition*> newest;
  for (const Definition& each : files) newest.push_back(&each);
  const Definition* chosen = definition_to_open(newest, registrar_at(opener), school, offices(), Instant{});
  return chosen ? chosen->variant : "none";
}

std::vector<Fault> ambiguous(const std::vector<Definition>& files) {
  std::vector<const Definition*> all;
  for (const Definition& each : files) all.push_back(&each);
  return clashes_of(all);
}

}  // namespace

TEST_CASE("a variant is begun within the national window, whatever its own is called") {
  Calendar calendar;
  const auto window = [&](const std::string& name, std::chrono::month_day from, std::chrono::month_day until) {
    calendar.windows[name] = {name, {{from, until}}, {}};
  };
  using std::chrono::August, std::chrono::July, std::chrono::September;
  window("transfer", August / 15, July / 15);
  window("narrower", September / 1, July / 1);
  window("earlier", August / 10, July / 15);
  Definition national = file(), variant = file("sichuan", receiving({"510000"}));
  national.windows = {{"transfer"}};
  const auto told = [&](const std::string& own) {
    variant.windows.clear();
    if (!own.empty()) variant.windows = {{own, {}, {7, 11}}};
    const std::vector<const Definition*> both{&variant, &national};
    const auto faults = variants_beyond_the_window(both, calendar);
    return faults.empty() ? std::string{} : faults.front().to_string();
  };
  CHECK(told("transfer").empty());
  CHECK(told("narrower").empty());
  CHECK(told("earlier") ==
        "sichuan.yaml:7:11: error: the variant `sichuan` of `transfer` could be begun on 08-10, by its window "
        "`earlier`, when the national window `transfer` is closed until 08-15; narrow the window in the calendar: a "
        "province's own lies within the national one");
  CHECK(told("") ==
        "sichuan.yaml:5:10: error: the variant `sichuan` of `transfer` could be begun on 07-15, having no window, when "
        "the national window `transfer` is closed until 08-15; give it `window: transfer`, or one that lies within it");
  variant.retired = true;
  CHECK(told("earlier").empty());
}

TEST_CASE("each window of the national file binds the variants, for those for whom it counts") {
  Calendar calendar;
  calendar.windows["graduating"] = {"graduating", {{std::chrono::August / 15, std::chrono::July / 1}}, {}};
  const auto paths = guard_paths(GuardScope::opening, std::vector<Field>());
  const Guard graduating = std::get<Guard>(parse_guard("student.graduating", paths.types, paths.known));
  Definition national = file(), variant = file("sichuan", receiving({"510000"}));
  national.windows = {{"graduating", graduating, {}}};
  const auto told = [&] {
    const std::vector<const Definition*> both{&variant, &national};
    const auto faults = variants_beyond_the_window(both, calendar);
    return faults.empty() ? std::string{} : faults.front().to_string();
  };
  CHECK(told() ==
        "sichuan.yaml:5:10: error: the variant `sichuan` of `transfer` could be begun on 07-01 for whom "
        "`student.graduating` holds, having no window, when the national window `graduating` is closed until 08-15; "
        "give it `window: {name: graduating, when: student.graduating}`, or one that lies within it");
  variant.windows = {{"graduating", graduating, {}}};
  CHECK(told().empty());
  variant.windows = {{"graduating", {}, {}}};
  CHECK(told().empty());
}

TEST_CASE("the province of the place decides, and elsewhere it is the national file") {
  const std::vector<Definition> files{file(), file("guangdong", receiving({"440000"})),
                                      file("sichuan", sending({"510000"}))};
  CHECK(taken(files, tianhe_senior, yuexiu_senior) == "guangdong");
  CHECK(taken(files, jinjiang_senior, tianhe_senior).empty());
  CHECK(taken({file(), files[2]}, tianhe_senior, jinjiang_senior) == "sichuan");
}

TEST_CASE("the stage is that of the place's school") {
  const std::vector<Definition> files{file(), file("senior", receiving({"440000"}, std::nullopt, {Stage::senior}))};
  CHECK(taken(files, tianhe_senior, tianhe_primary) == "senior");
  CHECK(taken(files, tianhe_primary, tianhe_senior).empty());
}

TEST_CASE("a school of several stages has the variant of the pupil's, and where nobody knows it of any of them") {
  const OfficeId whole_school{16};
  std::vector<Office> all;
  const OfficeTree others = offices();
  for (const Office& office : others.all()) all.push_back(office);
  all.push_back(
      {whole_school, "3444000009", "天河学校", Level::school, tianhe, {Stage::primary, Stage::junior, Stage::senior}});
  const OfficeTree tree(std::move(all));
  const std::vector<Definition> files{file(), file("senior", receiving({"440000"}, std::nullopt, {Stage::senior})),
                                      file("younger", receiving({"440000"}, std::nullopt, {Stage::primary}))};
  const std::vector<const Definition*> newest{&files[0], &files[1], &files[2]};
  const auto taken_for = [&](const std::string& grade) {
    Student pupil;
    pupil.school = tianhe_primary;
    pupil.grade = grade;
    return definition_to_open(newest, registrar_at(whole_school), pupil, tree, Instant{})->variant;
  };
  CHECK(taken_for("3") == "younger");
  CHECK(taken_for("8").empty());
  CHECK(taken_for("11") == "senior");
  CHECK(taken_for("") == "senior");
}

TEST_CASE("`within` asks for the lowest office above both schools") {
  const auto [level, near, neighbours, province, nation] =
      GENERATE(table<Level, bool, bool, bool, bool>({{Level::county, true, false, false, false},
                                                     {Level::prefecture, true, true, false, false},
                                                     {Level::province, true, true, true, false}}));
  const std::vector<Definition> files{file(), file("near", receiving({"440000"}, level))};
  CHECK((taken(files, tianhe_senior, tianhe_primary) == "near") == near);
  CHECK((taken(files, tianhe_senior, yuexiu_senior) == "near") == neighbours);
  CHECK((taken(files, tianhe_senior, shenzhen_senior) == "near") == province);
  CHECK((taken(files, tianhe_senior, jinjiang_senior) == "near") == nation);
}

TEST_CASE("the narrowest that fits is taken, in whichever order they are given") {
  std::vector<Definition> files{file("all", receiving({"440000"})),
                                file("near", receiving({"440000"}, Level::prefecture)),
                                file("near-senior", receiving({"440000"}, Level::prefecture, {Stage::senior})), file(),
                                file("south", receiving({"440000", "450000"}))};
  REQUIRE(ambiguous(files).empty());
  std::sort(files.begin(), files.end(), [](const Definition& a, const Definition& b) { return a.variant < b.variant; });
  do {
    CHECK(taken(files, tianhe_senior, yuexiu_senior) == "near-senior");
    CHECK(taken(files, tianhe_primary, yuexiu_senior) == "near");
    CHECK(taken(files, tianhe_senior, jinjiang_senior) == "all");
    CHECK(taken(files, jinjiang_senior, tianhe_senior).empty());
  } while (std::next_permutation(files.begin(), files.end(),
                                 [](const Definition& a, const Definition& b) { return a.variant < b.variant; }));
}

TEST_CASE("a retired variant gives its place to what applies besides it") {
  std::vector<Definition> files{file(), file("guangdong", receiving({"440000"})),
                                file("senior", receiving({"440000"}, std::nullopt, {Stage::senior}))};
  files[2].retired = true;
  CHECK(taken(files, tianhe_senior, yuexiu_senior) == "guangdong");
  files[1].retired = true;
  CHECK(taken(files, tianhe_senior, yuexiu_senior).empty());
}

TEST_CASE("a business of one province is nobody else's") {
  CHECK(taken({file("guangdong", receiving({"440000"}))}, jinjiang_senior, tianhe_senior) == "none");
}

TEST_CASE("a variant is nobody's to open whose posts never fit it") {
  const OfficeTree tree = offices();
  const Definition here = file("senior", receiving({"440000"}, std::nullopt, {Stage::senior}));
  CHECK(may_ever_fit(here, registrar_at(tianhe_senior), tree, Instant{}));
  CHECK_FALSE(may_ever_fit(here, registrar_at(tianhe_primary), tree, Instant{}));
  CHECK_FALSE(may_ever_fit(here, registrar_at(jinjiang_senior), tree, Instant{}));
  CHECK(may_ever_fit(file("from", sending({"440000"})), registrar_at(jinjiang_senior), tree, Instant{}));
  CHECK(may_ever_fit(file(), registrar_at(jinjiang_senior), tree, Instant{}));
}

TEST_CASE("two variants that can meet while neither is narrower are told of with both places") {
  const auto faults =
      ambiguous({file("a", receiving({"440000", "450000"})), file("b", receiving({"450000", "460000"}))});
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().to_string() ==
        "b.yaml:5:10: error: the variants `b` and `a` of `transfer` can apply to the same schools, and neither is "
        "narrower; the other stands in a.yaml:5:10; let one of them say all that the other does and more: fewer "
        "provinces, a lower `within`, fewer stages");
}

TEST_CASE("which pairs can meet") {
  using Pair = std::pair<Applies, Applies>;
  const auto meeting = GENERATE(
      Pair{receiving({"440000"}), receiving({"440000"})},
      Pair{receiving({"440000"}, Level::county), receiving({"440000"}, std::nullopt, {Stage::senior})},
      Pair{receiving({"440000"}, std::nullopt, {Stage::senior}), receiving({"440000"}, std::nullopt, {Stage::senior})},
      Pair{receiving({"440000"}), sending({"510000"})},
      Pair{receiving({"440000"}, Level::county), sending({"440000"})});
  CHECK(ambiguous({file("a", meeting.first), file("b", meeting.second)}).size() == 1);
}

TEST_CASE("which pairs can't, or are one inside the other") {
  using Pair = std::pair<Applies, Applies>;
  const auto apart = GENERATE(
      Pair{receiving({"440000"}), receiving({"510000"})},
      Pair{receiving({"440000"}, std::nullopt, {Stage::senior}), receiving({"440000"}, std::nullopt, {Stage::junior})},
      Pair{receiving({"440000"}, Level::province), sending({"510000"})},
      Pair{receiving({"440000"}), receiving({"440000"}, Level::county)},
      Pair{receiving({"440000"}, Level::county), receiving({"440000"}, Level::province)},
      Pair{receiving({"440000", "510000"}), receiving({"510000"})});
  CHECK(ambiguous({file("a", apart.first), file("b", apart.second)}).empty());
}

TEST_CASE("older versions, retired variants and other businesses stand in nobody's way") {
  const Definition one = file("a", receiving({"440000"})), newer = file("a", receiving({"510000"}), 2);
  Definition retired = file("b", receiving({"440000"})), other = retired;
  retired.retired = true;
  CHECK(ambiguous({one, retired}).empty());
  CHECK(ambiguous({one, newer, file("b", receiving({"440000"}))}).empty());
  other.key = "suspension";
  CHECK(ambiguous({one, other}).empty());
}

TEST_CASE("a variant stands beside its business's name") {
  CHECK(name_with_variant(file()) == "transfer");
  CHECK(name_with_variant(file("guangdong")) == "transfer (guangdong)");
  CHECK(is_older_version(file("a", {}, 1), file("a", {}, 2)));
  CHECK_FALSE(is_older_version(file("", {}, 1), file("a", {}, 2)));
}

TEST_CASE("a variant is opened as the national file is") {
  const auto at_home = [](Definition definition) {
    definition.opened_by.office.step = OfficeExpression::Step::itself;
    definition.opened_by.office.place = student_school;
    definition.opened_by.source = "registrar at student.school";
    definition.opened_by.position = {9, 7};
    return definition;
  };
  Definition national = file(), variant = at_home(file("guangdong", receiving({"440000"})));
  national.opened_by.source = "registrar at any school";
  national.opened_by.position = {12, 7};
  for (const auto& files : {std::vector{national, variant}, std::vector{variant, national}}) {
    const auto faults = ambiguous(files);
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().file == "guangdong.yaml");
    CHECK(faults.front().position == Position{9, 7});
    CHECK(faults.front().what ==
          "the variant `guangdong` of `transfer` is opened by `registrar at student.school`, and the national file by "
          "`registrar at any school`; that stands in .yaml:12:7");
  }
  CHECK(ambiguous({at_home(national), variant}).empty());
  CHECK(ambiguous({national, at_home(file("guangdong", receiving({"440000"}), 1)),
                   file("guangdong", receiving({"440000"}), 2)})
            .empty());
  variant.retired = true;
  CHECK(ambiguous({national, variant}).empty());
}
