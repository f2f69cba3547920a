// A lock on a folder among programs of this machine, given back by the system when its holder dies.
#pragma once
#include <chrono>
#include <filesystem>
#include <string_view>

namespace xueji::sql {

class FolderLock {
 public:
  /// `doing` is what its holder does, for the text of who waits in vain.
  /// Throws StoreError: busy where another holds it all the time, broken where the folder can't be opened.
  FolderLock(const std::filesystem::path& folder, std::chrono::milliseconds wait,
             std::string_view doing = "changes the schema");
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace xueji::sql
