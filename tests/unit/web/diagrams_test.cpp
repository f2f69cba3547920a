#include "web/files/diagrams.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace xueji::web;

TEST_CASE("a version is drawn once for each language") {
  Definition definition;
  State draft;
  draft.key = "draft";
  draft.title = {"填报", "Draft"};
  definition.states = {draft};
  definition.sha256 = std::string(64, 'a');
  Diagrams diagrams;
  const auto zh = diagrams.of(definition, Language::zh);
  CHECK(zh->find("填报") != std::string::npos);
  CHECK(diagrams.of(definition, Language::zh) == zh);
  CHECK(diagrams.of(definition, Language::en)->find("Draft") != std::string::npos);
  definition.states[0].title.zh = "新填报";
  definition.sha256 = std::string(64, 'b');
  CHECK(diagrams.of(definition, Language::zh)->find("新填报") != std::string::npos);
}
