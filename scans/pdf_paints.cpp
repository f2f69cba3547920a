#include "scans/pdf_paints.hpp"

#include <GfxState.h>
#include <Page.h>
#include <Stream.h>

#include <array>
#include <memory>
#include <string>

namespace xueji::scans {
namespace {

constexpr int triangles = 4, lattice = 5, tensors = 7;  // kinds of shadings; between them 6, Coons patches

/// Of a mesh, as its dictionary says.
struct MeshForm {
  int kind = 0;
  int flag = 0, coordinate = 0, component = 0;  ///< bits
  int components = 0;
  int row = 0;  ///< points of a lattice

  int point() const { return 2 * coordinate; }
  int colour() const { return components * component; }
};

int number_in(const Object& dictionary, const char* key) {
  const Object number = dictionary.dictLookup(key);
  return number.isInt() ? number.getInt() : 0;
}

MeshForm form_of(const Object& dictionary, int kind) {
  MeshForm form{kind,
                number_in(dictionary, "BitsPerFlag"),
                number_in(dictionary, "BitsPerCoordinate"),
                number_in(dictionary, "BitsPerComponent"),
                1,
                number_in(dictionary, "VerticesPerRow")};
  const Object ranges = dictionary.dictLookup("Decode");
  constexpr int of_place = 4;
  if (ranges.isArray()) form.components = (ranges.arrayGetLength() - of_place) / 2;
  return form;
}

/// Reads numbers of some bits each.
class Bits {
 public:
  explicit Bits(const std::string& bytes) : bytes_(bytes) {}
  std::size_t left() const { return bytes_.size() * 8 - at_; }
  bool skip(int bits) {
    if (left() < static_cast<std::size_t>(bits)) return false;
    at_ += static_cast<std::size_t>(bits);
    return true;
  }
  int last_two_of(int bits) {
    int value = 0;
    for (; bits > 0 && left() > 0; --bits, ++at_)
      value = (value << 1 | (static_cast<unsigned char>(bytes_[at_ / 8]) >> (7 - at_ % 8) & 1)) & 3;
    return value;
  }
  void to_next_byte() { at_ = (at_ + 7) / 8 * 8; }
  /// A line break behind the data is none of them.
  bool has_more() const { return left() >= 8 && bytes_.find_first_not_of("\r\n", (at_ + 7) / 8) != std::string::npos; }

 private:
  const std::string& bytes_;
  std::size_t at_ = 0;
};

/// Whether the data are so many triangles or patches, and not a part of one more.
bool ends_with_a_whole(const MeshForm& form, Bits bits, bool padded) {
  bool any = false;
  while (bits.has_more()) {
    const bool begins = bits.last_two_of(form.flag) == 0;
    if (form.kind == triangles) {
      for (int point = 0; point < (begins ? 3 : 1); ++point) {
        if (point > 0) bits.last_two_of(form.flag);
        if (!bits.skip(form.point() + form.colour())) return false;
        if (padded) bits.to_next_byte();
      }
    } else {
      const int inner = form.kind == tensors ? 4 : 0;
      if (!bits.skip((begins ? 12 + inner : 8 + inner) * form.point() + (begins ? 4 : 2) * form.colour())) return false;
      if (padded) bits.to_next_byte();
    }
    any = true;
  }
  return any;
}

bool ends_with_a_whole_row(const MeshForm& form, Bits bits, bool padded) {
  int points = 0;
  while (bits.has_more()) {
    if (!bits.skip(form.point() + form.colour())) return false;
    if (padded) bits.to_next_byte();
    ++points;
  }
  return form.row >= 2 && points >= 2 * form.row && points % form.row == 0;
}

std::string data_of(Stream& stream) {
  std::string data;
  std::array<unsigned char, 4096> piece;
  (void)stream.reset();
  for (int got = 0; (got = stream.doGetChars(piece.size(), piece.data())) > 0;)
    data.append(reinterpret_cast<const char*>(piece.data()), static_cast<std::size_t>(got));
  return data;
}

/// Writers differ in whether each point begins with a byte of its own.
bool is_whole_mesh(const Object& shading, const Object& dictionary, int kind) {
  if (!shading.isStream()) return false;
  const MeshForm form = form_of(dictionary, kind);
  if (form.point() <= 0 || form.components < 1 || form.component < 1) return false;
  if (kind != lattice && form.flag < 1) return false;
  const std::string data = data_of(*shading.getStream());
  const auto ends = kind == lattice ? ends_with_a_whole_row : ends_with_a_whole;
  return ends(form, Bits(data), true) || ends(form, Bits(data), false);
}

/// Poppler asks it for the colour spaces that a device has.
GfxState& some_state() {
  static const PDFRectangle sheet(0, 0, 1, 1);
  static GfxState state(1, 1, &sheet, 0, true);
  return state;
}

Object dictionary_of(const Object& object) {
  if (object.isStream()) return Object(object.getStream()->getDictObject()->copy());
  return object.isDict() ? object.copy() : Object(objNull);
}

}  // namespace

bool is_whole_pattern(const Object& pattern) {
  const Object dictionary = dictionary_of(pattern);
  if (!dictionary.isDict()) return false;
  constexpr int tiles = 1, shaded = 2;
  const int kind = number_in(dictionary, "PatternType");
  if (kind == tiles) return pattern.isStream();
  return kind == shaded && is_whole_shading(dictionary.dictLookup("Shading"));
}

bool is_whole_shading(const Object& shading) {
  const Object dictionary = dictionary_of(shading);
  if (!dictionary.isDict()) return false;
  Object read = shading.copy();
  if (!std::unique_ptr<GfxShading>(GfxShading::parse(nullptr, &read, nullptr, &some_state()))) return false;
  const int kind = number_in(dictionary, "ShadingType");
  return kind < triangles || kind > tensors || is_whole_mesh(shading, dictionary, kind);
}

bool is_whole_colour_space(const Object& space) {
  Object read = space.copy();
  return static_cast<bool>(
      std::unique_ptr<GfxColorSpace>(GfxColorSpace::parse(nullptr, &read, nullptr, &some_state())));
}

}  // namespace xueji::scans
