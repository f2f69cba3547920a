// What uploaded bytes are, by their content alone: what a desktop calls a file is never a reason.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace xueji::evidence {

/// `image/jpeg`, `image/png` or `application/pdf` for what programs that show such files would try to show; nothing for
/// all else. It may still be damaged. A PDF's header is looked for in the first 1,024 bytes, behind a byte-order mark,
/// line breaks or a printer's commands, but not behind the beginning of another format: nothing is two things at once.
std::optional<std::string> recognise(std::string_view bytes);

/// The base name, without control characters and at most 255 bytes of whole characters; `evidence` where nothing is
/// left.
std::string plain_filename(std::string_view given);

}  // namespace xueji::evidence
