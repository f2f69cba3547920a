#include <poppler-document.h>
#include <poppler-font.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <string>

#include "scans/decoders.hpp"

namespace xueji::scans {
namespace {

/// What poppler says of a file, in order.
std::vector<std::string>& complaints() {
  static std::vector<std::string> all;
  return all;
}

void hear(const std::string& complaint, void*) {
  constexpr std::size_t enough = 1000;
  if (complaints().size() < enough) complaints().push_back(complaint);
}

template <std::size_t count>
bool complains_of(const std::array<std::string_view, count>& words) {
  return std::any_of(complaints().begin(), complaints().end(), [&](const std::string& complaint) {
    return std::any_of(words.begin(), words.end(),
                       [&](auto each) { return complaint.find(each) != std::string::npos; });
  });
}

/// Poppler goes on after these with white where something should be. What it mends without loss is not among them.
constexpr std::array<std::string_view, 12> losses{"end of file in flate stream",
                                                  "in flate stream",
                                                  "Corrupt JPEG data",
                                                  "JPEG 2000",
                                                  "JPXStream",
                                                  "JBIG2",
                                                  "Unknown filter",
                                                  "Premature end of JPEG",
                                                  "Unterminated string",
                                                  "Bad image parameters",
                                                  "Failed to parse page",
                                                  "Kid object (page"};

constexpr std::array<std::string_view, 6> missing_fonts{"non-embedded font using identity encoding",
                                                        "Unknown character collection",
                                                        "Unknown CID font collection",
                                                        "Couldn't find a font",
                                                        "Missing language pack",
                                                        "Unknown font type"};

/// Of the pages that a file says it has where it can't have them; 0 where it says no such thing.
int boasted_pages() {
  constexpr std::string_view boast = "Page count (";
  for (const std::string& complaint : complaints()) {
    int number = 0;
    const auto at = complaint.find(boast);
    if (at == std::string::npos) continue;
    const char* digits = complaint.data() + at + boast.size();
    std::from_chars(digits, complaint.data() + complaint.size(), number);
    return number;
  }
  return 0;
}

bool system_has_chinese_font() {
  const std::unique_ptr<FcPattern, void (*)(FcPattern*)> chinese(
      FcPatternBuild(nullptr, FC_LANG, FcTypeString, "zh-cn", nullptr), FcPatternDestroy);
  const std::unique_ptr<FcObjectSet, void (*)(FcObjectSet*)> wanted(FcObjectSetBuild(FC_FILE, nullptr),
                                                                    FcObjectSetDestroy);
  const std::unique_ptr<FcFontSet, void (*)(FcFontSet*)> found(FcFontList(nullptr, chinese.get(), wanted.get()),
                                                               FcFontSetDestroy);
  return found && found->nfont > 0;
}

bool is_of_characters(const poppler::font_info& font) {
  using Info = poppler::font_info;
  return font.type() == Info::cid_type0 || font.type() == Info::cid_type0c || font.type() == Info::cid_truetype;
}

}  // namespace

struct PdfFile::Opened {
  std::unique_ptr<poppler::document> document;
  poppler::page_renderer renderer;
};

void prepare_fonts() { FcInit(); }

PdfFile::PdfFile(std::string_view bytes, const Limits& limits) : opened_(std::make_unique<Opened>()) {
  poppler::set_debug_error_function(hear, nullptr);
  opened_->document.reset(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!opened_->document) throw Refused{"damaged"};
  if (opened_->document->is_locked()) throw Refused{"password"};
  const int found = pages();
  if (std::max(found, boasted_pages()) > limits.pages) throw Refused{"too-many-pages"};
  if (found < 1) throw Refused{"damaged"};
  opened_->renderer.set_render_hint(poppler::page_renderer::antialiasing);
  opened_->renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  opened_->renderer.set_image_format(poppler::image::format_rgb24);
}

PdfFile::~PdfFile() = default;

int PdfFile::pages() const { return opened_->document->pages(); }

Decoded PdfFile::decode(int number, int longest) {
  const std::unique_ptr<poppler::page> page(opened_->document->create_page(number - 1));
  if (!page) throw Refused{"damaged"};
  const auto points = page->page_rect(poppler::crop_box);
  const bool on_its_side =
      page->orientation() == poppler::page::landscape || page->orientation() == poppler::page::seascape;
  const double width = on_its_side ? points.height() : points.width();
  const double height = on_its_side ? points.width() : points.height();
  if (!(width > 0) || !(height > 0)) throw Refused{"damaged"};
  const double resolution = 72.0 * longest / std::max(width, height);
  const auto image = opened_->renderer.render_page(page.get(), resolution, resolution);
  if (!image.is_valid()) throw Refused{"damaged"};
  Picture picture{{image.width(), image.height()}, {}};
  const auto row = static_cast<std::size_t>(image.width()) * 3;
  for (int y = 0; y < image.height(); ++y) {
    const char* data = image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    picture.pixels.insert(picture.pixels.end(), data, data + row);
  }
  return {{static_cast<int>(std::lround(width)), static_cast<int>(std::lround(height))}, std::move(picture)};
}

bool PdfFile::has_losses() const { return complains_of(losses); }

bool PdfFile::lacks_fonts() const {
  if (complains_of(missing_fonts)) return true;
  const auto fonts = opened_->document->fonts();
  const bool needs_ours = std::any_of(fonts.begin(), fonts.end(), [](const poppler::font_info& font) {
    return is_of_characters(font) && !font.is_embedded();
  });
  return needs_ours && !system_has_chinese_font();
}

}  // namespace xueji::scans
