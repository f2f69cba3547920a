// Conditions about rows have one meaning: random ones over random rows are evaluated, explained and decided by the
// prover, which knows how many rows there may be. XUEJI_SEED tries others.
#include <fmt/format.h>

#include <cstdlib>
#include <random>

#include "engine/definition/guard_paths.hpp"
#include "engine/definition/rows.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/verify/logic.hpp"
#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

unsigned seed_of_rows() {
  const char* text = std::getenv("XUEJI_SEED");
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 20260902;
}

class DiceOfRows {
 public:
  explicit DiceOfRows(unsigned from) : engine_(from) {}
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  template <class Words>
  const std::string& of(const Words& words) {
    return words[below(words.size())];
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> kinds{"wrong_entry", "absent", "other"}, days{"2026-01-01", "2026-01-02"},
    notes{"一", "ab", "在校"}, signs{"==", "!=", "<", "<=", ">", ">="};

/// What can be said of one row, or of the form around it.
std::string about_a_row(DiceOfRows& dice, int depth = 0) {
  if (depth < 2 && dice.one_in(3)) {
    const std::string one = about_a_row(dice, depth + 1), other = about_a_row(dice, depth + 1);
    return dice.one_in(3)   ? "!(" + one + ")"
           : dice.one_in(2) ? "(" + one + ") && (" + other + ")"
                            : "(" + one + ") || (" + other + ")";
  }
  switch (dice.below(7)) {
    case 0:
      return "kind == \"" + dice.of(kinds) + "\"";
    case 1:
      return "kind in [\"" + dice.of(kinds) + "\", \"" + dice.of(kinds) + "\"]";
    case 2:
      return "note " + std::string(dice.one_in(2) ? "==" : "!=") + " \"" + dice.of(notes) + "\"";
    case 3:
      return "found_on " + dice.of(signs) + " date(\"" + dice.of(days) + "\")";
    case 4:
      return fmt::format("size(note) {} {}", dice.of(signs), dice.below(3));
    case 5:
      return "note == student.class";
    default:
      return "has(" + dice.of(std::vector<std::string>{"kind", "note", "found_on", "right_number"}) + ")";
  }
}

std::string about_rows(DiceOfRows& dice, int depth = 0) {
  if (depth < 2 && dice.one_in(3)) {
    const std::string one = about_rows(dice, depth + 1), other = about_rows(dice, depth + 1);
    return dice.one_in(3)   ? "!(" + one + ")"
           : dice.one_in(2) ? "(" + one + ") && (" + other + ")"
                            : "(" + one + ") || (" + other + ")";
  }
  switch (dice.below(5)) {
    case 0:
      return fmt::format("size(findings) {} {}", dice.of(signs), dice.below(4));
    case 1:
      return "has(findings)";
    default:
      return (dice.one_in(2) ? "all(findings, " : "any(findings, ") + about_a_row(dice) + ")";
  }
}

GuardRows rows_at_random(DiceOfRows& dice) {
  GuardRows rows;
  for (std::size_t count = dice.below(4); count > 0; --count) {
    auto& row = rows.emplace_back();
    if (!dice.one_in(4)) row["kind"] = dice.of(kinds);
    if (!dice.one_in(3)) row["note"] = dice.of(notes);
    if (!dice.one_in(3)) row["found_on"] = dice.of(days);
    if (dice.one_in(4)) row["right_number"] = "440524188001010014";
  }
  return rows;
}

std::string exactly(const GuardRows::value_type& row) {
  std::string all;
  for (const std::string key : {"kind", "note", "found_on", "right_number"}) {
    const auto value = row.find(key);
    const std::string quoted = value == row.end() ? "" : "\"" + value->second + "\"";
    all += (all.empty() ? "" : " && ") + (value == row.end()  ? "!has(" + key + ")"
                                          : key == "found_on" ? key + " == date(" + quoted + ")"
                                                              : key + " == " + quoted);
  }
  return all;
}

/// The rows as conditions: how many, that each of them is there, and that there are no others.
std::vector<std::string> facts_of(const GuardRows& rows, const std::string& class_name) {
  std::vector<std::string> facts{fmt::format("size(findings) == {}", rows.size()),
                                 "student.class == \"" + class_name + "\""};
  std::string one_of;
  for (const auto& row : rows) {
    facts.push_back("any(findings, " + exactly(row) + ")");
    one_of += (one_of.empty() ? "(" : " || (") + exactly(row) + ")";
  }
  if (!rows.empty()) facts.push_back("all(findings, " + one_of + ")");
  return facts;
}

Guard guard_about_rows(const Definition& definition, const std::string& source) {
  const auto paths = guard_paths(GuardScope::action, definition.fields);
  auto parsed = parse_guard(source, paths.types, paths.known);
  if (const auto* fault = std::get_if<GuardFault>(&parsed)) FAIL(source << ": " << fault->what);
  return std::get<Guard>(std::move(parsed));
}

Definition with_rows_at_most(std::size_t at_most) {
  const std::string text = file_text(repository() / "tests/routes/record-findings.yaml");
  return definition_of(replaced(text, "at_most: 20", "at_most: " + std::to_string(at_most)));
}

}  // namespace

TEST_CASE("each condition about rows means the same when it is evaluated or explained or proved") {
  INFO("seed " << seed_of_rows());
  DiceOfRows dice{seed_of_rows()};
  Definition definition = with_rows_at_most(20);
  const OfficeTree offices({{OfficeId{1}, "2144000001", "天河一小", Level::school, {}}});
  auto& rules = definition.states.front().actions.front().when;
  std::size_t held = 0, failed = 0;
  for (std::size_t round = 0; round < 25; ++round) {
    rules.clear();
    for (std::size_t at = 0; at < 5; ++at) rules.push_back({guard_about_rows(definition, about_rows(dice)), {}, {}});
    Request request;
    Student student;
    student.school = OfficeId{1};
    student.class_name = dice.of(notes);
    const GuardRows rows = rows_at_random(dice);
    if (!rows.empty()) request.fields["findings"] = text_of_rows(rows);
    const auto values = action_guard_values(definition, request, {offices, student}, "");
    std::vector<Guard> known;
    for (const std::string& fact : facts_of(rows, student.class_name)) {
      known.push_back(guard_about_rows(definition, fact));
      rules.push_back({known.back(), {}, {}});
    }
    Logic logic{definition};
    std::vector<Logic::Term> terms;
    for (const Guard& fact : known) {
      INFO(fact.source());
      CHECK(fact.holds(values));
      terms.push_back(logic.of(fact));
    }
    const auto here = logic.all(terms);
    REQUIRE(logic.can_hold(here) == Logic::Answer::yes);
    for (std::size_t at = 0; at < 5; ++at) {
      const Guard& guard = rules[at].guard;
      INFO(guard.source());
      const bool holds = guard.holds(values);
      const auto term = logic.of(guard);
      CHECK(logic.can_hold(logic.all({here, term})) == (holds ? Logic::Answer::yes : Logic::Answer::no));
      CHECK(logic.can_hold(logic.all({here, logic.no(term)})) == (holds ? Logic::Answer::no : Logic::Answer::yes));
      const auto reasons = guard.explain(values);
      CHECK(reasons.empty() == holds);
      for (const Text& reason : reasons) CHECK((!reason.zh.empty() && !reason.en.empty()));
      ++(holds ? held : failed);
    }
  }
  WARN(held << " conditions about rows held and " << failed << " failed, seed " << seed_of_rows());
  CHECK(held * 5 > failed);
  CHECK(failed * 5 > held);
}

TEST_CASE("the prover knows how many rows there may be, and that each is filled in once it is submitted") {
  Definition definition = with_rows_at_most(2);
  auto& rules = definition.states.front().actions.front().when;
  const auto can_hold = [&](const std::vector<std::string>& sources, bool complete = false) {
    rules.clear();
    for (const std::string& source : sources) rules.push_back({guard_about_rows(definition, source), {}, {}});
    Logic logic{definition};
    std::vector<Logic::Term> terms;
    for (const Rule& rule : rules) terms.push_back(logic.of(rule.guard));
    if (complete) terms.push_back(logic.are_complete(*definition.field("findings")));
    return logic.can_hold(logic.all(terms)) == Logic::Answer::yes;
  };
  const std::string one = "any(findings, kind == \"absent\")", other = "any(findings, kind == \"other\")",
                    third = "any(findings, kind == \"wrong_entry\")";
  CHECK_FALSE(can_hold({"size(findings) > 2"}));
  CHECK(can_hold({one, other}));
  CHECK_FALSE(can_hold({one, other, third}));
  CHECK_FALSE(can_hold({one, other, "size(findings) == 1"}));
  CHECK_FALSE(can_hold({one, "!has(findings)"}));
  CHECK(can_hold({"all(findings, kind == \"absent\")", "all(findings, kind == \"other\")"}));
  CHECK_FALSE(can_hold({"all(findings, kind == \"absent\")", "all(findings, kind == \"other\")", "has(findings)"}));
  CHECK(can_hold({"any(findings, !has(kind))"}));
  CHECK_FALSE(can_hold({"any(findings, !has(kind))"}, true));
}

TEST_CASE("a rule about rows that can never hold, or an offer that is never made, is found") {
  const std::string text = file_text(repository() / "tests/routes/record-findings.yaml");
  const auto told = [&](const std::string& from, const std::string& to) {
    std::string all;
    for (const auto& violation : verify(definition_of(replaced(text, from, to)), national_calendar()).violations)
      all += violation.fault.what + "\n";
    return all;
  };
  CHECK(told("at_most: 20", "at_most: 19").empty());
  CHECK(told("size(findings) > 5", "size(findings) > 25").find("never") == std::string::npos);
  CHECK(told("any(findings, kind == \"absent\") || size(findings) > 5", "size(findings) > 20").find("can never hold") !=
        std::string::npos);
  CHECK(told("when: kind == \"absent\"}", "when: kind == \"absent\" && kind == \"other\"}")
            .find("no row of `findings` ever offers `suspension`") != std::string::npos);
  CHECK(told("kind != \"other\" || has(note)", "size(note) > 3").find("may be empty") != std::string::npos);
}
