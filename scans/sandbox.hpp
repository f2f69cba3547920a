// What xueji-render gives up before it reads a byte of somebody else's: files, sockets, other programs, more memory and
// time than it was allotted. Whatever slips past a decoder finds nothing to take and nobody to tell.
#pragma once
#include <string>

namespace xueji::scans {

enum class Sandbox {
  pictures,  ///< no file can be opened
  pages      ///< fonts of the system can be read
};

struct Allotment {
  unsigned memory_mb = 0;  ///< of address space; not kept to under sanitizers, which need terabytes of it
  unsigned seconds = 0;    ///< of processor
};

/// Resource limits and Landlock. From here on no file can be opened but, for pages, those of fonts. Empty, or a
/// sentence on what this system can't do.
std::string close_files(Sandbox sandbox, const Allotment& allotment);

/// System calls (seccomp): a call that decoding does not need ends the process by SIGSYS. Empty, or a sentence.
std::string close_calls(Sandbox sandbox);

}  // namespace xueji::scans
