#include "cli/check_command.hpp"

#include "engine/base/time.hpp"
#include "tests/catch.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <regex>
#include <sstream>

using namespace xueji;
namespace fs = std::filesystem;

namespace {

const std::string shipped = XUEJI_SOURCE_DIR "/workflows";

/// A folder of its own, removed at the end.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("xueji-check-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path / name} << text;
    return (path / name).string();
  }
};

struct Outcome {
  int status = 0;
  std::string out;
  std::string errors;
};

/// Noon in China of that day.
struct FixedClock : Clock {
  Date today;
  explicit FixedClock(Date date) : today(date) {}
  Instant now() const override { return start_of_day_in_china(today) + std::chrono::hours{12}; }
};

std::string shipped_text(const std::string& name) {
  std::ifstream stream{shipped + "/" + name};
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

/// The shipped file as a variant of one province.
std::string variant_of_province(const std::string& variant, const std::string& province) {
  std::string text = shipped_text("key-information-change.yaml");
  text.resize(text.find("\nmigrate:\n") + 1);
  text = std::regex_replace(text, std::regex("\nformat: 1\n"), "\nformat: 2\n");
  return std::regex_replace(
      text, std::regex("\nversion: "),
      "\nvariant: " + variant + "\napplies: {place: student.school, provinces: [\"" + province + "\"]}\nversion: ");
}

constexpr Date spring{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};

Outcome check(const std::vector<std::string>& paths, bool json = false, const std::string& calendar = {},
              Date today = spring) {
  std::ostringstream out, errors;
  auto* const old_out = std::cout.rdbuf(out.rdbuf());
  auto* const old_errors = std::cerr.rdbuf(errors.rdbuf());
  const int status = run_check({paths, json, calendar}, FixedClock{today});
  std::cout.rdbuf(old_out);
  std::cerr.rdbuf(old_errors);
  return {status, out.str(), errors.str()};
}

}  // namespace

TEST_CASE("the shipped definitions hold, and each is named with its version and what was proved, then all together") {
  const auto outcome = check({shipped});
  CHECK(outcome.status == 0);
  CHECK(outcome.errors.find("error:") == std::string::npos);
  std::string lines;
  for (const auto& [file, named] : std::vector<std::pair<std::string, std::string>>{
           {"class-change", "class-change version 1"},
           {"class-division", "class-division version 1"},
           {"g-number-change", "g-number-change version 1"},
           {"g-number-deletion", "g-number-deletion version 2"},
           {"j-to-g", "j-to-g version 1"},
           {"key-information-change", "key-information-change version 4"},
           {"problem-status", "problem-status version 1"},
           {"resumption", "resumption version 2"},
           {"return", "return version 3"},
           {"suspension", "suspension version 2"},
           {"transfer-guangdong-senior", "transfer \\(guangdong-senior\\) version 3"},
           {"transfer-henan", "transfer \\(henan\\) version 2"},
           {"transfer-sichuan", "transfer \\(sichuan\\) version 3"},
           {"transfer", "transfer version 3"}})
    lines += ".*/" + file + "\\.yaml: " + named + ": [0-9]+ states explored, [0-9]+ properties proved in [0-9.]+ ms\n";
  lines += "14 definitions: [0-9]+ states explored, [0-9]+ properties proved in [0-9.]+ ms\n";
  INFO(outcome.out);
  CHECK(std::regex_match(outcome.out, std::regex(lines)));
}

TEST_CASE("what does not hold is told with its rule, place and shortest path, and the status is 1") {
  const Folder folder;
  std::string yaml = shipped_text("key-information-change.yaml");
  const std::string approve = "approve: {to: county_review}";
  yaml.replace(yaml.find(approve), approve.size(), "approve: {to: central_check}");
  const auto file = folder.write("copy.yaml", yaml);
  const auto outcome = check({file});
  CHECK(outcome.status == 1);
  CHECK(outcome.errors.find(file +
                            ":159:5: error: always: this does not hold: effect apply_changes only after "
                            "county_approval.approve; correct the states, or the sentence\n"
                            "    path: draft -submit-> head_review -approve-> central_check -clear-> completed\n") !=
        std::string::npos);
  CHECK(outcome.out.find(" violated in ") != std::string::npos);

  const auto json = check({file}, true);
  CHECK(json.status == 1);
  CHECK(json.errors.empty());
  CHECK(json.out.starts_with("{\"violations\":[{\"rule\":"));
  CHECK(json.out.find("{\"rule\":\"always\",\"severity\":\"violation\",\"file\":\"" + file +
                      "\",\"line\":158,\"column\":5,") != std::string::npos);
  CHECK(json.out.find("{\"state\":\"central_check\",\"event\":\"clear\",\"to\":\"completed\",\"who\":null}") !=
        std::string::npos);
}

