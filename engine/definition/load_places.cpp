#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::size_t places_max = 8;
constexpr auto places_advice = "write `student.school`, `initiator.office` or `field FIELD`";

/// Words that begin a phrase or a path already.
constexpr std::array<std::string_view, 6> taken_words{"student", "initiator", "authority", "common", "any", "request"};

void check_word(Loading& loading, const YamlNode& key) {
  check_author_key(key, "a place", loading.faults);
  if (std::find(taken_words.begin(), taken_words.end(), key.text) != taken_words.end() || parse_level(key.text))
    loading.faults.add(key.position, fmt::format("`{}` means something else where offices are named", key.text),
                       "choose another word for the place");
}

void read_office(Loading& loading, NamedPlace& place, const YamlNode& node) {
  const auto office = read_text(node, "office", loading.faults);
  if (!office) return;
  if (office->starts_with(field_word)) {
    place.place = named_school;
    place.field = office->substr(field_word.size());
    return;
  }
  if (*office != student_school && *office != initiator_office)
    loading.faults.add(node.position, fmt::format("a request has no place `{}`", *office), places_advice);
  place.place = *office;
  place.title = title_of_place(*office);
}

/// Who names the school is of one school, so that two take part: the verifier knows no third.
void check_who_names(Loading& loading, const NamedPlace& place) {
  const Definition& definition = loading.definition;
  if (definition.subject.several())
    loading.faults.add(place.position, "a field names a place only of a request about one student",
                       "write `subject: student`, or name another place");
  else if (definition.opened_by.office.step == OfficeExpression::Step::any_school)
    loading.faults.add(place.position, "where any school opens the request, a field names no further place",
                       "let `open` say `by: registrar at student.school`");
}

void check_field_of(Loading& loading, NamedPlace& place) {
  const Field* field = loading.definition.field(place.field);
  if (!field)
    return loading.faults.add(place.position, fmt::format("there is no field `{}`", place.field),
                              "name a field of the form, of type school");
  if (place.title.zh.empty()) place.title = field->title;
  if (field->type != FieldType::school)
    loading.faults.add(field->position,
                       fmt::format("`{}` names the place `{}`, and is no school", field->key, place.word),
                       "give the field the type school");
  if (!field->required)
    loading.faults.add(field->position,
                       fmt::format("`{}` names the place `{}`, and may be left empty", field->key, place.word),
                       "add `required: true`");
}

}  // namespace

void check_places(Loading& loading) {
  bool is_named = false;
  for (NamedPlace& place : loading.definition.places) {
    if (place.field.empty()) continue;
    check_field_of(loading, place);
    if (!is_named) check_who_names(loading, place);
    if (is_named)
      loading.faults.add(place.position, "a second place is named by a field", "let a field name one place only");
    is_named = true;
  }
}

const Text& title_of_place(std::string_view place) {
  static const Text school{"学生所在学校", "The student's school"}, office{"发起单位", "The initiator's office"};
  return place == student_school ? school : office;
}

void load_places(Loading& loading, const YamlNode& node) {
  auto& places = loading.definition.places;
  for (const auto& [key, value] : read_entries(node, "places", loading.faults)) {
    check_word(loading, key);
    NamedPlace place{key.text, {}, {}, key.position};
    if (value.is_map()) {
      MapReader map{value, "a place", loading.faults};
      if (const auto* office =
              map.need("office", "say which office it is, `office: initiator.office` or `office: field new_school`"))
        read_office(loading, place, *office);
      if (const auto* title = map.take("title"))
        place.title = read_texts(*title, "title", loading.faults).value_or(place.title);
      map.finish();
    } else {
      read_office(loading, place, value);
    }
    places.push_back(std::move(place));
  }
  if (places.size() > places_max)
    loading.faults.add(node.position, fmt::format("more than {} places", places_max), "keep those that are used");
}

}  // namespace xueji
