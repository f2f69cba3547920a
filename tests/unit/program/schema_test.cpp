// The schemas that editors read are those of this program.

#include "cli/schema_command.hpp"
#include "cli/setup/console.hpp"
#include "engine/definition/loader.hpp"
#include "tests/catch.hpp"
#include "tests/unit/program/output.hpp"

using namespace xueji;
using namespace xueji::tests;

namespace {
const std::filesystem::path source = XUEJI_SOURCE_DIR;
}

TEST_CASE("the published schemas are what the program prints") {
  for (const std::string of : {"definition", "scenario"}) {
    const auto printed = output_of([&] { return run_schema(of); });
    CHECK(printed.status == exit_done);
    INFO("write it anew: xueji schema " << of << " > workflows/schema/" << of << ".schema.json");
    CHECK(printed.out == content_of(source / "workflows" / "schema" / (of + ".schema.json")));
  }
}

TEST_CASE("a schema that there is not is wrong usage") {
  CHECK_THROWS_WITH(run_schema("calendar"), "there is no schema of `calendar`; write definition or scenario");
}

TEST_CASE("the definition with every part of the language, which fits the schema, is loaded too") {
  const auto loaded = load_definition(content_of(source / "tests" / "schema" / "whole.yaml"), "whole.yaml");
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) FAIL(faults->front().to_string());
}
