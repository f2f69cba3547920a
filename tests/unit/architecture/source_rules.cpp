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

const std::vector<Ban>& bans() {
  static const std::vector<Ban> all{
      {"engine/", R"(#include <boost/)", "the engine knows nothing of Boost's sockets, HTTP or JSON", {}},
      {"engine/",
       R"(#include <(soci|sqlite3|mysql|prometheus|spdlog|magic|CLI))",
       "the engine knows no database, log or metrics",
       {}},
      {"engine/",
       R"(#include <(fstream|filesystem|iostream|sys/|netinet/|unistd|fcntl))",
       "the engine reads and writes no files",
       {"engine/ports/"}},
      {"engine/",
       R"((system_clock|steady_clock)::now|\btime\((nullptr|NULL|0)\)|gettimeofday|clock_gettime)",
       "the engine has no clock but the port",
       {}},
      {"engine/",
       R"(\b(random_device|getenv|fopen|printf)\b)",
       "the engine is deterministic, prints nothing and reads no environment",
       {"engine/runtime/"}},
      {"engine/", R"(#include "(adapters|web|cli)/)", "the engine includes nothing of adapters, web or cli", {}},
      {"engine/", R"(#include <yaml-cpp/)", "yaml-cpp stays where YAML is read", {"engine/yaml/"}},
      {"engine/machine/", R"(#include "engine/(runtime|ports|scenario)/)", "the machine knows only values", {}},
      {"adapters/", R"(#include "(web|cli)/)", "adapters know only the engine", {}},
      {"adapters/", R"(#include <yaml-cpp/)", "yaml-cpp stays where YAML is read", {}},
      {"web/",
       R"(#include "(cli|adapters/(sql|central|evidence))/)",
       "the web knows the engine's ports, not what is behind them",
       {}},
      {"web/", R"(#include <(soci|sqlite3|yaml-cpp))", "the web knows no database and no YAML", {}},
      {"web/server/resources/", R"(#include <boost/(asio|beast))", "resources see plain requests and responses", {}},
      {"cli/", R"(#include <(soci|sqlite3|yaml-cpp))", "the command line goes through the adapters", {}},
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

Breaches dependency_breaches(const SourceFile& file) {
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
