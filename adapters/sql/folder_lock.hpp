// A lock on a folder among programs of this machine, given back by the system when its holder dies.
#pragma once
#include <chrono>
#include <filesystem>

namespace xueji::sql {

class FolderLock {
 public:
  /// Throws StoreError: busy where another holds it all the time, broken where the folder can't be opened.
  FolderLock(const std::filesystem::path& folder, std::chrono::milliseconds wait);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace xueji::sql
