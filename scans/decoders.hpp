// The formats of evidence, decoded whole. What can't be is thrown as Refused, memory that runs out as std::bad_alloc.
#pragma once
#include <memory>
#include <string_view>

#include "scans/picture.hpp"
#include "scans/refused.hpp"

namespace xueji::scans {

/// What is read of a file, at a size at which it is looked at.
struct Decoded {
  Extent extent;    ///< in pixels as it is shown, upright; of a page of a PDF in points
  Picture picture;  ///< upright, its longer side at most as asked for
};

/// Up to its end mark; what stands behind it is nobody's business.
Decoded decode_jpeg(std::string_view bytes, int longest, const Limits& limits);
/// Up to IEND; of an animation the picture that is shown by who knows no animations.
Decoded decode_png(std::string_view bytes, int longest, const Limits& limits);

/// A PDF, of which poppler has read the structure. `bytes` must outlive it. One at a time in a process.
class PdfFile {
 public:
  PdfFile(std::string_view bytes, const Limits& limits);
  ~PdfFile();
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;

  int pages() const;
  enum class Look {
    once,    ///< it is drawn
    closely  ///< and whatever is drawn on it is read to its end
  };
  /// From 1.
  Decoded decode(int page, int longest, Look look);
  /// Of the pages looked at closely so far: whether something of them could not be drawn.
  bool has_losses() const;
  /// Of the same: whether they have letters for which there is no font, neither in the file nor on this machine.
  bool lacks_fonts() const;

 private:
  struct Opened;
  Limits limits_;
  std::unique_ptr<Opened> opened_;
};

/// What poppler reads before there is a file: the fonts of the system.
void prepare_fonts();

}  // namespace xueji::scans
