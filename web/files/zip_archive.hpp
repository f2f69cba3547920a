// A ZIP archive whose files are stored as they are: what spreadsheets are packed in.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xueji::web {

std::uint32_t crc32(std::string_view bytes);

class ZipArchive {
 public:
  /// Names are ASCII with `/` between folders; less than 4 GiB in all.
  void add(std::string_view name, std::string_view content);
  /// The whole archive; nothing may be added after it.
  std::string take();

 private:
  std::string archive_;
  std::string directory_;
  std::uint16_t files_ = 0;
};

}  // namespace xueji::web
