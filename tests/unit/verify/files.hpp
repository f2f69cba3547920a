// Definitions and the calendar as they stand in the repository.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/definition/loader.hpp"
#include "engine/registry/calendar.hpp"
#include "engine/verify/verify.hpp"
#include "tests/catch.hpp"

namespace xueji::test {

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream stream{path, std::ios::binary};
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>{stream}, {}};
}

inline std::filesystem::path repository() { return XUEJI_SOURCE_DIR; }

inline Calendar national_calendar() {
  auto loaded = load_calendar(file_text(repository() / "config/calendar.yaml"), "calendar.yaml");
  REQUIRE(std::holds_alternative<Calendar>(loaded));
  return std::get<Calendar>(std::move(loaded));
}

inline Definition definition_of(const std::string& yaml, const std::string& file = "w.yaml") {
  auto loaded = load_definition(yaml, file);
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) FAIL(faults->front().to_string());
  return std::get<Definition>(std::move(loaded));
}

inline std::string shipped_text(const std::string& key) {
  return file_text(repository() / "workflows" / (key + ".yaml"));
}

/// The text with `from`, which must stand in it once, replaced.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace xueji::test
