// What a PDF refers to and does not hold, found by its structure alone: pages that are not counted, contents,
// appearances of notes and stamps. Poppler takes what is missing for empty, and shows a white page.
#pragma once
#include <Object.h>

#include <vector>

class XRef;

namespace xueji::scans {

/// It is referred to, and is not in the file.
bool is_missing(const Object& object, XRef* table);

/// Pages that hang on the tree, whatever is said of their number; not more than `enough` are looked for.
int pages_of_tree(XRef* table, int enough);

/// A part of the contents of this page (its dictionary) is missing, or in another file.
bool lacks_contents(const Object& page, XRef* table);

/// What a note or stamp of a page looks like on the screen; `missing`: it says what, and that is not in the file.
struct Appearance {
  Object form;
  bool missing = false;
};
/// Of all that are shown; without those that have none, or none in their state.
std::vector<Appearance> appearances(const Object& page, XRef* table);

}  // namespace xueji::scans
