#include <ErrorCodes.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Page.h>
#include <splash/SplashBitmap.h>

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <cmath>

#include "scans/decoders.hpp"
#include "scans/pdf_complaints.hpp"
#include "scans/pdf_device.hpp"
#include "scans/pdf_painting.hpp"
#include "scans/pdf_structure.hpp"

namespace xueji::scans {
namespace {

constexpr double points_an_inch = 72;

/// Whether something is missing that poppler draws nothing for, or another thing.
bool lacks_parts(PDFDoc& document, Page& page, const std::vector<OwnLetter>& letters) {
  const bool suspected = complained_of_paints();
  const Unheard judging;
  XRef* table = document.getXRef();
  const Object dictionary = table->fetch(page.getRef());
  if (lacks_contents(dictionary, table)) return true;
  Painted painted{page.getContents(), page.getResourceDictObject()->copy(), {}, letters};
  for (Appearance& note : appearances(dictionary, table)) {
    if (note.missing) return true;
    painted.forms.push_back(std::move(note.form));
  }
  return (suspected || names_paints(painted, table)) && lacks_paint(painted, table, document.getOptContentConfig());
}

/// However small a page is, it is not nothing; and no larger than can be told.
int points(double length) { return static_cast<int>(std::lround(std::clamp(length, 1.0, 1e6))); }

Picture picture_of(SplashBitmap& bitmap) {
  Picture picture{{bitmap.getWidth(), bitmap.getHeight()}, {}};
  const auto row = static_cast<std::size_t>(picture.extent.width) * 3;
  picture.pixels.reserve(row * static_cast<std::size_t>(picture.extent.height));
  for (int y = 0; y < picture.extent.height; ++y) {
    const auto* data = bitmap.getDataPtr() + static_cast<std::ptrdiff_t>(y) * bitmap.getRowSize();
    picture.pixels.insert(picture.pixels.end(), data, data + row);
  }
  return picture;
}

}  // namespace

struct PdfFile::Opened {
  std::unique_ptr<PDFDoc> document;
  bool losses = false, missing_letters = false;
};

void prepare_fonts() { FcInit(); }

PdfFile::PdfFile(std::string_view bytes, const Limits& limits) : limits_(limits), opened_(std::make_unique<Opened>()) {
  globalParams = std::make_unique<GlobalParams>();
  hear_complaints(bytes);
  auto& document = opened_->document;
  document =
      std::make_unique<PDFDoc>(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
  if (document->getErrorCode() == errEncrypted) throw Refused{"password"};
  const int found = document->isOk() ? pages() : 0;
  if (std::max(found, boasted_pages()) > limits.pages) throw Refused{"too-many-pages"};
  if (found < 1 || pages_of_tree(document->getXRef(), found + 1) > found) throw Refused{"damaged"};
}

PdfFile::~PdfFile() = default;

int PdfFile::pages() const { return opened_->document->getNumPages(); }

Decoded PdfFile::decode(int number, int longest, Look look) {
  PDFDoc& document = *opened_->document;
  Page* page = document.getPage(number);
  if (!page) throw Refused{"damaged"};
  double width = page->getCropWidth(), height = page->getCropHeight();
  if (page->getRotate() % 180 != 0) std::swap(width, height);
  if (!(width > 0) || !(height > 0)) throw Refused{"damaged"};
  const double resolution = points_an_inch * longest / std::max(width, height);
  PdfDevice device(document, look == Look::closely ? std::optional(limits_) : std::nullopt);
  constexpr bool media_box = false, cropped = true, printed = false;
  document.displayPage(&device, number, resolution, resolution, 0, media_box, cropped, printed);
  if (look == Look::closely) {
    opened_->losses |= device.drawn().cut_pictures || device.drawn().missing_shapes || complained_of_loss() ||
                       lacks_parts(document, *page, device.drawn().own_letters);
    opened_->missing_letters |= device.drawn().missing_letters || complained_of_fonts();
  }
  SplashBitmap* bitmap = device.getBitmap();
  if (!bitmap || !bitmap->getDataPtr()) throw Refused{"damaged"};
  return {{points(width), points(height)}, picture_of(*bitmap)};
}

bool PdfFile::has_losses() const { return opened_->losses; }

bool PdfFile::lacks_fonts() const { return opened_->missing_letters; }

}  // namespace xueji::scans