TEST_CASE("what an end opens is looked for in the whole folder, and a file alone is not asked for it") {
  const Folder folder;
  const auto file = folder.write("transfer.yaml", shipped_text("transfer.yaml"));
  const std::string calendar = shipped + "/../config/calendar.yaml";
  CHECK(check({file}, false, calendar).status == 0);
  const auto alone = check({folder.path.string()}, false, calendar);
  CHECK(alone.status == 1);
  CHECK(alone.errors.find(
            "error: `completed` opens the business `return`, which does not exist; put its file beside this one, or "
            "correct the key") != std::string::npos);

  std::string target = shipped_text("return.yaml");
  folder.write("return.yaml", target);
  CHECK(check({folder.path.string()}, false, calendar).status == 0);
  const std::string unlike = std::regex_replace(target, std::regex("new_class"), "new_room");
  folder.write("return.yaml", std::regex_replace(unlike, std::regex("by: registrar at"), "by: head at"));
  const auto unfit = check({folder.path.string()}, false, calendar).errors;
  CHECK(unfit.find("error: `return` has no field `new_class`; leave it out, or correct the key") != std::string::npos);
  CHECK(unfit.find("error: `return` is opened by a head, not by a registrar; name the post that opens it, as `head at "
                   "student.school` in its own file") != std::string::npos);
  folder.write("return.yaml", std::regex_replace(target, std::regex("version: 3"), "version: 3\nretired: true"));
  CHECK(check({folder.path.string()}, false, calendar).errors.find("`return`, which is retired") != std::string::npos);
}

TEST_CASE("what an end fills in for another business are values that its fields take") {
  const Folder folder;
  const std::string transfer = shipped_text("transfer.yaml");
  folder.write("return.yaml", shipped_text("return.yaml"));
  const auto told = [&](const std::string& fields, const std::string& business = "return") {
    std::string opening = std::regex_replace(transfer, std::regex("definition: return"), "definition: " + business);
    const std::regex filled_in("fields: \\{ground: transferred, new_class: field new_class\\}");
    folder.write("transfer.yaml", std::regex_replace(opening, filled_in, "fields: {" + fields + "}"));
    return check({folder.path.string()}, false, shipped + "/../config/calendar.yaml").errors;
  };
  CHECK(told("new_class: field new_class").find("error:") == std::string::npos);
  const std::string of = "error: the field `new_class` of `return` ";
  CHECK(told("new_class: field ground")
            .find(of + "is of type text, not choice; take it from another field than "
                       "`ground`, or leave it out") != std::string::npos);
  CHECK(told("new_class: field reason")
            .find(of + "takes 50 characters at most; take it from another field than "
                       "`reason`, or leave it out") != std::string::npos);
  CHECK(told("ground: nonsense").find("error: the field `ground` of `return` cannot be `nonsense`: ") !=
        std::string::npos);
  folder.write("class-division.yaml", shipped_text("class-division.yaml"));
  CHECK(told("new_class: field new_class", "class-division")
            .find("error: `class-division` is about several students, and is opened for one; name a business with "
                  "`subject: student`") != std::string::npos);
}

TEST_CASE("a fault is told with file, line and column, and the status is 1") {
  const Folder folder;
  const auto file = folder.write("broken.yaml", "a: b: c\n");
  const auto outcome = check({shipped, file});
  CHECK(outcome.status == 1);
  CHECK(outcome.errors.ends_with(
      file +
      ":1:5: error: this is not valid YAML (illegal map value); look at the indentation, colons, "
      "brackets and quotes here and on the line before\n"));
}

TEST_CASE("scenarios in a folder are left out") {
  const Folder folder;
  folder.write("a.scenario.yaml", "scenario: x\n");
  folder.write("readme.txt", "x\n");
  const auto outcome = check({folder.path.string()});
  CHECK(outcome.status == 2);
  CHECK(outcome.errors == "xueji check: " + folder.path.string() + " holds no definition; definitions end in .yaml\n");
}

