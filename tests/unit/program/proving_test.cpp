#include "cli/proving/proving_child.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "cli/proving/proof_json.hpp"
#include "tests/catch.hpp"
#include "tests/unit/program/output.hpp"

using namespace xueji;
using namespace xueji::tests;
namespace fs = std::filesystem;

namespace {

constexpr const char* good = R"({"violations":[],"definitions":[{"file":"%s","states":7,"properties":5}]})";

/// A program in the place of xueji: it counts how often it is asked, and says what the test wants said.
struct Asked {
  TemporaryFolder folder;
  ProvingOptions options;
  std::vector<std::string> logged;

  /// `says` is a shell script; "$5" is the definition's path.
  explicit Asked(const std::string& says) {
    options.program = folder.path / "program";
    std::ofstream{options.program} << "#!/bin/sh\necho x >> '" << (folder.path / "asked").string() << "'\n"
                                   << says << '\n';
    fs::permissions(options.program, fs::perms::owner_all);
    options.build = "build-1";
    options.kept = folder.path / "proofs";
    options.log = [this](std::string_view line) { logged.emplace_back(line); };
  }
  Verification prove(const std::string& text = "key: a\n", const std::string& calendar = "",
                     const std::vector<std::string>& older = {}) const {
    std::vector<Definition> kept;
    for (const std::string& each : older) kept.push_back(definition(each));
    std::vector<const Definition*> pointers;
    for (const Definition& each : kept) pointers.push_back(&each);
    Calendar days;
    days.text = calendar;
    return proving_child(options)(definition(text), days, pointers);
  }
  long times() const {
    const std::string lines = content_of(folder.path / "asked");
    return std::count(lines.begin(), lines.end(), '\n');
  }

 private:
  static Definition definition(const std::string& text) {
    Definition made;
    made.file = "workflows/made.yaml";
    made.text = text;
    made.sha256 = text;
    return made;
  }
};

std::string answer(const char* json) { return fmt::format("printf '{}\\n' \"$5\"", json); }

Violation one_of_all() {
  return {"no-way-on",
          {"definition.yaml", {12, 5}, "nobody can \"act\"", "drop 条件"},
          {{"", "open", "draft", "registrar"}, {"draft", "submit", "a+b", ""}},
          Severity::violation,
          {{"student.status", "in_school"}, {"note", ""}}};
}

}  // namespace

TEST_CASE("what check --json says is read as it was written") {
  Violation warning = one_of_all();
  warning.severity = Severity::warning;
  web::JsonWriter json;
  json.begin_object().key("violations").begin_array();
  write(json, one_of_all());
  write(json, warning);
  Violation others = one_of_all();
  others.fault.file = "calendar.yaml";
  write(json, others);
  json.end_array().key("definitions").begin_array().begin_object();
  json.member("file", "definition.yaml")
      .member("states", 3)
      .member("properties", 2)
      .end_object()
      .end_array()
      .end_object();

  const auto proof = read_proof(json.take(), "definition.yaml", "workflows/a.yaml");
  REQUIRE(proof);
  CHECK(proof->states == 3);
  CHECK(proof->properties == 2);
  REQUIRE(proof->violations.size() == 1);
  REQUIRE(proof->warnings.size() == 1);
  const Violation& read = proof->violations.front();
  CHECK(to_string(read) == "workflows/a.yaml:12:5: error: no-way-on: nobody can \"act\"; drop 条件");
  CHECK(read.path == one_of_all().path);
  CHECK(read.data == one_of_all().data);
  CHECK(proof->warnings.front().severity == Severity::warning);
}

