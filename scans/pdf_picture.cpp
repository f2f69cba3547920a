#include "scans/pdf_picture.hpp"

#include <Object.h>
#include <Stream.h>

#include <algorithm>
#include <array>
#include <string>

#include "scans/decoders.hpp"

namespace xueji::scans {
namespace {

/// Its pixels are of no use here.
constexpr int as_small_as_can_be = 1;

std::string bytes_of(Stream& stream) {
  std::string bytes;
  std::array<unsigned char, 4096> piece;
  (void)stream.reset();
  for (int got = 0; (got = stream.doGetChars(piece.size(), piece.data())) > 0;)
    bytes.append(reinterpret_cast<const char*>(piece.data()), static_cast<std::size_t>(got));
  return bytes;
}

/// Within a PDF viewers look for a JPEG's beginning.
bool is_whole_jpeg(const std::string& bytes, const Limits& limits) {
  const auto begin = bytes.find("\xff\xd8");
  if (begin == std::string::npos) return false;
  try {
    decode_jpeg(std::string_view(bytes).substr(begin), as_small_as_can_be, limits);
    return true;
  } catch (const Refused& refused) {
    if (refused.cause == "damaged") return false;
    throw;
  }
}

bool has_all_rows(Stream& stream, const PictureWithin& picture) {
  std::array<unsigned char, 4096> piece;
  const long long row = (static_cast<long long>(picture.width) * picture.bits_of_pixel + 7) / 8;
  long long left = row * picture.height;
  (void)stream.reset();
  while (left > 0) {
    const int wanted = static_cast<int>(std::min<long long>(left, piece.size()));
    const int got = stream.doGetChars(wanted, piece.data());
    if (got <= 0) return false;
    left -= got;
  }
  return true;
}

}  // namespace

bool is_whole(Stream& stream, const PictureWithin& picture, const Limits& limits) {
  Stream* inner = stream.getNextStream();
  if (stream.getKind() == strDCT && inner && !picture.read_for_good) {
    if (!is_whole_jpeg(bytes_of(*inner), limits)) return false;
  }
  return has_all_rows(stream, picture);
}

}  // namespace xueji::scans
