// Why a file can't be evidence, as xueji-render says it.
#pragma once
#include <string>
#include <utility>

namespace xueji::scans {

/// Thrown by whatever decodes; `cause` is a word of the protocol: `damaged`, `password`, `too-many-pixels`,
/// `too-many-pages`, `too-slow`.
struct Refused {
  std::string cause;
};

struct Limits {
  double pixels = 0;  ///< of a picture
  int pages = 0;      ///< of a PDF
};

}  // namespace xueji::scans
