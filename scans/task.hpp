// What xueji-render is asked for, and how it answers: the protocol that adapters/evidence speaks.
#pragma once
#include <string>
#include <string_view>

#include "scans/refused.hpp"
#include "scans/sandbox.hpp"

namespace xueji::scans {

/// The words of the command line, in this order:
///   try                                             sets up the sandbox, and answers `done`
///   examine FORMAT PIXELS PAGES MEMORY SECONDS      decodes the whole
///   page FORMAT PIXELS PAGES MEMORY SECONDS N LONGEST QUALITY    decodes page N, and makes a picture of it
/// FORMAT is `jpeg`, `png` or `pdf`; the file is standard input, which must be one, not a pipe.
struct Task {
  std::string what;
  std::string format;
  Limits limits;
  Allotment allotment;
  int page = 0;
  int longest = 0;
  int quality = 0;
};

/// A PDF is decoded at the size at which officers see its pages; they are small where they can't be read at that.
/// One line, after which the picture may follow as JPEG:
///   done WIDTH HEIGHT PAGES SMALL BLURRED FONTS     the last three: 0, or the first page of which it holds
///   refused CAUSE
///   unsafe SENTENCE                                 the sandbox can't be set up here
std::string answer(const Task& task, std::string_view file);

}  // namespace xueji::scans
