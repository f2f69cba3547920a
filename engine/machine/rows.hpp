// A field of type rows: what is filled in in each row, what is wrong with it, and what it offers.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/definition/definition.hpp"

namespace xueji {

/// Each value as its own field has it; a text that is none of rows stays as it is.
std::string normalise_rows(const Field& rows, const std::string& typed);

/// Something wrong with rows: as a whole where it names no row, with a row as a whole where it names no field of it.
struct RowFault {
  std::optional<std::size_t> row;
  std::string key;
  Text message;
};
/// What was filled in that no row may hold, the first of them; `value` is normalised and not empty.
std::vector<RowFault> faults_of_rows(const Field& rows, const std::string& value, const OfficeTree& offices,
                                     Date today);
/// The rows in which nothing is filled in, and the required fields that are empty in the others, the first of them.
std::vector<RowFault> gaps_of_rows(const Field& rows, const std::string& value);

/// The business that the row offers; null where it offers none.
const std::string* business_offered(const Field& rows, const GuardRows::value_type& row);

}  // namespace xueji
