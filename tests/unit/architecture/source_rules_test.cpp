#include "tests/unit/architecture/source_rules.hpp"

#include "tests/catch.hpp"

#include "tests/unit/architecture/sources.hpp"

using namespace xueji::tests;

TEST_CASE("the engine has no effects of its own") {
  for (const SourceFile& file : sources_below({"engine"})) CHECK(effect_breaches(file) == Breaches{});
}

TEST_CASE("no effect is named outside its own file") {
  const auto effects = effects_with_a_file(sources_below({"engine"}));
  CHECK(effects.size() >= 2);
  for (const SourceFile& file : sources_below({"engine", "adapters", "web", "cli"}))
    CHECK(effect_name_breaches(file, effects) == Breaches{});
}

TEST_CASE("an effect that is named elsewhere is found, with its line") {
  CHECK(effect_name_breaches({"engine/machine/movement.cpp", "\nif (effect == \"retire\")"}, {"retire"}) ==
        Breaches{"engine/machine/movement.cpp:2: the effect retire is its own file's business"});
  CHECK(effect_name_breaches({"engine/definition/effect_retire.cpp", "\"retire\""}, {"retire"}).empty());
}

TEST_CASE("no source has more than 600 lines or work left undone") {
  for (const SourceFile& file : sources_below({"engine", "adapters", "scans", "web", "cli", "tests"}))
    if (!file.path.starts_with("tests/unit/architecture/")) CHECK(tidiness_breaches(file) == Breaches{});
}

TEST_CASE("an effect in the engine is found, with its line") {
  const auto breaches =
      effect_breaches({"engine/machine/decide.cpp", "#include <cstdio>\nvoid say() { printf(\"\"); }\n"});
  REQUIRE(breaches.size() == 1);
  CHECK(breaches.front().starts_with("engine/machine/decide.cpp:2: "));
}

TEST_CASE("untidiness is found") {
  CHECK(tidiness_breaches({"cli/a.cpp", "int a;\n// TODO later\n"}).size() == 1);
  CHECK(tidiness_breaches({"cli/a.cpp", "// TODO(#12) later\n"}).empty());
  std::string long_text;
  for (int i = 0; i < 601; ++i) long_text += "int a;\n";
  CHECK(tidiness_breaches({"cli/a.cpp", long_text}).size() == 1);
}
