#include "engine/machine/rows.hpp"

#include "engine/definition/rows.hpp"
#include "engine/machine/field_types.hpp"

namespace xueji {
namespace {

constexpr std::size_t row_faults_max = 100;

}  // namespace

std::string normalise_rows(const Field& rows, const std::string& typed) {
  auto given = rows_of(typed);
  if (!given) return typed;
  for (auto& row : *given)
    for (auto& [key, value] : row)
      if (const Field* field = rows.inner(key)) value = normalise_field(*field, value);
  return text_of_rows(*given);
}

std::vector<RowFault> faults_of_rows(const Field& rows, const std::string& value, const OfficeTree& offices,
                                     Date today) {
  const auto filled_in = rows_of(value);
  if (!filled_in) return {{std::nullopt, {}, {"此项逐行填写，请给出各行", "This takes a list of rows"}}};
  std::vector<RowFault> faults;
  if (filled_in->size() > rows.at_most) {
    const std::string most = std::to_string(rows.at_most);
    faults.push_back({std::nullopt, {}, {"最多 " + most + " 行", "At most " + most + " rows"}});
  }
  for (std::size_t at = 0; at < filled_in->size() && faults.size() < row_faults_max; ++at)
    for (const auto& [key, cell] : (*filled_in)[at]) {
      const Field* field = rows.inner(key);
      if (!field)
        faults.push_back({at, key, {"每行没有这一项", "A row has no such field"}});
      else if (auto complaint = check_field(*field, cell, offices, today))
        faults.push_back({at, key, *std::move(complaint)});
    }
  return faults;
}

std::vector<RowFault> gaps_of_rows(const Field& rows, const std::string& value) {
  std::vector<RowFault> gaps;
  const auto filled_in = rows_of(value).value_or(GuardRows{});
  for (std::size_t at = 0; at < filled_in.size() && gaps.size() < row_faults_max; ++at) {
    if (filled_in[at].empty()) {
      gaps.push_back({at, {}, {"请填写这一行，或将其删除", "Fill in this row, or remove it"}});
      continue;
    }
    for (const Field& field : rows.row)
      if (field.required && !filled_in[at].contains(field.key))
        gaps.push_back({at, field.key, {"请填写“" + field.title.zh + "”", "Fill in \"" + field.title.en + "\""}});
  }
  return gaps;
}

const std::string* business_offered(const Field& rows, const GuardRows::value_type& row) {
  const auto value = [&row](std::string_view path) -> GuardValue {
    const auto found = row.find(std::string(path));
    return found == row.end() ? GuardValue{} : GuardValue{found->second};
  };
  for (const RowOffer& offer : rows.offers)
    if (!offer.when || offer.when->holds(value)) return &offer.business;
  return nullptr;
}

}  // namespace xueji
