// Whether a picture within a PDF is there to its last row. Poppler draws what there is of it, and says nothing.
#pragma once
#include "scans/refused.hpp"

class Stream;

namespace xueji::scans {

struct PictureWithin {
  int width = 0, height = 0;   ///< in pixels, as the PDF says
  int bits_of_pixel = 0;       ///< of all its colours together
  bool read_for_good = false;  ///< it stands among what is drawn, and can be read once only
};

/// Reads `stream` from its beginning; a picture of a format of its own (JPEG) is decoded as an upload would be.
bool is_whole(Stream& stream, const PictureWithin& picture, const Limits& limits);

}  // namespace xueji::scans
