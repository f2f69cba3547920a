#include "engine/render/svg.hpp"
#include "tests/catch.hpp"

#include <array>
#include <map>
#include <set>

#include "engine/render/svg_shapes.hpp"
#include "engine/render/transitions.hpp"
#include "tests/unit/render/pictured.hpp"
#include "tests/unit/render/xml_reading.hpp"

using namespace xueji;
using namespace xueji::tests;

namespace {

using LinkWords = std::array<std::string, 4>;

std::multiset<LinkWords> links_in(const std::vector<XmlElement>& svg) {
  std::multiset<LinkWords> links;
  for (const auto& element : svg)
    if (attribute(element, "class") == "link")
      links.insert({attribute(element, "data-from"), attribute(element, "data-event"), attribute(element, "data-to"),
                    attribute(element, "data-weight")});
  return links;
}

std::string words_of(const std::vector<XmlElement>& svg) {
  std::string words;
  for (const auto& element : svg)
    if (element.name == "text") words += element.text + "|";
  return words;
}

}  // namespace

TEST_CASE("every state stands in the SVG once, with its kind, and every arrow once") {
  for (const Definition& definition : pictured()) {
    const auto svg = read_xml(render_svg(definition, Language::zh, SvgUse::file));
    std::map<std::string, int> states;
    for (const auto& element : svg)
      if (attribute(element, "class") == "state") {
        const std::string key = attribute(element, "data-state");
        ++states[key];
        CHECK(attribute(element, "data-kind") == to_string(definition.state(key)->kind));
      }
    CHECK(states.size() == definition.states.size());
    for (const auto& [key, count] : states) CHECK(count == 1);
    std::multiset<LinkWords> links;
    for (const Transition& each : transitions_of(definition))
      links.insert({each.from, each.event, each.to, std::string{to_string(each.weight)}});
    CHECK(links_in(svg) == links);
  }
}

TEST_CASE("cards say who decides and until when, in the language asked for") {
  const Definition definition = load_from("workflows/key-information-change.yaml");
  const auto zh = words_of(read_xml(render_svg(definition, Language::zh, SvgUse::file)));
  const auto en = words_of(read_xml(render_svg(definition, Language::en, SvgUse::file)));
  CHECK_THAT(zh, Catch::Matchers::ContainsSubstring("学校审核|学校主管领导|5 个工作日内|"));
  CHECK_THAT(zh, Catch::Matchers::ContainsSubstring("全国查重、身份比对|"));
  CHECK_THAT(zh, Catch::Matchers::ContainsSubstring("核查发现疑点|"));
  CHECK_THAT(en, Catch::Matchers::ContainsSubstring("|within 5 working days|"));
  CHECK_THAT(en, Catch::Matchers::ContainsSubstring("Checks suspect|"));
  CHECK_THAT(en, !Catch::Matchers::ContainsSubstring("审核"));
}

TEST_CASE("parallel branches, joins, waits and stops are told") {
  const auto en = words_of(read_xml(render_svg(transfer(), Language::en, SvgUse::file)));
  for (const auto* words : {"Receiving side|", "Sending side|", "Branch stops|", "Too few can join|",
                            "until the first day of|spring semester|", "for 5 working days|"})
    CHECK_THAT(en, Catch::Matchers::ContainsSubstring(words));
}

TEST_CASE("whoever hears the picture is told its title and every way") {
  const Definition definition = load_from("workflows/g-number-deletion.yaml");
  const auto svg = read_xml(render_svg(definition, Language::en, SvgUse::part_of_page));
  CHECK(attribute(svg[0], "role") == "img");
  CHECK(svg[1].name == "title");
  CHECK(svg[1].text == "Deletion of a G number");
  CHECK(svg[2].name == "desc");
  CHECK_THAT(svg[2].text,
             Catch::Matchers::ContainsSubstring("Approval by the province: Approve → Review by the ministry"));
}

TEST_CASE("a file brings its colours for dark screens, a part of a page no style at all") {
  const Definition definition = load_from("workflows/g-number-deletion.yaml");
  CHECK_THAT(render_svg(definition, Language::zh, SvgUse::file),
             Catch::Matchers::ContainsSubstring("prefers-color-scheme: dark"));
  const std::string part = render_svg(definition, Language::zh, SvgUse::part_of_page);
  CHECK_THAT(part, !Catch::Matchers::ContainsSubstring("<style"));
  CHECK_THAT(part, !Catch::Matchers::ContainsSubstring("style="));
}

TEST_CASE("nothing in a text becomes markup, and nothing is fetched") {
  Definition definition = load_from("workflows/g-number-deletion.yaml");
  const std::string hostile = "<script>alert('x')</script> & \"q\"";
  definition.title = definition.description = {hostile, hostile};
  for (State& state : definition.states) {
    state.title = {hostile, hostile};
    for (Action& action : state.actions) action.title = {hostile, hostile};
  }
  const std::string text = render_svg(definition, Language::en, SvgUse::file);
  const auto svg = read_xml(text);
  CHECK(svg[1].text == hostile);
  for (const auto& element : svg) CHECK(element.name != "script");
  CHECK_THAT(text, !Catch::Matchers::ContainsSubstring("href") && !Catch::Matchers::ContainsSubstring("url("));
}

TEST_CASE("the same definition gives the same picture") {
  CHECK(render_svg(transfer(), Language::zh, SvgUse::file) == render_svg(transfer(), Language::zh, SvgUse::file));
}

TEST_CASE("a choice is a diamond, which its arrows meet") {
  const auto svg = read_xml(render_svg(load_from("tests/routes/suspension-by-stage.yaml"), Language::en, SvgUse::file));
  const auto words = words_of(svg);
  for (const auto* word : {"Which office|", "ground ==|\"illness\"|", "Otherwise|"})
    CHECK_THAT(words, Catch::Matchers::ContainsSubstring(word));
  const auto diamonds = std::count_if(svg.begin(), svg.end(), [](const auto& element) {
    return element.name == "path" && attribute(element, "class") == "card";
  });
  CHECK(diamonds == 2);
  const Box box{100, 20, 200, 60};
  CHECK(edge_of_diamond(box, 50, true) == 100);
  CHECK(edge_of_diamond(box, 35, false) == 250);
  CHECK(edge_of_diamond(box, 80, false) == 200);
}
