// xueji-render, which decodes each file in a process of its own (scans/task.hpp has its protocol).
#pragma once
#include <filesystem>
#include <memory>

#include "engine/ports/scan_decoder.hpp"

namespace xueji {

struct RenderProgramOptions {
  std::filesystem::path program;
  unsigned megapixels_max = 120;  ///< of a picture
  unsigned pages_max = 50;        ///< of a PDF
  unsigned memory_mb = 768;       ///< of address space of each process
  unsigned seconds = 10;          ///< of processor, twice as many for drawing; of the clock, three times as many
};

/// Asks the program at once whether it can work here, and remembers; where it can't, every call answers `unavailable`.
/// A process that dies, whyever, is an answer about its file. One process for each call under way.
std::unique_ptr<ScanDecoder> open_render_program(RenderProgramOptions options);

}  // namespace xueji
