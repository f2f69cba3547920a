#include "scans/pdf_device.hpp"

#include <GfxFont.h>
#include <PDFDoc.h>

#include "scans/pdf_structure.hpp"

namespace xueji::scans {
namespace {

constexpr int row_bytes_multiple = 4;
constexpr int unseen_text = 3;  ///< as of a text that was recognised behind its scan

SplashColorPtr white() {
  static SplashColor paper{0xFF, 0xFF, 0xFF, 0xFF};
  return paper;
}

int bits_of(GfxImageColorMap& colours) { return colours.getNumPixelComps() * colours.getBits(); }

}  // namespace

PdfDevice::PdfDevice(PDFDoc& document, std::optional<Limits> limits)
    : SplashOutputDev(splashModeRGB8, row_bytes_multiple, false, white()),
      limits_(limits),
      table_(document.getXRef()),
      letters_(table_) {
  setFontAntialias(true);
  setVectorAntialias(true);
  setFreeTypeHinting(false, false);
  startDoc(&document);
}

bool PdfDevice::is_new(const Object* reference, bool read_for_good) {
  if (!limits_) return false;
  if (read_for_good || !reference || !reference->isRef()) return true;
  return seen_.insert({reference->getRef().num, reference->getRef().gen}).second;
}

void PdfDevice::look(Stream& stream, const PictureWithin& picture) {
  if (drawn_.cut_pictures || !is_whole(stream, picture, *limits_)) drawn_.cut_pictures = true;
}

bool PdfDevice::is_drawn(bool inline_image) const { return !limits_ || !(inline_image || drawn_.cut_pictures); }

void PdfDevice::drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                         CharCode code, int bytes, const Unicode* meant, int meant_count) {
  if (limits_ && !drawn_.missing_letters && (state->getRender() & unseen_text) != unseen_text && state->getFont())
    drawn_.missing_letters =
        !letters_.are_drawn(*state->getFont(), {meant, static_cast<std::size_t>(meant ? meant_count : 0)});
  SplashOutputDev::drawChar(state, x, y, dx, dy, origin_x, origin_y, code, bytes, meant, meant_count);
}

void PdfDevice::look_at_letter(Gfx8BitFont& font, CharCode code) {
  Object shape = font.getCharProcs() ? font.getCharProcNF(static_cast<int>(code)) : Object(objNull);
  if (!font.getCharProcs()) drawn_.missing_shapes = true;
  if (!shape.isRef() || !seen_.insert({shape.getRef().num, shape.getRef().gen}).second) return;
  drawn_.missing_shapes = is_missing(shape, table_);
  const Object read = table_->fetch(*font.getID());
  Object resources = read.isDict() ? read.dictLookup("Resources") : Object(objNull);
  drawn_.own_letters.push_back({std::move(shape), std::move(resources)});
}

bool PdfDevice::beginType3Char(GfxState* state, double x, double y, double dx, double dy, CharCode code,
                               const Unicode* meant, int meant_count) {
  if (limits_ && !drawn_.missing_shapes && state->getFont() && state->getFont()->getType() == fontType3)
    look_at_letter(static_cast<Gfx8BitFont&>(*state->getFont()), code);
  return SplashOutputDev::beginType3Char(state, x, y, dx, dy, code, meant, meant_count);
}

void PdfDevice::drawImageMask(GfxState* state, Object* reference, Stream* stream, int width, int height, bool invert,
                              bool interpolate, bool inline_image) {
  if (is_new(reference, inline_image)) look(*stream, {width, height, 1, inline_image});
  if (is_drawn(inline_image))
    SplashOutputDev::drawImageMask(state, reference, stream, width, height, invert, interpolate, inline_image);
}

void PdfDevice::setSoftMaskFromImageMask(GfxState* state, Object* reference, Stream* stream, int width, int height,
                                         bool invert, bool inline_image, double* matrix) {
  if (is_new(reference, inline_image)) look(*stream, {width, height, 1, inline_image});
  SplashOutputDev::setSoftMaskFromImageMask(state, reference, stream, width, height, invert, inline_image, matrix);
}

void PdfDevice::drawImage(GfxState* state, Object* reference, Stream* stream, int width, int height,
                          GfxImageColorMap* colours, bool interpolate, const int* mask, bool inline_image) {
  if (is_new(reference, inline_image)) look(*stream, {width, height, bits_of(*colours), inline_image});
  if (is_drawn(inline_image))
    SplashOutputDev::drawImage(state, reference, stream, width, height, colours, interpolate, mask, inline_image);
}

void PdfDevice::drawMaskedImage(GfxState* state, Object* reference, Stream* stream, int width, int height,
                                GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width,
                                int mask_height, bool mask_invert, bool mask_interpolate) {
  if (is_new(reference, false)) {
    look(*stream, {width, height, bits_of(*colours)});
    look(*mask, {mask_width, mask_height, 1});
  }
  if (is_drawn(false))
    SplashOutputDev::drawMaskedImage(state, reference, stream, width, height, colours, interpolate, mask, mask_width,
                                     mask_height, mask_invert, mask_interpolate);
}

void PdfDevice::drawSoftMaskedImage(GfxState* state, Object* reference, Stream* stream, int width, int height,
                                    GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width,
                                    int mask_height, GfxImageColorMap* mask_colours, bool mask_interpolate) {
  if (is_new(reference, false)) {
    look(*stream, {width, height, bits_of(*colours)});
    look(*mask, {mask_width, mask_height, bits_of(*mask_colours)});
  }
  if (is_drawn(false))
    SplashOutputDev::drawSoftMaskedImage(state, reference, stream, width, height, colours, interpolate, mask,
                                         mask_width, mask_height, mask_colours, mask_interpolate);
}

}  // namespace xueji::scans
