#include "engine/definition/loader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/sha256.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::int64_t version_max = 1'000'000;
constexpr std::size_t definition_key_max = 60;

/// `kebab-case`, beginning with a letter.
bool is_definition_key(std::string_view key) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !key.empty() && key.size() <= definition_key_max && key.front() >= 'a' && key.front() <= 'z' &&
         key.back() != '-' && key.find("--") == std::string_view::npos && std::all_of(key.begin(), key.end(), fits);
}

void check_format(Loading& loading, const YamlNode& node) {
  if (!node.is_text() || (node.text != "1" && node.text != "2"))
    return loading.faults.add(node.position, "this version of xueji reads the formats 1 and 2", "write `format: 2`");
  loading.definition.format = node.text == "1" ? 1 : 2;
}

/// What only the second format has.
const YamlNode* take_of_format_2(Loading& loading, MapReader& map, std::string_view key) {
  const auto* node = map.take(key);
  if (node && loading.definition.format < 2)
    loading.faults.add(node->position, fmt::format("`{}` belongs to format 2", key), "write `format: 2` at the top");
  return node;
}

/// A word for programs, like `key: key-information-change`.
std::string read_word(Loading& loading, const YamlNode& node, std::string_view name, std::string_view example) {
  const auto word = read_text(node, name, loading.faults);
  if (word && !is_definition_key(*word))
    loading.faults.add(node.position, fmt::format("`{}` must be small letters and digits joined by hyphens", name),
                       fmt::format("write it like `{}: {}`", name, example));
  return word.value_or("");
}

void load_heading(Loading& loading, MapReader& map) {
  auto& faults = loading.faults;
  auto& definition = loading.definition;
  if (const auto* format = map.need("format", "begin with `format: 1`")) check_format(loading, *format);
  if (const auto* key = map.need("key", "name the business, like `key: key-information-change`"))
    definition.key = read_word(loading, *key, "key", "key-information-change");
  if (const auto* variant = take_of_format_2(loading, map, "variant"))
    definition.variant = read_word(loading, *variant, "variant", "guangdong-senior");
  if (const auto* version = map.need("version", "add `version: 1`"))
    definition.version = static_cast<int>(read_whole_number(*version, "version", faults, 1, version_max).value_or(0));
  if (const auto* retired = map.take("retired"))
    definition.retired = read_boolean(*retired, "retired", faults).value_or(false);
  if (const auto* title = map.need("title", "add `title: {zh: …, en: …}`"))
    definition.title = read_texts(*title, "title", faults).value_or(Text{});
  const auto* description = map.take("description");
  definition.description =
      description ? read_texts(*description, "description", faults, 2000).value_or(Text{}) : definition.title;
  if (const auto* source = map.need("source", "cite the rule it comes from, like `source: FAQ 7`"))
    definition.source = read_text(*source, "source", faults, 500).value_or("");
}

void load_all(Loading& loading) {
  MapReader map{loading.document.root, "a definition", loading.faults};
  load_heading(loading, map);
  const auto* subject = map.need("subject", "write `subject: student`");
  const auto* places = take_of_format_2(loading, map, "places");
  const auto* applies = take_of_format_2(loading, map, "applies");
  const auto* open = map.need("open", "say who may open it, `open: {by: registrar at student.school}`");
  const auto* lock = take_of_format_2(loading, map, "lock");
  const auto* once_per = take_of_format_2(loading, map, "once_per");
  const auto* fields = map.take("fields");
  const auto* require = map.take("require");
  const auto* evidence = map.take("evidence");
  const auto* states = map.need("states", "add the states, the draft first");
  const auto* anywhere = map.take("anywhere");
  const auto* separation = map.take("separation");
  const auto* staffing = map.take("staffing");
  const auto* inform = map.take("inform");
  const auto* remind = take_of_format_2(loading, map, "remind");
  const auto* close = take_of_format_2(loading, map, "close");
  const auto* always = map.take("always");
  const auto* migrate = map.take("migrate");
  map.finish();
  if (subject) loading.definition.subject.kind = subject_kind(*subject);
  if (places) load_places(loading, *places);
  if (open) load_open(loading, *open);
  load_applies(loading, loading.document.root.find("variant"), applies);
  load_lock(loading, lock);
  if (once_per) load_once_per(loading, *once_per);
  if (fields) load_fields(loading, *fields);
  check_places(loading);
  if (subject) load_subject(loading, *subject);
  if (require) loading.definition.require = read_rules(loading, *require, "require", GuardScope::submission);
  if (evidence) load_evidence(loading, *evidence);
  if (!states) return;
  load_state_names(loading, *states);
  const auto faults_before = loading.faults.size();
  load_states(loading, *states);
  loading.states_are_whole = loading.faults.size() == faults_before;
  if (anywhere) load_anywhere(loading, *anywhere);
  if (separation) load_separation(loading, *separation);
  if (staffing) load_staffing(loading, *staffing);
  if (inform) load_inform(loading, *inform);
  if (remind) load_reminders(loading, *remind);
  if (close) load_closing(loading, *close);
  if (always) load_always(loading, *always);
  if (migrate) load_migrations(loading, *migrate);
  if (loading.faults.empty()) check_whole(loading);
}

}  // namespace

std::variant<Definition, std::vector<Fault>> load_definition(std::string_view yaml, const std::string& file) {
  const YamlLimits limits{definition_bytes_max, definition_depth_max, definition_nodes_max};
  auto read = read_strict_yaml(yaml, file, limits);
  if (auto* faults = std::get_if<std::vector<Fault>>(&read)) return std::move(*faults);
  FaultList faults{file};
  Loading loading{std::get<YamlDocument>(read), faults, {}, {}, false};
  load_all(loading);
  if (!faults.empty()) return faults.take();
  loading.definition.file = file;
  loading.definition.text = yaml;
  loading.definition.sha256 = sha256_hex(yaml);
  return std::move(loading.definition);
}

}  // namespace xueji