TEST_CASE("a proof is asked once, and again for another text, calendar, older version or build") {
  Asked asked{answer(good)};
  CHECK(asked.prove().states == 7);
  CHECK(asked.prove().properties == 5);
  CHECK(asked.times() == 1);
  asked.prove("key: b\n");
  CHECK(asked.times() == 2);
  asked.prove("key: a\n", "format: 1\n");
  CHECK(asked.times() == 3);
  asked.prove("key: a\n", "", {"key: older\n"});
  CHECK(asked.times() == 4);
  asked.options.build = "build-2";
  asked.prove();
  CHECK(asked.times() == 5);
  asked.options.build = "build-1";
  asked.prove();
  CHECK(asked.times() == 5);
  asked.options.build.clear();
  asked.prove();
  asked.prove();
  CHECK(asked.times() == 7);
}

TEST_CASE("an answer that was damaged is asked again") {
  const std::string damage =
      GENERATE(as<std::string>{}, "", "{\"violations\":[", "{}", "[1,2]", R"({"definitions":7})");
  Asked asked{answer(good)};
  asked.prove();
  for (const auto& each : fs::directory_iterator{asked.options.kept}) std::ofstream{each.path()} << damage;
  CHECK(asked.prove().states == 7);
  CHECK(asked.times() == 2);
}

TEST_CASE("a program that does not answer proves nothing, and that is not kept") {
  const auto [says, told] = GENERATE(table<std::string, std::string>({
      {"kill -9 $$", "`xueji check` ended with status 137"},
      {"exit 0", "`xueji check` ended with status 0"},
      {"echo usage >&2; exit 2", "`xueji check` ended with status 2: usage"},
      {"sleep 60", "`xueji check` took more than 0 s"},
  }));
  Asked asked{says};
  asked.options.longest = std::chrono::seconds{says == "sleep 60" ? 0 : 300};
  for (int n = 1; n <= 2; ++n) {
    const Verification proof = asked.prove();
    REQUIRE(proof.violations.size() == 1);
    CHECK(proof.violations.front().rule == "undecided");
    CHECK(
        to_string(proof.violations.front()).find("workflows/made.yaml: error: undecided: it was not proved: " + told) ==
        0);
  }
  CHECK((!fs::exists(asked.options.kept) || fs::is_empty(asked.options.kept)));
}

TEST_CASE("a proof under way ends when it is told to stop, and none is begun after that") {
  Asked asked{"sleep 60"};
  std::stop_source stopping;
  asked.options.stop = stopping.get_token();
  const std::jthread stops{[&] {
    while (asked.times() == 0) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    stopping.request_stop();
  }};
  CHECK_THROWS_AS(asked.prove(), ProofEnded);
  CHECK_THROWS_AS(asked.prove(), ProofEnded);
  CHECK(asked.times() == 1);
  CHECK(fs::is_empty(asked.options.kept));
}

TEST_CASE("a program that is not there proves nothing") {
  Asked asked{answer(good)};
  asked.options.program = asked.folder.path / "gone";
  CHECK(asked.prove().violations.front().fault.what.find("cannot start") != std::string::npos);
}

TEST_CASE("where answers can't be kept they are told and used all the same") {
  Asked asked{answer(good)};
  std::ofstream{asked.options.kept} << "a file in the place of the folder";
  CHECK(asked.prove().states == 7);
  REQUIRE(asked.logged.size() == 1);
  CHECK(asked.logged.front().find("the proof is not kept: ") == 0);
}

TEST_CASE("what is no file is no kept answer, and without TMPDIR the folder of answers serves") {
  Asked asked{answer(good)};
  asked.prove();
  for (const auto& each : fs::directory_iterator{asked.options.kept}) {
    const fs::path place = each.path();
    fs::remove(place);
    fs::create_symlink("/dev/zero", place);
  }
  CHECK(asked.prove().states == 7);
  CHECK(asked.times() == 2);

  struct WithoutPlace {
    WithoutPlace() { ::setenv("TMPDIR", "/nonexistent", 1); }
    ~WithoutPlace() { ::unsetenv("TMPDIR"); }
  } without_place;
  CHECK(asked.prove("key: c\n").states == 7);
  CHECK(asked.logged.empty());
}

TEST_CASE("the linker names the build") { CHECK(own_build().size() >= 16); }
