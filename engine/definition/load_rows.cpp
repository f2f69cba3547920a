#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

/// What all rows may come to in the body of a request, which has 64 KiB in all.
constexpr std::size_t rows_bytes_max = std::size_t{48} * 1024;
/// Of a character in UTF-8; of what stands about a value in JSON.
constexpr std::size_t character_bytes = 4, around_value_bytes = 8;
constexpr std::size_t text_characters_otherwise = 2000, number_characters = 19, date_characters = 10;

std::size_t longest_of(const std::vector<Choice>& choices) {
  std::size_t longest = 0;
  for (const Choice& choice : choices) longest = std::max(longest, choice.key.size());
  return longest;
}

std::size_t bytes_of(const Field& field) {
  const auto value = [&] {
    switch (field.type) {
      case FieldType::text:
        return character_bytes * (field.max ? field.max : text_characters_otherwise);
      case FieldType::person_name:
        return character_bytes * person_name_code_points_max;
      case FieldType::choice:
        return longest_of(field.choices);
      case FieldType::date:
        return date_characters;
      default:
        return number_characters;
    }
  };
  return field.key.size() + around_value_bytes + value();
}

void check_size_of_rows(Loading& loading, const Field& field, Position position) {
  std::size_t row = 0;
  for (const Field& inner : field.row) row += bytes_of(inner);
  if (row == 0 || row * field.at_most <= rows_bytes_max) return;
  loading.faults.add(position,
                     fmt::format("{} rows of these fields may come to {} bytes, and a request takes {}", field.at_most,
                                 row * field.at_most, rows_bytes_max),
                     fmt::format("write `at_most: {}`, or give the texts a smaller `max`",
                                 std::max<std::size_t>(1, rows_bytes_max / row)));
}

void read_row(Loading& loading, Field& field, const YamlNode& node) {
  for (const auto& [key, value] : read_entries(node, "rows", loading.faults)) {
    Field inner = read_field(loading, key, value, FieldStands::in_row);
    if (inner.type == FieldType::rows || inner.type == FieldType::subject || inner.type == FieldType::school ||
        inner.type == FieldType::office)
      loading.faults.add(key.position, fmt::format("a row has no field of type {}", to_string(inner.type)),
                         "give it another type, or write the field outside of the rows");
    field.row.push_back(std::move(inner));
  }
}

std::optional<Guard> read_condition_of_row(Loading& loading, const Field& field, const YamlNode& node) {
  const auto source = read_text(node, "when", loading.faults, guard_bytes_max);
  if (!source) return std::nullopt;
  const auto paths = paths_of_row(field);
  auto parsed = parse_guard(*source, paths.types, paths.known);
  if (auto* guard = std::get_if<Guard>(&parsed)) return std::move(*guard);
  auto& fault = std::get<GuardFault>(parsed);
  loading.faults.add(loading.document.place_in(node, fault.offset), std::move(fault.what), std::move(fault.advice));
  return std::nullopt;
}

void read_offer(Loading& loading, Field& field, const YamlNode& node) {
  RowOffer offer;
  offer.position = node.position;
  if (!node.is_map()) {
    offer.business = read_text(node, "offers", loading.faults).value_or("");
  } else {
    MapReader map{node, "an offer", loading.faults};
    if (const auto* business = map.need("business", "name the business, `business: KEY`"))
      offer.business = read_text(*business, "business", loading.faults).value_or("");
    if (const auto* when = map.take("when")) offer.when = read_condition_of_row(loading, field, *when);
    map.finish();
  }
  if (!field.offers.empty() && !field.offers.back().when)
    loading.faults.add(offer.position, "the offer before it has no condition, so this one is never made",
                       "put the offer without `when` last");
  field.offers.push_back(std::move(offer));
}

void read_offers(Loading& loading, Field& field, const YamlNode& node) {
  if (!node.is_list()) return read_offer(loading, field, node);
  const auto& offers = read_list(node, "offers", loading.faults);
  if (offers.size() > row_offers_max)
    loading.faults.add(node.position, fmt::format("rows offer at most {} businesses", row_offers_max),
                       "leave some out, or let one condition stand for several");
  for (const YamlNode& item : offers) read_offer(loading, field, item);
}

}  // namespace

void read_row_keys(Loading& loading, Field& field, MapReader& map) {
  auto& faults = loading.faults;
  if (field.type != FieldType::rows) {
    for (const auto* key : {"rows", "at_most", "offers"})
      if (const auto* node = map.take(key))
        faults.add(node->position, fmt::format("only fields of type rows have `{}`", key),
                   "remove it or give the field the type rows");
    return;
  }
  if (loading.definition.format < 2)
    faults.add(field.position, "the type `rows` belongs to format 2", "write `format: 2` at the top");
  const auto* at_most = map.need("at_most", "say how many rows there may be, like `at_most: 50`");
  if (at_most)
    field.at_most = static_cast<std::size_t>(
        read_whole_number(*at_most, "at_most", faults, 1, static_cast<std::int64_t>(rows_max)).value_or(1));
  if (const auto* row = map.need("rows", "say what each row is filled in with, `rows: {note: {type: text, …}}`"))
    read_row(loading, field, *row);
  if (at_most) check_size_of_rows(loading, field, at_most->position);
  if (const auto* offers = map.take("offers")) read_offers(loading, field, *offers);
}

void check_keys_of_rows(Loading& loading) {
  for (const Field& field : loading.definition.fields)
    for (const Field& inner : field.row)
      if (loading.definition.field(inner.key))
        loading.faults.add(inner.position, fmt::format("`{}` is a field of the form already", inner.key),
                           "choose another key, so that conditions about rows mean one thing");
}

}  // namespace xueji
