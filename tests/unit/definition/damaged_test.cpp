#include <random>

#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

/// One random change: a byte, a cut, a doubled piece, a foreign piece, or an exchanged line.
std::string mutated(std::string text, std::mt19937& random) {
  const auto up_to = [&](std::size_t end) { return end == 0 ? 0 : random() % end; };
  static const std::vector<std::string> pieces{"{",     "}",       "[",     "]",    ":",    ": ", "- ",  "\n",  "  ",
                                               "\"",    "'",       "&a ",   "*a",   "!!x ", "? ", "|\n", ">\n", ")",
                                               "---\n", "...\n",   "%",     "#",    "\t",   "\\", "@",   "`",   "~",
                                               "<<: ",  "earlier", "draft", "\xFF", "𠮷",   "0",  ".."};
  const auto at = up_to(text.size());
  const auto length = up_to(40);
  switch (random() % 5) {
    case 0:
      text[at] = static_cast<char>(random());
      break;
    case 1:
      text.erase(at, length);
      break;
    case 2:
      text.insert(up_to(text.size()), text.substr(at, length));
      break;
    case 3:
      text.insert(at, pieces[up_to(pieces.size())]);
      break;
    default:
      text.resize(at);
      break;
  }
  return text;
}

}  // namespace

TEST_CASE("thousands of damaged definitions are refused or loaded, and never crash or hang") {
  const std::vector<std::string> originals{shipped_file("key-information-change.yaml"),
                                           shipped_file("g-number-deletion.yaml"), small_definition};
  std::mt19937 random{20260901};
  int refused = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::string text = originals[static_cast<std::size_t>(round) % originals.size()];
    for (auto changes = 1 + random() % 4; changes > 0 && !text.empty(); --changes)
      text = mutated(std::move(text), random);
    const auto result = load_definition(text, "w.yaml");
    if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) {
      ++refused;
      REQUIRE_FALSE(faults->empty());
      for (const auto& fault : *faults) {
        CAPTURE(text, fault.to_string());
        REQUIRE(fault.position.line >= 1);
        REQUIRE(fault.position.column >= 1);
        REQUIRE_FALSE(fault.what.empty());
        REQUIRE_FALSE(fault.advice.empty());
      }
    } else {
      REQUIRE_FALSE(std::get<Definition>(result).states.empty());
    }
  }
  CHECK(refused > 1'000);
}
