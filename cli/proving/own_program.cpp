#include <elf.h>
#include <link.h>

#include <cstring>
#include <iterator>

#include "cli/proving/proving_child.hpp"

namespace xueji {
namespace {

constexpr std::size_t aligned(std::size_t size) { return (size + 3) / 4 * 4; }

std::string hex(const unsigned char* bytes, std::size_t count) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t n = 0; n < count; ++n) text.append({digits[bytes[n] >> 4], digits[bytes[n] & 15]});
  return text;
}

/// Notes stand one behind the other: a header, a name, a description, each aligned to four bytes.
std::string build_in(const unsigned char* notes, std::size_t size) {
  for (std::size_t at = 0; at + sizeof(ElfW(Nhdr)) <= size;) {
    ElfW(Nhdr) note;
    std::memcpy(&note, notes + at, sizeof note);
    const std::size_t name = at + sizeof note;
    const std::size_t description = name + aligned(note.n_namesz);
    if (description + note.n_descsz > size) break;
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof ELF_NOTE_GNU &&
        std::memcmp(notes + name, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) == 0)
      return hex(notes + description, note.n_descsz);
    at = description + aligned(note.n_descsz);
  }
  return {};
}

/// Called for the program first; 1 ends it there.
int find_build(dl_phdr_info* loaded, std::size_t, void* found) {
  for (int n = 0; n < loaded->dlpi_phnum; ++n) {
    const ElfW(Phdr)& segment = loaded->dlpi_phdr[n];
    if (segment.p_type != PT_NOTE) continue;
    auto& build = *static_cast<std::string*>(found);
    // The loader tells addresses as numbers.  NOLINTNEXTLINE(performance-no-int-to-ptr)
    build = build_in(reinterpret_cast<const unsigned char*>(loaded->dlpi_addr + segment.p_vaddr), segment.p_memsz);
    if (!build.empty()) break;
  }
  return 1;
}

}  // namespace

std::filesystem::path own_program() { return "/proc/self/exe"; }

std::string own_build() {
  std::string build;
  dl_iterate_phdr(find_build, &build);
  return build;
}

}  // namespace xueji
