// `xueji render FILE`: a definition as a picture.
#pragma once
#include <string>

namespace xueji {

struct RenderArguments {
  std::string file;
  std::string form = "svg";  ///< svg, mermaid, bpmn
  std::string language = "zh";
  std::string out;  ///< empty: standard output
};

/// Returns 0, or 1 when the definition has a fault, which goes to standard error as `xueji check` tells it. Throws
/// UsageError when a file can't be read or written.
int run_render(const RenderArguments& arguments);

}  // namespace xueji
