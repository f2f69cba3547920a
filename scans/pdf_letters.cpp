#include "scans/pdf_letters.hpp"

#include <GfxFont.h>

#include <fontconfig/fontconfig.h>

#include <algorithm>

namespace xueji::scans {
namespace {

using Pattern = std::unique_ptr<FcPattern, void (*)(FcPattern*)>;
using FontSet = std::unique_ptr<FcFontSet, void (*)(FcFontSet*)>;
using ObjectSet = std::unique_ptr<FcObjectSet, void (*)(FcObjectSet*)>;

/// Blanks of all widths, and what steers other characters.
bool is_unseen(unsigned character) {
  return character <= 0x20 || (character >= 0x7F && character <= 0xA0) || character == 0xAD || character == 0x3000 ||
         (character >= 0x2000 && character <= 0x200F) || (character >= 0x2028 && character <= 0x202F) ||
         (character >= 0x205F && character <= 0x206F) || character == 0xFEFF;
}

std::shared_ptr<FcCharSet> characters_of_file(const std::string& path, int number) {
  const Pattern wanted(FcPatternCreate(), FcPatternDestroy);
  FcPatternAddString(wanted.get(), FC_FILE, reinterpret_cast<const FcChar8*>(path.c_str()));
  FcPatternAddInteger(wanted.get(), FC_INDEX, number);
  const ObjectSet asked(FcObjectSetBuild(FC_CHARSET, nullptr), FcObjectSetDestroy);
  const FontSet found(FcFontList(nullptr, wanted.get(), asked.get()), FcFontSetDestroy);
  FcCharSet* characters = nullptr;
  if (!found || found->nfont < 1 || FcPatternGetCharSet(found->fonts[0], FC_CHARSET, 0, &characters) != FcResultMatch)
    return nullptr;
  return {FcCharSetCopy(characters), FcCharSetDestroy};
}

}  // namespace

Letters::Characters Letters::characters_of(GfxFont& font) {
  const Ref id = *font.getID();
  const auto [place, is_new] = known_.try_emplace({id.num, id.gen});
  if (!is_new) return place->second;
  const auto found = font.locateFont(table_, nullptr);
  if (found && found->locType == gfxFontLocExternal) place->second = characters_of_file(found->path, found->fontNum);
  return place->second;
}

bool Letters::are_drawn(GfxFont& font, std::span<const unsigned> characters) {
  Ref within;
  if (font.getType() == fontType3 || font.getEmbeddedFontID(&within)) return true;
  if (std::all_of(characters.begin(), characters.end(), is_unseen) && !characters.empty()) return true;
  const Characters ours = characters_of(font);
  if (!ours) return true;
  return !characters.empty() && std::all_of(characters.begin(), characters.end(), [&](unsigned character) {
    return is_unseen(character) || FcCharSetHasChar(ours.get(), character);
  });
}

}  // namespace xueji::scans
