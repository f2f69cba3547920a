// What poppler says of a file while it reads and draws it. It goes on after each: only its words tell what is lost.
#pragma once
#include <string_view>

namespace xueji::scans {

/// From here on complaints about `file`, which must outlive this process, are kept: the first thousand. Poppler has one
/// place for them.
void hear_complaints(std::string_view file);

/// Something that should be drawn is not there or can't be read. What poppler mends without loss is not meant.
bool complained_of_loss();

/// A pattern, shading or colour space that a page names can't be used; or a graphics state, which loses nothing, but
/// poppler says the same of shadings.
bool complained_of_paints();

/// While it lives, complaints are not kept: of what is read to judge it, and perhaps never drawn.
class Unheard {
 public:
  Unheard();
  ~Unheard();
  Unheard(const Unheard&) = delete;
  Unheard& operator=(const Unheard&) = delete;
};

/// There is no font for some letters, neither in the file nor on this machine.
bool complained_of_fonts();

/// How many pages the file says it has, where it can't have them; 0 where it says no such thing.
int boasted_pages();

}  // namespace xueji::scans
