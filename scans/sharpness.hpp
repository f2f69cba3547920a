// Whether the letters of a scan have edges.
#pragma once
#include "scans/picture.hpp"

namespace xueji::scans {

/// True where the steepest edges of the picture, which is at most about a thousand pixels long, are far softer than its
/// contrast. An empty page has no edges to judge, and is not blurred.
bool is_blurred(const Picture& picture);

}  // namespace xueji::scans
