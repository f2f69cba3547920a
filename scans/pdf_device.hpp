// What a page is drawn on, and what is seen of it while it is drawn: only there is known what of a file is used.
#pragma once
#include <SplashOutputDev.h>

#include <optional>
#include <set>

#include "scans/pdf_letters.hpp"
#include "scans/pdf_painting.hpp"
#include "scans/pdf_picture.hpp"

namespace xueji::scans {

/// What was drawn so far.
struct DrawnSoFar {
  bool cut_pictures = false;           ///< a picture ends before its last row
  bool missing_letters = false;        ///< letters that no font here has
  bool missing_shapes = false;         ///< letters that the file draws itself (Type 3), and does not hold
  std::vector<OwnLetter> own_letters;  ///< those that it holds, each once
};

/// White paper, eight bits of red, green and blue. With `limits` it looks at everything that is drawn (but pictures
/// that stand among the operators, which it then only reads); without, it draws.
class PdfDevice final : public SplashOutputDev {
 public:
  PdfDevice(PDFDoc& document, std::optional<Limits> limits);
  const DrawnSoFar& drawn() const { return drawn_; }

  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                CharCode code, int bytes, const Unicode* meant, int meant_count) override;
  bool beginType3Char(GfxState* state, double x, double y, double dx, double dy, CharCode code, const Unicode* meant,
                      int meant_count) override;
  void drawImageMask(GfxState* state, Object* reference, Stream* stream, int width, int height, bool invert,
                     bool interpolate, bool inline_image) override;
  void setSoftMaskFromImageMask(GfxState* state, Object* reference, Stream* stream, int width, int height, bool invert,
                                bool inline_image, double* matrix) override;
  void drawImage(GfxState* state, Object* reference, Stream* stream, int width, int height, GfxImageColorMap* colours,
                 bool interpolate, const int* mask, bool inline_image) override;
  void drawMaskedImage(GfxState* state, Object* reference, Stream* stream, int width, int height,
                       GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width, int mask_height,
                       bool mask_invert, bool mask_interpolate) override;
  void drawSoftMaskedImage(GfxState* state, Object* reference, Stream* stream, int width, int height,
                           GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width, int mask_height,
                           GfxImageColorMap* mask_colours, bool mask_interpolate) override;

 private:
  /// Whether it has to be looked at: each picture once, however often it is drawn.
  bool is_new(const Object* reference, bool read_for_good);
  void look(Stream& stream, const PictureWithin& picture);
  void look_at_letter(Gfx8BitFont& font, CharCode code);
  /// After the first cut picture nobody wants to see the others.
  bool is_drawn(bool inline_image) const;

  std::optional<Limits> limits_;
  XRef* table_;
  Letters letters_;
  std::set<std::pair<int, int>> seen_;
  DrawnSoFar drawn_;
};

}  // namespace xueji::scans
