#include "scans/pdf_structure.hpp"

#include <XRef.h>

#include <set>
#include <utility>
#include <vector>

namespace xueji::scans {
namespace {

bool is_in_another_file(const Object& part) { return part.isStream() && part.streamGetDict()->hasKey("F"); }

bool is_shown(const Object& note) {
  constexpr int hidden = 2, not_on_screen = 32;
  const Object kind = note.dictLookup("Subtype"), flags = note.dictLookup("F");
  if (kind.isName("Popup") || kind.isName("Link")) return false;
  return !flags.isInt() || (flags.getInt() & (hidden | not_on_screen)) == 0;
}

/// Of the state that a note is in, where it has several.
Object named_appearance(const Object& note, const Object& appearance, XRef* table) {
  Object normal = appearance.dictLookupNF("N").copy();
  const Object states = normal.fetch(table);
  if (!states.isDict()) return normal;
  const Object state = note.dictLookup("AS");
  return state.isName() ? states.dictLookupNF(state.getName()).copy() : Object(objNull);
}

}  // namespace

bool is_missing(const Object& object, XRef* table) { return object.isRef() && object.fetch(table).isNull(); }

int pages_of_tree(XRef* table, int enough) {
  const Object catalogue = table->getCatalog();
  if (!catalogue.isDict()) return 0;
  std::vector<Object> open;
  open.push_back(catalogue.dictLookupNF("Pages").copy());
  std::set<std::pair<int, int>> parents;
  int found = 0;
  while (!open.empty() && found < enough) {
    const Object reference = std::move(open.back());
    open.pop_back();
    const Object node = reference.fetch(table);
    if (!node.isDict()) continue;
    const Object kids = node.dictLookup("Kids");
    if (!kids.isArray()) {
      ++found;
      continue;
    }
    if (reference.isRef() && !parents.insert({reference.getRef().num, reference.getRef().gen}).second) continue;
    for (int kid = kids.arrayGetLength() - 1; kid >= 0; --kid) open.push_back(kids.arrayGetNF(kid).copy());
  }
  return found;
}

bool lacks_contents(const Object& page, XRef* table) {
  if (!page.isDict()) return false;
  const Object& contents = page.dictLookupNF("Contents");
  if (is_missing(contents, table)) return true;
  const Object parts = contents.fetch(table);
  if (is_in_another_file(parts)) return true;
  for (int part = 0; parts.isArray() && part < parts.arrayGetLength(); ++part) {
    const Object found = parts.arrayGet(part);
    if (is_in_another_file(found) || is_missing(parts.arrayGetNF(part), table)) return true;
  }
  return false;
}

std::vector<Appearance> appearances(const Object& page, XRef* table) {
  std::vector<Appearance> all;
  const Object notes = page.isDict() ? page.dictLookup("Annots") : Object(objNull);
  for (int number = 0; notes.isArray() && number < notes.arrayGetLength(); ++number) {
    const Object note = notes.arrayGet(number);
    if (!note.isDict() || !is_shown(note)) continue;
    const Object& said = note.dictLookupNF("AP");
    const Object appearance = said.fetch(table);
    Object form = appearance.isDict() ? named_appearance(note, appearance, table) : said.copy();
    const bool missing = is_missing(form, table);
    if (missing || !form.isNull()) all.push_back({std::move(form), missing});
  }
  return all;
}

}  // namespace xueji::scans
