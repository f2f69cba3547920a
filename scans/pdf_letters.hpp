// Whether the letters of a PDF can be drawn here. Fonts that a PDF does not hold are replaced by ours, and poppler
// leaves out, without a word, what ours have no picture of.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

class GfxFont;
class XRef;
typedef struct _FcCharSet FcCharSet;

namespace xueji::scans {

class Letters {
 public:
  explicit Letters(XRef* table) : table_(table) {}

  /// Whether this letter of `font` is drawn as what it is. `characters`: what the PDF says it means, in Unicode; empty
  /// where nobody knows. Fonts within the file are believed.
  bool are_drawn(GfxFont& font, std::span<const unsigned> characters);

 private:
  using Characters = std::shared_ptr<FcCharSet>;  ///< those that a font of ours has; none where nobody knows

  Characters characters_of(GfxFont& font);

  XRef* table_;
  std::map<std::pair<int, int>, Characters> known_;  ///< by the number of the font in the file
};

}  // namespace xueji::scans
