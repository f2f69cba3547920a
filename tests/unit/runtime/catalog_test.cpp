#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <utility>

#include "engine/base/sha256.hpp"
#include "engine/definition/identity.hpp"
#include "engine/definition/loader.hpp"
#include "engine/runtime/deployment.hpp"
#include "engine/runtime/directory.hpp"
#include "tests/catch.hpp"
#include "tests/unit/definition/first_version.hpp"
#include "tests/unit/verify/files.hpp"

using namespace xueji;

namespace {

std::string workflow(const std::string& key) { return test::as_first_version(test::shipped_text(key)); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

class FakeDefinitions : public DefinitionStore {
 public:
  std::vector<PinnedDefinition> kept;
  std::vector<PinnedDefinition> all_definitions() override { return kept; }
  DefinitionId newest_definition() override { return DefinitionId{static_cast<std::int64_t>(kept.size())}; }
  /// What another program does between the look at what is there and the pin.
  std::function<void()> meanwhile = [] {};
  DefinitionId pin(const PinnedDefinition& definition, const std::string& known) override {
    std::exchange(meanwhile, [] {})();
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const PinnedDefinition& each) {
      return is_same_file(each, definition) && each.version == definition.version;
    });
    if (same != kept.end() && same->sha256 != known) throw DefinitionTaken(*same);
    const DefinitionId id = same == kept.end() ? DefinitionId{static_cast<std::int64_t>(kept.size()) + 1} : same->id;
    PinnedDefinition& stored = same == kept.end() ? kept.emplace_back() : *same;
    stored = definition;
    stored.id = id;
    return id;
  }
  DefinitionId pin_newest(const PinnedDefinition& definition) override { return pin(definition, {}); }
};

const std::string name_change = "key-information-change";

Catalog loaded(const std::string& yaml, DefinitionStore& store) {
  auto result = load_catalog({{"a.yaml", yaml}}, store, test::national_calendar());
  REQUIRE(std::holds_alternative<Catalog>(result));
  return std::get<Catalog>(std::move(result));
}

}  // namespace

TEST_CASE("a definition is pinned once and keeps its id") {
  FakeDefinitions store;
  const DefinitionId first = loaded(workflow(name_change), store).newest(name_change)->id;
  CHECK(loaded(workflow(name_change), store).newest(name_change)->id == first);
  CHECK(store.kept.size() == 1);
}

TEST_CASE("a changed file under an unused version replaces it, under a used one it is refused with both hashes") {
  FakeDefinitions store;
  loaded(workflow(name_change), store);
  const std::string changed = workflow(name_change) + "\n# a remark\n";
  const DefinitionId id = loaded(changed, store).newest(name_change)->id;
  CHECK(id == store.kept.front().id);
  CHECK(store.kept.size() == 1);

  store.kept.front().used = true;
  const std::string pinned = store.kept.front().sha256;
  const auto result = load_catalog({{"a.yaml", workflow(name_change)}}, store, test::national_calendar());
  REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
  const std::string sentence = std::get<std::vector<Fault>>(result).front().to_string();
  CHECK(sentence.find(pinned) != std::string::npos);
  CHECK(sentence.find("raise its version to 2") != std::string::npos);
  CHECK(store.kept.front().sha256 == pinned);
}

TEST_CASE("a new version is taken for new requests, the old one stays for those that run on it") {
  FakeDefinitions store;
  const DefinitionId old = loaded(workflow(name_change), store).newest(name_change)->id;
  store.kept.front().used = true;
  const Catalog catalog = loaded(replaced(workflow(name_change), "version: 1", "version: 2"), store);
  CHECK(catalog.newest(name_change)->definition->version == 2);
  REQUIRE(catalog.find(old));
  CHECK(catalog.find(old)->version == 1);
  CHECK(catalog.newest().size() == 1);
}

TEST_CASE("the same version in two files and faulty files are refused, and nothing is pinned") {
  FakeDefinitions store;
  const auto twice = load_catalog({{"a.yaml", workflow(name_change)}, {"b.yaml", workflow(name_change)}}, store,
                                  test::national_calendar());
  REQUIRE(std::holds_alternative<std::vector<Fault>>(twice));
  CHECK(std::get<std::vector<Fault>>(twice).front().to_string() ==
        "b.yaml: error: version 1 of 'key-information-change' is also in a.yaml; remove one of the two "
        "files, or "
        "raise the "
        "version of the newer");
  const auto faulty =
      load_catalog({{"a.yaml", workflow(name_change)}, {"b.yaml", "key: [\n"}}, store, test::national_calendar());
  CHECK(std::holds_alternative<std::vector<Fault>>(faulty));
  CHECK(store.kept.empty());
}

