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

/// A PDF, of which poppler has read the structure. `bytes` must outlive it.
class PdfFile {
 public:
  PdfFile(std::string_view bytes, const Limits& limits);
  ~PdfFile();
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;

  int pages() const;
  /// From 1.
  Decoded decode(int page, int longest);
  /// Whether something of the pages decoded so far could not be drawn.
  bool has_losses() const;
  /// Whether the file has letters for which there is no font, neither in it nor on this machine; known once its pages
  /// were decoded.
  bool lacks_fonts() const;

 private:
  struct Opened;
  std::unique_ptr<Opened> opened_;
};

/// What poppler reads before there is a file: the fonts of the system.
void prepare_fonts();

}  // namespace xueji::scans
