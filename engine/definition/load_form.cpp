#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::int64_t text_field_max = 10'000;
constexpr std::int64_t file_bytes_max = 10 * 1024 * 1024;
constexpr std::array<std::string_view, 3> media_types{"image/jpeg", "image/png", "application/pdf"};

/// Words that guards use for something else.
constexpr std::array<std::string_view, 13> reserved_field_keys{
    "student", "request", "initiator", "comment", "true", "false", "null", "in", "has", "size", "date", "and", "or"};

std::vector<std::string_view> words_of_field_types() {
  std::vector<std::string_view> words;
  for (int type = 0; type <= static_cast<int>(last_field_type); ++type)
    words.push_back(to_string(static_cast<FieldType>(type)));
  return words;
}

std::optional<FieldType> read_type(Loading& loading, const YamlNode& node) {
  const auto word = read_text(node, "type", loading.faults);
  if (!word) return std::nullopt;
  const auto type = parse_field_type(*word);
  if (!type)
    loading.faults.add(node.position, fmt::format("there is no field type `{}`", *word),
                       suggest(*word, words_of_field_types()));
  return type;
}

void read_choices(Loading& loading, Field& field, const YamlNode& node) {
  for (const auto& [key, title] : read_entries(node, "choices", loading.faults)) {
    check_author_key(key, "a choice", loading.faults);
    if (auto texts = read_texts(title, key.text, loading.faults))
      field.choices.push_back({key.text, std::move(*texts)});
  }
}

void read_changes(Loading& loading, Field& field, const YamlNode& node) {
  const auto path = read_text(node, "changes", loading.faults);
  if (!path) return;
  const auto members = student_members();
  const auto member =
      std::find_if(members.begin(), members.end(), [&](const Member& each) { return each.path() == *path; });
  if (member == members.end()) {
    const auto paths = member_paths();
    return loading.faults.add(node.position, fmt::format("a field cannot change `{}`", *path),
                              suggest(*path, {paths.begin(), paths.end()}));
  }
  if (!fits_member(loading, field, *member, node.position)) return;
  field.changes = member->name;
  for (const auto& other : loading.definition.fields)
    if (other.changes == field.changes)
      loading.faults.add(node.position, fmt::format("`{}` is already changed by the field `{}`", *path, other.key),
                         "keep one of the two");
}

void check_field_key(Loading& loading, const YamlNode& key) {
  auto& faults = loading.faults;
  const auto& places = loading.definition.places;
  check_author_key(key, "a field", faults);
  if (std::find(reserved_field_keys.begin(), reserved_field_keys.end(), key.text) != reserved_field_keys.end() ||
      std::any_of(places.begin(), places.end(), [&](const NamedPlace& place) { return place.word == key.text; }))
    faults.add(key.position, fmt::format("`{}` means something else in conditions", key.text),
               "choose another key for the field");
}

/// The keys whose sense depends on the field's type.
void read_typed_keys(Loading& loading, Field& field, MapReader& map) {
  auto& faults = loading.faults;
  if (const auto* max = map.take("max")) {
    if (field.type != FieldType::text) faults.add(max->position, "only fields of type text have a `max`", "remove it");
    field.max = static_cast<std::size_t>(read_whole_number(*max, "max", faults, 1, text_field_max).value_or(0));
  }
  const auto* choices = map.take("choices");
  if (choices && field.type != FieldType::choice)
    faults.add(choices->position, "only fields of type choice have `choices`",
               "remove them or give the field the type choice");
  if (!choices && field.type == FieldType::choice)
    faults.add(map.position(), "a field of type choice needs `choices`", "add `choices: {key: {zh: …, en: …}}`");
  if (choices) read_choices(loading, field, *choices);
}

/// A value for each student: only a batch has several of whom one needs no other's.
void read_each(Loading& loading, Field& field, const YamlNode& node) {
  field.each = read_boolean(node, "each", loading.faults).value_or(false);
  if (!field.each) return;
  if (loading.definition.format < 2)
    loading.faults.add(node.position, "`each` belongs to format 2", "write `format: 2` at the top");
  if (loading.definition.subject.kind != SubjectRule::Kind::batch)
    loading.faults.add(node.position, "only a request about several students has a value for each",
                       "leave `each` out, or write `subject: {students of: initiator.office, at_most: 5000}`");
  if (field.type == FieldType::rows)
    loading.faults.add(node.position, "rows are filled in once for all students",
                       "leave `each` out, or give each row a field that says which student is meant");
  if (field.type == FieldType::school || field.type == FieldType::office)
    loading.faults.add(node.position, fmt::format("a {} cannot be named for each student", to_string(field.type)),
                       "leave `each` out, so that one is named for all, or give the field another type");
}

/// The keys of a field that a row cannot have.
void refuse_in_row(Loading& loading, MapReader& map) {
  for (const auto* key : {"each", "changes", "rows", "at_most", "offers"})
    if (const auto* node = map.take(key))
      loading.faults.add(node->position, fmt::format("a field of a row has no `{}`", key),
                         "leave it out, or write it at a field of the form");
}

void load_field(Loading& loading, const YamlNode& key, const YamlNode& node) {
  loading.definition.fields.push_back(read_field(loading, key, node, FieldStands::in_form));
}