TEST_CASE("of two files that become the same version at once the later is refused with both hashes") {
  FakeDefinitions store;
  const std::string other = workflow(name_change) + "\n# a remark\n";
  store.meanwhile = [&] { loaded(other, store); };
  const auto result = load_catalog({{"a.yaml", workflow(name_change)}}, store, test::national_calendar());
  REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
  REQUIRE(store.kept.size() == 1);
  CHECK(store.kept.front().yaml == other);
  CHECK(std::get<std::vector<Fault>>(result).front().what ==
        "version 1 of 'key-information-change' with SHA-256 " + store.kept.front().sha256 +
            " was deployed meanwhile, and the file has " + sha256_hex(workflow(name_change)));
}

TEST_CASE("a definition whose text was changed in the database is not run") {
  FakeDefinitions store;
  loaded(workflow(name_change), store);
  store.kept.front().yaml += "\n# a remark\n";
  for (const std::string& file : {workflow(name_change), replaced(workflow(name_change), "version: 1", "version: 2")}) {
    const auto result = load_catalog({{"a.yaml", file}}, store, test::national_calendar());
    REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
    CHECK(std::get<std::vector<Fault>>(result).front().what ==
          "the text of version 1 of 'key-information-change' in the database has SHA-256 " +
              sha256_hex(store.kept.front().yaml) + ", and " + store.kept.front().sha256 + " was deployed");
  }
  CHECK_FALSE(with_newer(Catalog{}, store));
}

TEST_CASE("an unknown definition is null") {
  CHECK(Catalog().find(DefinitionId{1}) == nullptr);
  CHECK(Catalog().newest("no-such-business") == nullptr);
}

TEST_CASE("a definition that does not verify is refused with its path, and nothing is pinned") {
  FakeDefinitions store;
  const std::string unproved =
      replaced(workflow(name_change), "approve: {to: county_review}", "approve: {to: central_check}");
  const auto result = load_catalog({{"a.yaml", unproved}}, store, test::national_calendar());
  REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
  std::string sentences;
  for (const Fault& fault : std::get<std::vector<Fault>>(result)) sentences += fault.to_string() + "\n";
  CHECK(
      sentences.find("always: this does not hold: effect apply_changes only after county_approval.approve; correct the "
                     "states, or the sentence; path: draft -submit-> head_review -approve-> central_check -clear-> "
                     "completed\n") != std::string::npos);
  CHECK(store.kept.empty());
}

TEST_CASE("requests go on with a definition that does not verify, and it is logged") {
  FakeDefinitions store;
  const std::string unproved =
      replaced(workflow(name_change), "approve: {to: county_review}", "approve: {to: central_check}");
  auto definition = load_definition(unproved, "a.yaml");
  REQUIRE(std::holds_alternative<Definition>(definition));
  const auto& known = std::get<Definition>(definition);
  store.pin({{}, known.key, known.version, known.sha256, unproved, "a.yaml", true}, {});
  std::vector<std::string> lines;
  const auto result = load_catalog({{"a.yaml", unproved}}, store, test::national_calendar(), verify,
                                   [&](const std::string& line) { lines.push_back(line); });
  CHECK(std::holds_alternative<Catalog>(result));
  REQUIRE_FALSE(lines.empty());
  CHECK(lines.front().starts_with("requests go on although this does not hold: a.yaml:"));
}

namespace {

/// The shipped file as a variant of one province.
std::string variant_of(const std::string& variant, const std::string& province, int version = 1) {
  const std::string head = "format: 2\nkey: " + name_change + "\nvariant: " + variant +
                           "\napplies: {place: student.school, provinces: [\"" + province +
                           "\"]}\nversion: " + std::to_string(version) + "\n";
  std::string text = workflow(name_change);
  text = replaced(text, "format: 2\n", "");
  text = replaced(text, "key: " + name_change + "\n", "");
  return replaced(text, "version: 1\n", head);
}

}  // namespace

TEST_CASE("a variant stands beside the national file with versions of its own") {
  FakeDefinitions store;
  loaded(workflow(name_change), store);
  auto result = load_catalog({{"a.yaml", workflow(name_change)},
                              {"b.yaml", variant_of("guangdong", "440000")},
                              {"c.yaml", variant_of("sichuan", "510000", 4)}},
                             store, test::national_calendar());
  REQUIRE(std::holds_alternative<Catalog>(result));
  const Catalog catalog = std::get<Catalog>(std::move(result));
  CHECK(store.kept.size() == 3);
  CHECK(catalog.newest(name_change)->definition->variant.empty());
  CHECK(catalog.newest(name_change, "sichuan")->definition->version == 4);
  CHECK(catalog.newest(name_change, "henan") == nullptr);
  CHECK(catalog.newest().size() == 3);
  CHECK(catalog.newest_of(name_change).size() == 3);
  CHECK(catalog.newest_of(name_change).front()->definition->variant.empty());
  CHECK(catalog.newest_of("no-such-business").empty());
}

