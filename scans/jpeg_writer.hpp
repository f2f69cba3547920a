// The one format in which renderings are sent.
#pragma once
#include <string>

#include "scans/picture.hpp"

namespace xueji::scans {

/// A baseline JPEG without metadata.
std::string as_jpeg(const Picture& picture, int quality);

}  // namespace xueji::scans
