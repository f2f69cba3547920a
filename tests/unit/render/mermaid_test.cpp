// That Mermaid itself can read it, tests/ui/diagrams.spec.ts tries.
#include "engine/render/mermaid.hpp"
#include "tests/catch.hpp"

#include "tests/unit/render/pictured.hpp"

using namespace xueji;
using namespace xueji::tests;

TEST_CASE("every state and arrow is in the Mermaid diagram") {
  const std::string text = render_mermaid(load_from("workflows/g-number-deletion.yaml"), Language::en);
  for (const auto* line :
       {"stateDiagram-v2\n", "  [*] --> s_draft\n", "  s_draft --> s_province_approval : Submit\n",
        "  s_ministry_approval --> s_completed : Approve\n", "  s_ministry_approval --> s_draft : Return\n",
        "  s_completed --> [*]\n",
        "  state \"Draft<br/>reviewer at the school#39;s province<br/>within 30 working days\" as s_draft\n"})
    CHECK_THAT(text, Catch::Matchers::ContainsSubstring(line));
}

TEST_CASE("branches are regions of a composite state") {
  const std::string text = render_mermaid(transfer(), Language::en);
  for (const auto* line :
       {"  state s_both_sides {\n", "    [*] --> s_receiving_review : Receiving side\n", "    --\n",
        "    s_sending_review --> [*] : Decline\n", "  s_sending_review --> s_draft : Return\n",
        "  s_both_sides --> s_central_check\n", "  s_both_sides --> s_rejected : Too few can join\n"})
    CHECK_THAT(text, Catch::Matchers::ContainsSubstring(line));
}

TEST_CASE("what Mermaid would take for its own is written as entities") {
  Definition definition = load_from("workflows/g-number-deletion.yaml");
  definition.states[0].title = {"x", "a\" as b\n--> : {;}#"};
  const std::string text = render_mermaid(definition, Language::en);
  CHECK_THAT(text, Catch::Matchers::ContainsSubstring("\"a#34; as b#10;--#62; #58; #123;#59;#125;#35;<br/>"));
}

TEST_CASE("a choice is a choice, and its ways say their conditions") {
  const std::string text = render_mermaid(load_from("tests/routes/suspension-by-stage.yaml"), Language::en);
  for (const auto* line :
       {"  state s_to_be_filed <<choice>>\n",
        "  s_to_be_filed --> s_prefecture_notice : ground #61;#61; #34;other#34;\n",
        "  s_to_be_filed --> s_completed : Otherwise\n", "  s_county_approval --> s_to_be_filed : Approve\n"})
    CHECK_THAT(text, Catch::Matchers::ContainsSubstring(line));
}
