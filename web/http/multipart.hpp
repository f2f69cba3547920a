// multipart/form-data with exactly one part: how a form uploads a file. Strict: whatever is unusual is refused.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace xueji::web {

struct UploadedPart {
  std::string_view content;  ///< points into the body
  std::string filename;      ///< empty where none was given
  std::string media_type;    ///< lower case, without parameters; empty where none was given
};

/// `content_type` is the request's header. Nothing unless the body is one part named `name`, with an intact beginning
/// and end.
std::optional<UploadedPart> read_single_part(std::string_view content_type, std::string_view body,
                                             std::string_view name);

/// `image/png` of `Image/PNG; charset=x`.
std::string bare_media_type(std::string_view content_type);
/// The last component of a path of any system.
std::string base_name(std::string_view path);

}  // namespace xueji::web
