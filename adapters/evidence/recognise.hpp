// What uploaded bytes are, by their content.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace xueji::evidence {

/// `image/jpeg`, `image/png` or `application/pdf`; nothing for all else, and for files that begin with anything but
/// their own format's signature or end before its end. Safe from any thread. Throws std::runtime_error when libmagic
/// has no database.
std::optional<std::string> recognise(std::string_view bytes);

/// Whether a Content-Type as sent means `media_type`; parameters and case are looked over, empty agrees with any.
bool agrees(std::string_view declared, std::string_view media_type);

/// The base name, without control characters and at most 255 bytes of whole characters; `evidence` where nothing is
/// left.
std::string plain_filename(std::string_view given);

}  // namespace xueji::evidence
