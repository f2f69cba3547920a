// What a page paints with, found by reading it operator by operator: the only way to tell a pattern, shading or colour
// space that is painted with from one that is only named. Poppler tells neither.
#pragma once
#include <Object.h>

#include <vector>

class OCGs;
class XRef;

namespace xueji::scans {

/// A letter that was drawn, of a font that the file draws itself (Type 3).
struct OwnLetter {
  Object shape;
  Object resources;  ///< of its font
};

struct Painted {
  Object contents;
  Object resources;
  std::vector<Object> forms;  ///< notes and stamps on it
  const std::vector<OwnLetter>& letters;
};

/// Whether anything but plain colours is named there, or in forms and fonts within; mostly not, and then nothing has to
/// be read.
bool names_paints(const Painted& page, XRef* table);

/// Whether it is painted with a pattern, shading or colour space that is missing or not whole (pdf_paints.hpp), here or
/// in the forms, tiles, masks and letters that are drawn. `layers` say what is hidden; may be null.
bool lacks_paint(const Painted& page, XRef* table, OCGs* layers);

}  // namespace xueji::scans
