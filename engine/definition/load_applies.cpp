#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view nation = "nation";
constexpr std::size_t division_digits = 6;

std::vector<std::string_view> place_words_of(const Definition& definition) {
  std::vector<std::string_view> words;
  for (const NamedPlace& each : definition.places) words.push_back(each.word);
  words.insert(words.end(), {student_school, initiator_office});
  return words;
}

std::string read_place(Loading& loading, const YamlNode& node) {
  const auto word = read_text(node, "place", loading.faults);
  if (!word) return {};
  std::string place = place_named(*word, loading.definition);
  if (place.empty())
    loading.faults.add(node.position, fmt::format("a request has no place `{}`", *word),
                       suggest(*word, place_words_of(loading.definition)));
  if (place == named_school)
    loading.faults.add(node.position,
                       fmt::format("the file is chosen when the request is opened, and `{}` is named later", *word),
                       "ask for the place of whoever opens it, like `student.school`");
  return place;
}

bool is_division_of_province(std::string_view code) {
  return code.size() == division_digits && code[0] >= '1' && code[0] <= '9' && code[1] >= '0' && code[1] <= '9' &&
         code.substr(2) == "0000";
}

/// A list of values that stand there once each, in their order.
template <class Value, class Read>
std::vector<Value> read_set(Loading& loading, const YamlNode& node, std::string_view name, Read read) {
  std::vector<Value> values;
  for (const auto& item : read_list(node, name, loading.faults)) {
    const auto text = read_text(item, name, loading.faults);
    const std::optional<Value> value = text ? read(item, *text) : std::nullopt;
    if (!value) continue;
    if (std::find(values.begin(), values.end(), *value) != values.end())
      loading.faults.add(item.position, fmt::format("`{}` stands here a second time", *text), "keep one of the two");
    else
      values.push_back(*value);
  }
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<std::string> read_provinces(Loading& loading, const YamlNode& node) {
  return read_set<std::string>(
      loading, node, "provinces", [&](const YamlNode& item, const std::string& code) -> std::optional<std::string> {
        if (is_division_of_province(code)) return code;
        loading.faults.add(item.position, fmt::format("`{}` is no division code of a province", code),
                           "write its six digits, like \"440000\"");
        return std::nullopt;
      });
}

std::vector<Stage> read_stages(Loading& loading, const YamlNode& node) {
  return read_set<Stage>(loading, node, "stages",
                         [&](const YamlNode& item, const std::string& word) -> std::optional<Stage> {
                           const auto stage = parse_stage(word);
                           if (!stage)
                             loading.faults.add(item.position, fmt::format("there is no stage `{}`", word),
                                                suggest(word, {stage_words.begin(), stage_words.end()}));
                           return stage;
                         });
}

std::optional<Level> read_within(Loading& loading, const YamlNode& node) {
  const auto word = read_text(node, "within", loading.faults);
  if (!word) return std::nullopt;
  if (loading.definition.opened_by.office.step != OfficeExpression::Step::any_school)
    loading.faults.add(node.position, "one school takes part, so there is no office above two", "remove `within`");
  const auto level = parse_level(*word);
  const bool is_between = level && *level >= Level::province && *level <= Level::county;
  if (!is_between && *word != nation)
    loading.faults.add(node.position, fmt::format("`within` cannot be `{}`", *word),
                       suggest(*word, {"county", "prefecture", "province", nation}));
  return is_between ? level : std::nullopt;
}

}  // namespace

void load_applies(Loading& loading, const YamlNode* variant, const YamlNode* applies) {
  if (variant && !applies)
    loading.faults.add(variant->position, "a variant needs `applies`",
                       "say where it stands in place of the national file, `applies: {place: PLACE, provinces: "
                       "[\"440000\"]}`");
  if (!applies) return;
  if (!variant)
    loading.faults.add(applies->position, "the national file applies everywhere",
                       "remove `applies`, or name the variant, `variant: guangdong-senior`");
  MapReader map{*applies, "`applies`", loading.faults};
  Applies read;
  read.position = applies->position;
  if (const auto* place = map.need("place", "name the place whose province is asked, one of `places`"))
    read.place = read_place(loading, *place);
  if (const auto* provinces = map.need("provinces", "list the division codes of provinces, `provinces: [\"440000\"]`"))
    read.provinces = read_provinces(loading, *provinces);
  if (const auto* within = map.take("within")) read.within = read_within(loading, *within);
  if (const auto* stages = map.take("stages")) read.stages = read_stages(loading, *stages);
  map.finish();
  loading.definition.applies = std::move(read);
}

}  // namespace xueji
