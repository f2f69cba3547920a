// What `xueji check --json` says of a definition, written and read again.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/verify/verify.hpp"
#include "web/json/json_writer.hpp"

namespace xueji {

void write(web::JsonWriter& json, const Violation& violation);

/// What an answer of `xueji check --json` says of the file named there as `checked_as`, its places told as places of
/// `file`. Nothing where the text is no such answer.
std::optional<Verification> read_proof(std::string_view answer, std::string_view checked_as, const std::string& file);

}  // namespace xueji
