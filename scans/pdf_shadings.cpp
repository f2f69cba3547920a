#include "scans/pdf_shadings.hpp"

#include <Lexer.h>
#include <Parser.h>

#include <utility>

namespace xueji::scans {
namespace {

class Search {
 public:
  Search(XRef* table, const std::set<std::string>& names) : table_(table), names_(names) {}

  bool in_contents(Object& contents) {
    if (!contents.isStream() && !contents.isArray()) return false;
    Parser parser(table_, &contents, false);
    std::string name;
    for (Object object = parser.getObj(0); !object.isEOF(); object = parser.getObj(0)) {
      if (object.isCmd("sh") && names_.contains(name)) return true;
      name = object.isName() ? object.getName() : "";
    }
    return false;
  }
  bool in_forms(Dict* resources) {
    if (!resources) return false;
    const Object drawn = resources->lookup("XObject");
    for (int at = 0; drawn.isDict() && at < drawn.dictGetLength(); ++at) {
      const Object& reference = drawn.getDict()->getValNF(at);
      if (!reference.isRef() || !seen_.insert({reference.getRef().num, reference.getRef().gen}).second) continue;
      Object form = reference.fetch(table_);
      if (!form.isStream() || !form.streamGetDict()->lookup("Subtype").isName("Form")) continue;
      const Object inner = form.streamGetDict()->lookup("Resources");
      if (in_contents(form) || in_forms(inner.isDict() ? inner.getDict() : nullptr)) return true;
    }
    return false;
  }

 private:
  XRef* table_;
  const std::set<std::string>& names_;
  std::set<std::pair<int, int>> seen_;
};

}  // namespace

bool paints_with_shadings(Page& page, XRef* table, const std::set<std::string>& names) {
  if (names.empty()) return false;
  Search search(table, names);
  Object contents = page.getContents();
  return search.in_contents(contents) || search.in_forms(page.getResourceDict());
}

}  // namespace xueji::scans
