#include "scans/pdf_complaints.hpp"

#include <Error.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace xueji::scans {
namespace {

std::string_view complained_of;
bool is_heard = true;

std::vector<std::string>& complaints() {
  static std::vector<std::string> all;
  return all;
}

/// Programs that add to a PDF (a mark, a note) end their streams so; all that was written before can be read.
bool ends_by_flush(Goffset position, std::string_view complaint) {
  constexpr std::string_view flushed("\0\0\xff\xff", 4);
  const auto end = static_cast<std::size_t>(position);
  return complaint == "Bad block header in flate stream" && position >= 0 && end <= complained_of.size() &&
         complained_of.substr(0, end).ends_with(flushed);
}

void hear(ErrorCategory, Goffset position, const char* complaint) {
  constexpr std::size_t enough = 1000;
  if (is_heard && complaints().size() < enough && !ends_by_flush(position, complaint))
    complaints().emplace_back(complaint);
}

template <std::size_t count>
bool complains_of(const std::array<std::string_view, count>& words) {
  return std::any_of(complaints().begin(), complaints().end(), [&](const std::string& complaint) {
    return std::any_of(words.begin(), words.end(),
                       [&](auto each) { return complaint.find(each) != std::string::npos; });
  });
}

/// With white, or nothing, where something should be. What pictures lack is found by reading them (pdf_picture.hpp).
constexpr std::array<std::string_view, 15> losses{"in flate stream",
                                                  "in CCITTFax stream",
                                                  "JBIG2",
                                                  "Unknown filter",
                                                  "Unterminated string",
                                                  "Bad image parameters",
                                                  "Failed to parse page",
                                                  "Kid object (page",
                                                  "Weird page contents",
                                                  "Page contents object",
                                                  "XObject '",
                                                  "No font in show",
                                                  "Could not find start of jpeg data",
                                                  "Unable to decode image",
                                                  "Bad 'Filter' attribute"};

/// Where there is one, what the page paints with is looked through.
constexpr std::array<std::string_view, 3> unusable_paints{"Unknown pattern '", "Bad color space", "ExtGState '"};

/// Letters that are left out, or drawn as others.
constexpr std::array<std::string_view, 7> missing_fonts{"non-embedded font using identity encoding",
                                                        "Couldn't create a font for",
                                                        "Unknown character collection",
                                                        "Unknown CID font collection",
                                                        "Couldn't find a font",
                                                        "Missing language pack",
                                                        "Unknown font type"};

}  // namespace

void hear_complaints(std::string_view file) {
  complained_of = file;
  complaints().clear();
  setErrorCallback(hear);
}

bool complained_of_loss() { return complains_of(losses); }

bool complained_of_paints() { return complains_of(unusable_paints); }

Unheard::Unheard() { is_heard = false; }

Unheard::~Unheard() { is_heard = true; }

bool complained_of_fonts() { return complains_of(missing_fonts); }

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

}  // namespace xueji::scans
