#include "scans/pdf_painting.hpp"

#include <Lexer.h>
#include <OptionalContent.h>
#include <Parser.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "scans/pdf_paints.hpp"

namespace xueji::scans {
namespace {

constexpr int deepest = 100;  ///< forms in forms; poppler draws no deeper

Object entry(const Object& resources, const char* kind, const std::string& name) {
  const Object all = resources.isDict() ? resources.dictLookup(kind) : Object(objNull);
  return all.isDict() ? all.dictLookupNF(name.c_str()).copy() : Object(objNull);
}

Object entry_of_form(const Object& form, const char* key) {
  return form.isStream() ? form.streamGetDict()->lookup(key) : Object(objNull);
}

class Naming {
 public:
  explicit Naming(XRef* table) : table_(table) {}

  bool names_paints(const Object& resources, int depth = 0) {
    if (!resources.isDict() || depth > deepest) return false;
    for (const char* kind : {"Pattern", "Shading", "ColorSpace"}) {
      const Object paints = resources.dictLookup(kind);
      if (paints.isDict() && paints.dictGetLength() > 0) return true;
    }
    const Object states = resources.dictLookup("ExtGState"), forms = resources.dictLookup("XObject");
    for (int at = 0; states.isDict() && at < states.dictGetLength(); ++at) {
      const Object state = states.dictGetValNF(at).fetch(table_);
      const Object mask = state.isDict() ? state.dictLookup("SMask") : Object(objNull);
      if (mask.isDict() && form_names_paints(mask.dictLookupNF("G"), depth)) return true;
    }
    for (int at = 0; forms.isDict() && at < forms.dictGetLength(); ++at)
      if (form_names_paints(forms.dictGetValNF(at), depth)) return true;
    return false;
  }

  bool form_names_paints(const Object& reference, int depth = 0) {
    if (!reference.isRef() || !seen_.insert({reference.getRef().num, reference.getRef().gen}).second) return false;
    return names_paints(entry_of_form(reference.fetch(table_), "Resources"), depth + 1);
  }

 private:
  XRef* table_;
  std::set<std::pair<int, int>> seen_;
};

/// Of filling, or of stroking.
struct Paint {
  bool colours_missing = false, pattern_missing = false;
  bool of_patterns = false;  ///< the colour space is that of patterns
  Ref tiles = Ref::INVALID();

  bool is_missing() const { return colours_missing || pattern_missing; }
};

struct Pen {
  Paint fill, stroke;
  int text = 0;  ///< way in which letters are drawn
};

/// Which paint an operator uses; neither, if it draws no shape.
struct Uses {
  bool fill = false, stroke = false;
};

Uses used_by(std::string_view operation, int text) {
  static const std::map<std::string_view, Uses> shapes{
      {"f", {true, false}}, {"F", {true, false}}, {"f*", {true, false}}, {"B", {true, true}}, {"B*", {true, true}},
      {"b", {true, true}},  {"b*", {true, true}}, {"S", {false, true}},  {"s", {false, true}}};
  if (const auto shape = shapes.find(operation); shape != shapes.end()) return shape->second;
  if (operation != "Tj" && operation != "TJ" && operation != "'" && operation != "\"") return {};
  constexpr int filled = 0, stroked = 1, both = 2, ways = 4;  // the other four cut out as well
  return {text % ways == filled || text % ways == both, text % ways == stroked || text % ways == both};
}

/// From behind `ID` to the `EI` that stands alone.
void skip_picture(Stream* stream) {
  int before = ' ', last = ' ';
  for (int next = 0; stream && (next = stream->getChar()) != EOF; before = last, last = next)
    if (before <= ' ' && last == 'E' && next == 'I' && stream->lookChar() <= ' ') return;
}

/// What all that is read of one page has in common.
struct Common {
  XRef* table;
  OCGs* layers;
  std::set<std::tuple<int, int, bool, bool>> forms;  ///< by the paints that they begin with
  std::map<std::pair<int, int>, bool> whole;