void read_media(Loading& loading, EvidenceKind& kind, const YamlNode& node) {
  for (const auto& item : read_list(node, "media", loading.faults)) {
    const auto type = read_text(item, "media", loading.faults);
    if (!type) continue;
    if (std::find(media_types.begin(), media_types.end(), *type) == media_types.end())
      loading.faults.add(item.position, fmt::format("files of type `{}` are not accepted", *type),
                         suggest(*type, {media_types.begin(), media_types.end()}));
    else if (std::find(kind.media_types.begin(), kind.media_types.end(), *type) != kind.media_types.end())
      loading.faults.add(item.position, fmt::format("`{}` stands here a second time", *type), "keep one of the two");
    else
      kind.media_types.push_back(*type);
  }
}

void load_evidence_kind(Loading& loading, const YamlNode& key, const YamlNode& node) {
  auto& faults = loading.faults;
  check_author_key(key, "a kind of evidence", faults);
  EvidenceKind kind;
  kind.kind = key.text;
  kind.position = key.position;
  MapReader map{node, "a kind of evidence", faults};
  if (const auto* title = map.need("title", "add `title: {zh: …, en: …}`"))
    kind.title = read_texts(*title, "title", faults).value_or(Text{});
  if (const auto* count = map.need("count", "say how many files, like `count: 1..6`")) {
    const auto range = read_phrase<CountRange>(loading, *count, "count", parse_count).value_or(CountRange{});
    kind.min = range.min;
    kind.max = range.max;
  }
  if (const auto* media = map.take("media")) read_media(loading, kind, *media);
  if (kind.media_types.empty()) kind.media_types.assign(media_types.begin(), media_types.end());
  if (const auto* bytes = map.take("max_bytes"))
    kind.max_bytes = static_cast<std::size_t>(
        read_whole_number(*bytes, "max_bytes", faults, 1, file_bytes_max).value_or(file_bytes_max));
  if (const auto* when = map.take("when")) kind.when = read_guard(loading, *when, GuardScope::form);
  map.finish();
  loading.definition.evidence.push_back(std::move(kind));
}

}  // namespace

Field read_field(Loading& loading, const YamlNode& key, const YamlNode& node, FieldStands where) {
  auto& faults = loading.faults;
  check_field_key(loading, key);
  Field field;
  field.key = key.text;
  field.position = key.position;
  MapReader map{node, "a field", faults};
  const auto* type_node = map.need("type", "add its type, like `type: text`");
  const auto type = type_node ? read_type(loading, *type_node) : std::nullopt;
  field.type = type.value_or(FieldType::text);
  if (const auto* title = map.need("title", "add `title: {zh: …, en: …}`"))
    field.title = read_texts(*title, "title", faults).value_or(Text{});
  if (const auto* help = map.take("help")) field.help = read_texts(*help, "help", faults, 1000);
  if (const auto* required = map.take("required"))
    field.required = read_boolean(*required, "required", faults).value_or(false);
  if (where == FieldStands::in_row) refuse_in_row(loading, map);
  if (const auto* each = where == FieldStands::in_form ? map.take("each") : nullptr) read_each(loading, field, *each);
  if (type) read_typed_keys(loading, field, map);
  if (type && where == FieldStands::in_form) {
    if (const auto* changes = map.take("changes")) read_changes(loading, field, *changes);
    read_row_keys(loading, field, map);
  }
  if (!type)
    for (const auto key_of_type : {"max", "choices", "changes", "rows", "at_most", "offers"}) map.take(key_of_type);
  map.finish();
  return field;
}

bool fits_member(Loading& loading, const Field& field, const Member& member, Position position) {
  const FieldType wanted = field_type_of(member.type);
  if (wanted != field.type) {
    loading.faults.add(position,
                       fmt::format("a field of type {} cannot change `{}`", to_string(field.type), member.path()),
                       fmt::format("give the field the type {}", to_string(wanted)));
    return false;
  }
  if (field.type != FieldType::choice) return true;
  const auto words = words_of(member.type);
  for (const auto& choice : field.choices)
    if (std::find(words.begin(), words.end(), choice.key) == words.end())
      loading.faults.add(field.position, fmt::format("`{}` cannot be `{}`", member.path(), choice.key),
                         fmt::format("the choices are {}", fmt::join(words, " and ")));
  return true;
}

Field* read_named_field(Loading& loading, const YamlNode& node) {
  auto& fields = loading.definition.fields;
  const std::string key = node.text.substr(field_word.size());
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.key == key; });
  if (field != fields.end()) return &*field;
  std::vector<std::string_view> keys;
  keys.reserve(fields.size());
  for (const Field& each : fields) keys.push_back(each.key);
  loading.faults.add(loading.document.place_in(node, field_word.size()), fmt::format("there is no field `{}`", key),
                     suggest(key, keys));
  return nullptr;
}

void load_fields(Loading& loading, const YamlNode& node) {
  for (const auto& [key, value] : read_entries(node, "fields", loading.faults)) load_field(loading, key, value);
  check_keys_of_rows(loading);
}

void load_evidence(Loading& loading, const YamlNode& node) {
  for (const auto& [key, value] : read_entries(node, "evidence", loading.faults))
    load_evidence_kind(loading, key, value);
}

}  // namespace xueji
