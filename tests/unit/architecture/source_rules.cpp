#include "tests/unit/architecture/source_rules.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

namespace xueji::tests {
namespace {

struct Ban {
  std::string_view folder;  ///< files below it
  std::string_view what;    ///< pattern of a line
  std::string_view why;
  std::vector<std::string_view> except;  ///< beginnings of paths that may
};

/// What the table of docs/architecture.md can't say (arrows.hpp).
const std::vector<Ban>& bans() {
  static const std::vector<Ban> all{
      {"engine/", R"(\b(fopen|printf)\b)", "the engine reads and writes no files and prints nothing", {}},
  };
  return all;
}

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view each) { return path.starts_with(each); });
}

std::string breach(const SourceFile& file, int line, std::string_view why) {
  return file.path + ":" + std::to_string(line) + ": " + std::string{why};
}

}  // namespace

Breaches effect_breaches(const SourceFile& file) {
  std::vector<std::pair<const Ban*, std::regex>> applying;
  for (const Ban& ban : bans())
    if (file.path.starts_with(ban.folder) && !starts_with_any(file.path, ban.except))
      applying.emplace_back(&ban, std::regex{std::string{ban.what}});
  Breaches breaches;
  std::istringstream lines{file.text};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number)
    for (const auto& [ban, pattern] : applying)
      if (std::regex_search(line, pattern)) breaches.push_back(breach(file, number, ban->why));
  return breaches;
}

std::vector<std::string> effects_with_a_file(const std::vector<SourceFile>& files) {
  static const std::regex own{R"(engine/definition/effect_(\w+)\.cpp)"};
  std::vector<std::string> effects;
  std::smatch found;
  for (const SourceFile& file : files)
    if (std::regex_match(file.path, found, own)) effects.push_back(found[1]);
  return effects;
}

Breaches effect_name_breaches(const SourceFile& file, const std::vector<std::string>& effects) {
  Breaches breaches;
  for (const std::string& effect : effects) {
    if (file.path.ends_with("/effect_" + effect + ".cpp")) continue;
    const auto at = file.text.find('"' + effect + '"');
    if (at == std::string::npos) continue;
    const auto line = 1 + std::count(file.text.begin(), file.text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    breaches.push_back(breach(file, static_cast<int>(line), "the effect " + effect + " is its own file's business"));
  }
  return breaches;
}

Breaches tidiness_breaches(const SourceFile& file) {
  static constexpr int lines_max = 600;
  static const std::regex unfinished{R"(\b(TODO|FIXME|XXX|HACK)\b(?!\(#[0-9]+\)))"};
  Breaches breaches;
  std::istringstream lines{file.text};
  std::string line;
  int number = 0;
  while (std::getline(lines, line)) {
    ++number;
    if (std::regex_search(line, unfinished))
      breaches.push_back(breach(file, number, "work left undone names its issue, as in `(#12)`"));
  }
  if (number > lines_max) breaches.push_back(breach(file, number, "more than 600 lines: make two rooms of it"));
  return breaches;
}

}  // namespace xueji::tests