  bool is_whole(const Object& found, bool (*judge)(const Object&)) {
    if (!found.isRef()) return judge(found);
    const auto [known, is_new] = whole.try_emplace({found.getRef().num, found.getRef().gen});
    if (is_new) known->second = judge(found.fetch(table));
    return known->second;
  }
  bool is_hidden(const Object& layer) const { return layers && layer.isRef() && !layers->optContentIsVisible(&layer); }
};

/// Reads one stream of operators.
class Reading {
 public:
  Reading(Common& common, const Object& resources, const Pen& pen, int depth)
      : common_(common), resources_(resources), pen_(pen), depth_(depth) {}

  bool lacks_paint(Object& contents) {
    if (!contents.isStream() && !contents.isArray()) return false;
    Parser parser(common_.table, &contents, false);
    for (Object object = parser.getObj(0); !object.isEOF(); object = parser.getObj(0)) {
      if (!object.isCmd()) {
        constexpr std::size_t most = 64;
        if (operands_.size() == most) operands_.erase(operands_.begin());
        operands_.push_back(std::move(object));
        continue;
      }
      if (does(object.getCmd())) return true;
      if (object.isCmd("ID")) skip_picture(parser.getStream());
      operands_.clear();
    }
    return false;
  }

  /// The form, tile or mask `reference`, if it was not read with such paints before.
  bool lacks_paint_in(const Object& reference, const Pen& pen) {
    if (!reference.isRef() || depth_ >= deepest) return false;
    const Ref number = reference.getRef();
    if (!common_.forms.insert({number.num, number.gen, pen.fill.is_missing(), pen.stroke.is_missing()}).second)
      return false;
    Object form = reference.fetch(common_.table);
    if (!form.isStream() || common_.is_hidden(form.streamGetDict()->lookupNF("OC"))) return false;
    const Object own = entry_of_form(form, "Resources");
    return Reading(common_, own.isDict() ? own : resources_, pen, depth_ + 1).lacks_paint(form);
  }

 private:
  bool does(const std::string& operation) {
    if (marks(operation) || hidden_ > 0) return false;
    if (sets(operation)) return false;
    if (operation == "sh") return !common_.is_whole(entry(resources_, "Shading", name()), is_whole_shading);
    if (operation == "Do") return draws();
    if (operation == "gs") return masks();
    if (operation == "ID") return is_stencil() && uses(pen_.fill);
    const Uses used = used_by(operation, pen_.text);
    return (used.fill && uses(pen_.fill)) || (used.stroke && uses(pen_.stroke));
  }

  bool marks(const std::string& operation) {
    if (operation == "BDC" || operation == "BMC") {
      const bool hides = operation == "BDC" && operands_.size() == 2 && operands_[0].isName("OC") &&
                         common_.is_hidden(entry(resources_, "Properties", name()));
      marks_.push_back(hides);
      hidden_ += hides;
    } else if (operation == "EMC" && !marks_.empty()) {
      hidden_ -= marks_.back();
      marks_.pop_back();
    }
    return operation == "BDC" || operation == "BMC" || operation == "EMC";
  }

  bool sets(const std::string& operation) {
    constexpr std::size_t most_kept = 100'000;
    if (operation == "q" && kept_.size() < most_kept) {
      kept_.push_back(pen_);
    } else if (operation == "Q" && !kept_.empty()) {
      pen_ = kept_.back();
      kept_.pop_back();
    } else if (operation == "cs" || operation == "CS") {
      set_space(operation == "cs" ? pen_.fill : pen_.stroke);
    } else if (operation == "scn" || operation == "SCN") {
      set_pattern(operation == "scn" ? pen_.fill : pen_.stroke);
    } else if (operation == "g" || operation == "rg" || operation == "k") {
      pen_.fill = {};
    } else if (operation == "G" || operation == "RG" || operation == "K") {
      pen_.stroke = {};
    } else if (operation == "Tr" && !operands_.empty() && operands_.back().isInt()) {
      pen_.text = std::max(0, operands_.back().getInt());
    } else {
      return false;
    }
    return true;
  }

