#include "scans/task.hpp"

#include <algorithm>
#include <new>

#include "scans/decoders.hpp"
#include "scans/jpeg_writer.hpp"
#include "scans/sharpness.hpp"

namespace xueji::scans {
namespace {

/// At which a picture is looked at when it is uploaded, and judged to be sharp.
constexpr int examined_at = 1024;
/// At which a page is drawn when it is uploaded: the largest at which officers are shown one (adapters/evidence), so
/// that what is taken can be drawn within the same limits.
constexpr int shown_at = 2 * examined_at;
/// A picture whose longer side has fewer pixels than this can't be read as a page of A4: 75 for each inch.
constexpr int longer_side_min = 800;
/// Nor a strip of fewer across: five lines of small print at that.
constexpr int shorter_side_min = 100;
/// A page of less than an inch is no page, however large it is shown.
constexpr int points_min = 72;

struct Findings {
  Extent extent;
  int pages = 1;
  int small = 0, blurred = 0, without_fonts = 0;  ///< as in the answer
};

std::string first_line(const Findings& found) {
  std::string line = "done";
  for (const int number :
       {found.extent.width, found.extent.height, found.pages, found.small, found.blurred, found.without_fonts})
    line += ' ' + std::to_string(number);
  return line + '\n';
}

Decoded decode_picture(const Task& task, std::string_view file, int longest) {
  return task.format == "jpeg" ? decode_jpeg(file, longest, task.limits) : decode_png(file, longest, task.limits);
}

std::string examine_picture(const Task& task, std::string_view file) {
  const Decoded whole = decode_picture(task, file, examined_at);
  Findings found{whole.extent};
  const auto [shorter, longer] = std::minmax(whole.extent.width, whole.extent.height);
  found.small = longer < longer_side_min || shorter < shorter_side_min;
  found.blurred = is_blurred(whole.picture);
  return first_line(found);
}

bool is_small_page(const Decoded& page) {
  return std::max(page.extent.width, page.extent.height) < points_min ||
         std::min(page.picture.extent.width, page.picture.extent.height) < shorter_side_min;
}

std::string examine_pages(const Task& task, std::string_view file) {
  PdfFile pdf(file, task.limits);
  Findings found;
  found.pages = pdf.pages();
  for (int page = 1; page <= found.pages; ++page) {
    const Decoded decoded = pdf.decode(page, shown_at, PdfFile::Look::closely);
    if (page == 1) found.extent = decoded.extent;
    if (found.small == 0 && is_small_page(decoded)) found.small = page;
    if (found.blurred == 0 && is_blurred(halved(decoded.picture))) found.blurred = page;
    if (found.without_fonts == 0 && pdf.lacks_fonts()) found.without_fonts = page;
    if (pdf.has_losses()) throw Refused{"damaged"};
  }
  return first_line(found);
}

std::string show(const Task& task, std::string_view file) {
  Findings found;
  Picture picture;
  if (task.format == "pdf") {
    PdfFile pdf(file, task.limits);
    found.pages = pdf.pages();
    if (task.page <= found.pages) picture = pdf.decode(task.page, task.longest, PdfFile::Look::once).picture;
  } else if (task.page == 1) {
    picture = decode_picture(task, file, task.longest).picture;
  }
  found.extent = picture.extent;
  return first_line(found) + (picture.pixels.empty() ? std::string() : as_jpeg(picture, task.quality));
}

}  // namespace

std::string answer(const Task& task, std::string_view file) {
  try {
    if (task.what == "page") return show(task, file);
    return task.format == "pdf" ? examine_pages(task, file) : examine_picture(task, file);
  } catch (const Refused& refused) {
    return "refused " + refused.cause + '\n';
  } catch (const std::bad_alloc&) {
    return "refused too-many-pixels\n";
  }
}

}  // namespace xueji::scans
