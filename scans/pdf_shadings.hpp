// Shadings that a page paints with and that are not in the file. Poppler draws nothing in their place, and what it
// says of them is what it says of a graphics state that is missing, which loses nothing.
#pragma once
#include <Page.h>

#include <set>
#include <string>

namespace xueji::scans {

/// Whether the page, or a form that it draws, paints (`sh`) with any of these names.
bool paints_with_shadings(Page& page, XRef* table, const std::set<std::string>& names);

}  // namespace xueji::scans