TEST_CASE("a path that does not exist, and no path at all, are wrong usage") {
  CHECK(check({"/nonexistent/x.yaml"}).errors == "xueji check: /nonexistent/x.yaml cannot be found; check the path\n");
  CHECK(check({"/nonexistent/x.yaml"}).status == 2);
  CHECK(check({}).status == 2);
}

TEST_CASE("a file that is far too large is refused without being read whole") {
  const Folder folder;
  const auto file = folder.write("large.yaml", std::string(300 * 1024, 'x'));
  const auto outcome = check({file});
  CHECK(outcome.status == 1);
  CHECK(outcome.errors == file + ":1:1: error: this file is larger than 256 KiB; split it into several files\n");
}

TEST_CASE("a year without holidays is warned of by the clock, once for each calendar, and the status stays 0") {
  constexpr Date winter{std::chrono::year{2026}, std::chrono::December, std::chrono::day{28}};
  CHECK(check({shipped}).errors.find("year-without-holidays") == std::string::npos);
  const auto outcome = check({shipped}, false, {}, winter);
  CHECK(outcome.status == 0);
  const auto first =
      outcome.errors.find("calendar.yaml: warning: year-without-holidays: the calendar has no holidays of 2027");
  REQUIRE(first != std::string::npos);
  CHECK(outcome.errors.find("year-without-holidays", first + 40) == std::string::npos);
  CHECK(check({shipped}, true, {}, winter).out.find("{\"rule\":\"year-without-holidays\",\"severity\":\"warning\"") !=
        std::string::npos);
}

TEST_CASE("the calendar that is named is the one that counts, and one that cannot be read is a fault") {
  const Folder folder;
  const auto calendar = folder.write("ours.yaml", "format: 1\nholidays: {2027: {free: [2027-10-01]}}\n");
  const auto outcome = check({shipped + "/g-number-deletion.yaml"}, false, calendar);
  CHECK(outcome.status == 0);
  CHECK(outcome.errors.find(calendar + ": warning: year-without-holidays: the calendar"
                                       " has no holidays of 2026") != std::string::npos);
  const auto missing = check({shipped + "/g-number-deletion.yaml"}, false, "/nonexistent/calendar.yaml");
  CHECK(missing.status == 1);
  CHECK(missing.errors ==
        "/nonexistent/calendar.yaml: error: the calendar can't be read; check that it exists and "
        "that you may read it\n");
}

TEST_CASE("a calendar beside the definitions is no definition") {
  const Folder folder;
  folder.write("calendar.yaml", "format: 1\nholidays: {2026: {free: [2026-10-01]}}\n");
  CHECK(check({folder.path.string()}).status == 2);
}

TEST_CASE("variants of different provinces stand beside each other") {
  const Folder folder;
  folder.write("north.yaml", variant_of_province("north", "110000"));
  folder.write("south.yaml", variant_of_province("south", "440000"));
  const Outcome outcome = check({shipped + "/key-information-change.yaml", folder.path.string()});
  CAPTURE(outcome.errors);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.find("key-information-change (south) version 4: ") != std::string::npos);
}

TEST_CASE("two variants that could apply to the same schools are told of with both places") {
  const Folder folder;
  const std::string one = folder.write("one.yaml", variant_of_province("one", "440000"));
  const std::string two = folder.write("two.yaml", variant_of_province("two", "440000"));
  const Outcome outcome = check({folder.path.string()});
  CHECK(outcome.status == 1);
  CHECK(outcome.errors.find(two +
                            ":5:10: error: the variants `two` and `one` of `key-information-change` can apply to "
                            "the same schools, and neither is narrower; the other stands in " +
                            one + ":5:10; ") != std::string::npos);
}

TEST_CASE("two files of one version with different texts are refused, and one that is named twice counts once") {
  const Folder folder;
  const std::string one = folder.write("one.yaml", variant_of_province("north", "110000"));
  const std::string two = folder.write("two.yaml", variant_of_province("north", "120000"));
  const Outcome outcome = check({folder.path.string(), one});
  CHECK(outcome.status == 1);
  CHECK(outcome.errors.find(two + ": error: version 4 of 'key-information-change (north)' is also in " + one) !=
        std::string::npos);
  CHECK(outcome.errors.find(one + ": error") == std::string::npos);
  CHECK(outcome.out.find("2 definitions: ") != std::string::npos);
  CHECK(check({one, one}).out.find("1 definitions: ") != std::string::npos);
  folder.write("two.yaml", variant_of_province("north", "110000"));
  CHECK(check({folder.path.string()}).status == 0);
}
