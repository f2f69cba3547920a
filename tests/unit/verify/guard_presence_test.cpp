// What can be said of what conditions read, and whether it may be empty.
#include "engine/verify/guard_presence.hpp"

#include "files.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// The shipped deletion of a number, with one more rule of the form and a field that may be empty.
Definition with_rule(const std::string& rule) {
  auto yaml = replaced(shipped_text("g-number-deletion"), "  ground:\n",
                       "  note: {type: text, max: 100, title: {zh: 备注, en: Note}}\n  ground:\n");
  return definition_of(
      replaced(yaml, "require:\n", "require:\n  - rule: " + rule + "\n    else: {zh: 不符, en: Not so}\n"));
}

std::vector<std::string> read_empty(const std::string& rule) {
  const Definition definition = with_rule(rule);
  return paths_read_empty(definition.require.front().guard, {"number", "ground", "statement"});
}

}  // namespace

TEST_CASE("what may be empty is found unless the condition asks for it") {
  CHECK(read_empty("note == \"x\"") == std::vector<std::string>{"note"});
  CHECK(read_empty("has(note) && note == \"x\"").empty());
  CHECK(read_empty("note == \"x\" && has(note)").empty());
  CHECK(read_empty("\"!has(note) || note != statement\"").empty());
  CHECK(read_empty("has(note) || note != statement") == std::vector<std::string>{"note"});
  CHECK(read_empty("\"!(has(note) && note == statement)\"").empty());
}
