#include "web/files/zip_archive.hpp"

#include <array>

namespace xueji::web {
namespace {

constexpr std::uint16_t version_needed = 20;
constexpr std::uint16_t first_of_january_1980 = 0x21;  ///< archives of the same content are the same bytes

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) ? 0xEDB88320U ^ (value >> 1) : value >> 1;
    table[i] = value;
  }
  return table;
}
constexpr auto crc_table = make_table();

void append16(std::string& bytes, std::uint16_t value) {
  bytes += static_cast<char>(value & 0xFF);
  bytes += static_cast<char>(value >> 8);
}

void append32(std::string& bytes, std::uint32_t value) {
  append16(bytes, static_cast<std::uint16_t>(value & 0xFFFF));
  append16(bytes, static_cast<std::uint16_t>(value >> 16));
}

/// What the local header and the directory say alike, from "version needed" on.
void append_common(std::string& bytes, std::string_view name, std::string_view content, std::uint32_t checksum) {
  append16(bytes, version_needed);
  append16(bytes, 0);
  append16(bytes, 0);
  append16(bytes, 0);
  append16(bytes, first_of_january_1980);
  append32(bytes, checksum);
  append32(bytes, static_cast<std::uint32_t>(content.size()));
  append32(bytes, static_cast<std::uint32_t>(content.size()));
  append16(bytes, static_cast<std::uint16_t>(name.size()));
  append16(bytes, 0);
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t value = 0xFFFFFFFFU;
  for (const char c : bytes) value = crc_table[(value ^ static_cast<unsigned char>(c)) & 0xFF] ^ (value >> 8);
  return value ^ 0xFFFFFFFFU;
}

void ZipArchive::add(std::string_view name, std::string_view content) {
  const auto offset = static_cast<std::uint32_t>(archive_.size());
  const std::uint32_t checksum = crc32(content);
  archive_ += "PK\x03\x04";
  append_common(archive_, name, content, checksum);
  archive_.append(name).append(content);

  directory_ += "PK\x01\x02";
  append16(directory_, version_needed);
  append_common(directory_, name, content, checksum);
  append16(directory_, 0);
  append16(directory_, 0);
  append16(directory_, 0);
  append32(directory_, 0);
  append32(directory_, offset);
  directory_.append(name);
  ++files_;
}

std::string ZipArchive::take() {
  const auto offset = static_cast<std::uint32_t>(archive_.size());
  archive_ += directory_;
  archive_ += "PK\x05\x06";
  append32(archive_, 0);
  append16(archive_, files_);
  append16(archive_, files_);
  append32(archive_, static_cast<std::uint32_t>(directory_.size()));
  append32(archive_, offset);
  append16(archive_, 0);
  return std::move(archive_);
}

}  // namespace xueji::web