  void set_space(Paint& paint) {
    paint = {};
    Object space = entry(resources_, "ColorSpace", name());
    if (space.isNull() && !operands_.empty()) space = operands_.back().copy();
    const Object found = space.fetch(common_.table);
    paint.of_patterns = found.isName("Pattern") ||
                        (found.isArray() && found.arrayGetLength() > 0 && found.arrayGet(0).isName("Pattern"));
    paint.colours_missing = !common_.is_whole(space, is_whole_colour_space);
  }

  void set_pattern(Paint& paint) {
    if (!paint.of_patterns || operands_.empty() || !operands_.back().isName()) return;
    const Object pattern = entry(resources_, "Pattern", name());
    paint.pattern_missing = !common_.is_whole(pattern, is_whole_pattern);
    paint.tiles = pattern.isRef() ? pattern.getRef() : Ref::INVALID();
  }

  bool uses(const Paint& paint) {
    return paint.is_missing() || (paint.tiles != Ref::INVALID() && lacks_paint_in(Object(paint.tiles), {}));
  }

  bool draws() {
    const Object reference = entry(resources_, "XObject", name());
    const Object drawn = reference.fetch(common_.table);
    if (!entry_of_form(drawn, "Subtype").isName("Image")) return lacks_paint_in(reference, pen_);
    const Object stencil = entry_of_form(drawn, "ImageMask");
    return stencil.isBool() && stencil.getBool() && !common_.is_hidden(drawn.streamGetDict()->lookupNF("OC")) &&
           uses(pen_.fill);
  }

  bool masks() {
    const Object state = entry(resources_, "ExtGState", name()).fetch(common_.table);
    const Object mask = state.isDict() ? state.dictLookup("SMask") : Object(objNull);
    return mask.isDict() && lacks_paint_in(mask.dictLookupNF("G"), {});
  }

  bool is_stencil() const {
    for (std::size_t at = 0; at + 1 < operands_.size(); ++at)
      if ((operands_[at].isName("IM") || operands_[at].isName("ImageMask")) && operands_[at + 1].isBool())
        return operands_[at + 1].getBool();
    return false;
  }

  std::string name() const { return operands_.empty() || !operands_.back().isName() ? "" : operands_.back().getName(); }

  Common& common_;
  const Object& resources_;
  Pen pen_;
  const int depth_;
  std::vector<Pen> kept_;
  std::vector<Object> operands_;
  std::vector<bool> marks_;  ///< those that stand open: whether they hide what is between
  int hidden_ = 0;
};

}  // namespace

bool names_paints(const Painted& page, XRef* table) {
  Naming naming(table);
  return naming.names_paints(page.resources) ||
         std::any_of(page.forms.begin(), page.forms.end(),
                     [&](const Object& form) { return naming.form_names_paints(form); }) ||
         std::any_of(page.letters.begin(), page.letters.end(),
                     [&](const OwnLetter& letter) { return naming.names_paints(letter.resources); });
}

bool lacks_paint(const Painted& page, XRef* table, OCGs* layers) {
  Common common{table, layers, {}, {}};
  const auto lacks = [&](const Object& form, const Object& resources) {
    return Reading(common, resources, {}, 0).lacks_paint_in(form, {});
  };
  Object contents = page.contents.copy();
  return Reading(common, page.resources, {}, 0).lacks_paint(contents) ||
         std::any_of(page.forms.begin(), page.forms.end(),
                     [&](const Object& form) { return lacks(form, page.resources); }) ||
         std::any_of(page.letters.begin(), page.letters.end(),
                     [&](const OwnLetter& letter) { return lacks(letter.shape, letter.resources); });
}

}  // namespace xueji::scans
