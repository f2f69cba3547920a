// How a camera was held (EXIF), and the picture turned so that it stands upright.
#pragma once
#include <string_view>

#include "scans/picture.hpp"

namespace xueji::scans {

/// 1 to 8 as in EXIF, of what stands in an APP1 segment behind `Exif\0\0`; 1 where it says nothing that makes sense.
int orientation_of(std::string_view tiff);

/// Whether width and height change places.
inline bool lies_on_its_side(int orientation) { return orientation >= 5 && orientation <= 8; }

Picture upright(Picture picture, int orientation);

}  // namespace xueji::scans