TEST_CASE("the file that applies at the student's school is opened") {
  FakeDefinitions store;
  const Catalog catalog = [&] {
    auto result = load_catalog({{"a.yaml", workflow(name_change)}, {"b.yaml", variant_of("guangdong", "440000")}},
                               store, test::national_calendar());
    return std::get<Catalog>(std::move(result));
  }();
  const OfficeTree offices{{{OfficeId{1}, "100000", "教育部", Level::ministry, {}},
                            {OfficeId{2}, "440000", "广东省", Level::province, OfficeId{1}},
                            {OfficeId{3}, "2144000001", "第一小学", Level::school, OfficeId{2}},
                            {OfficeId{4}, "510000", "四川省", Level::province, OfficeId{1}},
                            {OfficeId{5}, "2151000001", "第二小学", Level::school, OfficeId{4}}}};
  const auto opened = [&](OfficeId school) {
    return catalog.to_open(name_change, Caller{}, school, offices, Instant{})->definition->variant;
  };
  CHECK(opened(OfficeId{3}) == "guangdong");
  CHECK(opened(OfficeId{5}).empty());
  CHECK(catalog.to_open("no-such-business", Caller{}, OfficeId{3}, offices, Instant{}) == nullptr);
}

TEST_CASE("two variants that could apply to the same schools are refused with both places, and nothing is pinned") {
  FakeDefinitions store;
  const auto result =
      load_catalog({{"b.yaml", variant_of("guangdong", "440000")}, {"c.yaml", variant_of("south", "440000")}}, store,
                   test::national_calendar());
  REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
  const std::string sentence = std::get<std::vector<Fault>>(result).front().to_string();
  CHECK(sentence.find("c.yaml:") == 0);
  CHECK(sentence.find("the other stands in b.yaml:") != std::string::npos);
  CHECK(store.kept.empty());
}

TEST_CASE("what was deployed on top of a version that requests ran on stays, though neither has a file") {
  FakeDefinitions store;
  loaded(workflow(name_change), store);
  store.kept.front().used = true;
  loaded(replaced(workflow(name_change), "version: 1", "version: 2\nretired: true"), store);
  auto result = load_catalog({}, store, test::national_calendar());
  REQUIRE(std::holds_alternative<Catalog>(result));
  const auto* newest = std::get<Catalog>(result).newest(name_change);
  CHECK((newest->definition->version == 2 && newest->definition->retired));
}

TEST_CASE("a variant comes over from its own older versions only") {
  FakeDefinitions store;
  (void)load_catalog({{"a.yaml", workflow(name_change)}, {"b.yaml", variant_of("guangdong", "440000")}}, store,
                     test::national_calendar());
  for (PinnedDefinition& each : store.kept) each.used = true;
  const std::string second =
      variant_of("guangdong", "440000", 2) + "\nmigrate:\n  - from: 1\n    otherwise: same state\n";
  auto definition = load_definition(second, "b.yaml");
  const auto older = older_versions(std::get<Definition>(definition), store.kept);
  const auto& versions = std::get<std::vector<Catalog::Entry>>(older);
  REQUIRE(versions.size() == 1);
  CHECK(versions.front().definition->variant == "guangdong");
}

TEST_CASE("a folder that is older than what was deployed is told of, and the deployed version stays the newest") {
  FakeDefinitions store;
  const std::string second = replaced(workflow(name_change), "version: 1", "version: 2");
  std::vector<std::string> lines;
  const auto told = [&](const std::string& line) { lines.push_back(line); };
  (void)load_catalog({{"b.yaml", second}}, store, test::national_calendar(), verify, told);
  CHECK(lines.empty());
  const auto result = load_catalog({{"a.yaml", workflow(name_change)}}, store, test::national_calendar(), verify, told);
  REQUIRE(lines.size() == 1);
  CHECK(lines.front() ==
        "a.yaml has version 1 of 'key-information-change', and version 2 was deployed: requests are opened on the "
        "deployed one; put its file into the folder");
  CHECK(std::get<Catalog>(result).newest(name_change)->definition->version == 2);
}

TEST_CASE("a migration that does not fit the older version is refused with its place, and nothing is pinned") {
  FakeDefinitions store;
  loaded(workflow(name_change), store);
  const std::string second = replaced(workflow(name_change), "version: 1", "version: 2") +
                             "\nmigrate:\n  - from: 1\n    states: {county_revue: county_review}\n"
                             "    otherwise: same state\n";
  const auto refused = [&] {
    const auto result = load_catalog({{"a.yaml", second}}, store, test::national_calendar());
    return std::holds_alternative<Catalog>(result) ? std::string{}
                                                   : std::get<std::vector<Fault>>(result).front().to_string();
  };
  store.kept.front().used = true;
  CHECK(refused().find("error: version 1 has no state `county_revue`") != std::string::npos);
  CHECK(store.kept.size() == 1);
  store.kept.front().used = false;
  CHECK(refused().empty());
}
