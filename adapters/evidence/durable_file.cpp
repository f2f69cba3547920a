#include "adapters/evidence/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "adapters/evidence/descriptor.hpp"

namespace xueji::evidence {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void sync_folder(const std::filesystem::path& folder) {
  const int number = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) fail("a folder of the evidence can't be opened");
  const Descriptor descriptor(number);
  if (::fsync(descriptor.number()) != 0) fail("a folder of the evidence can't be synced");
}

void make_folders(const std::filesystem::path& folder) {
  if (std::filesystem::is_directory(folder)) return;
  make_folders(folder.parent_path());
  std::error_code error;
  std::filesystem::create_directory(folder, error);
  if (error) throw std::system_error(error, "a folder of the evidence can't be made");
  sync_folder(folder.parent_path());
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("evidence can't be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Open, with its name.
int make_temporary(const std::filesystem::path& folder, std::string& name) {
  name = (folder / ".new-XXXXXX").string();
  const int number = ::mkostemp(name.data(), O_CLOEXEC);
  if (number < 0) fail("a file for evidence can't be made");
  return number;
}

}  // namespace

void require_writable(const std::filesystem::path& folder) {
  std::string name;
  const Descriptor descriptor(make_temporary(folder, name));
  ::unlink(name.c_str());
}

void write_durably(const std::filesystem::path& path, std::string_view bytes) {
  make_folders(path.parent_path());
  std::string temporary;
  const int number = make_temporary(path.parent_path(), temporary);
  try {
    const Descriptor descriptor(number);
    write_all(descriptor.number(), bytes);
    if (::fsync(descriptor.number()) != 0) fail("evidence can't be synced");
    if (::rename(temporary.c_str(), path.c_str()) != 0) fail("evidence can't be given its name");
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  sync_folder(path.parent_path());
}

}  // namespace xueji::evidence
