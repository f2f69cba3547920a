#include "cli/setup/configuration_source.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"

namespace xueji {
namespace {

Environment environment_of_process() {
  Environment environment;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text{*entry};
    const auto sign = text.find('=');
    if (text.starts_with("XUEJI_") && sign != std::string_view::npos)
      environment.emplace(text.substr(0, sign), text.substr(sign + 1));
  }
  return environment;
}

}  // namespace

Configuration read_configuration(const std::string& file,
                                 const std::vector<std::pair<std::string, std::string>>& options,
                                 Configuration defaults) {
  std::optional<ConfigurationFile> text;
  if (!file.empty()) text = ConfigurationFile{file, read_whole_file(file)};
  auto loaded = load_configuration(text, environment_of_process(), std::move(defaults));
  if (auto* faults = std::get_if<std::vector<Fault>>(&loaded)) throw FaultyFiles{std::move(*faults)};
  auto configuration = std::move(std::get<Configuration>(loaded));
  for (const auto& [key, value] : options) {
    const auto all = settings();
    const auto setting =
        std::find_if(all.begin(), all.end(), [&key = key](const Setting& each) { return each.key == key; });
    if (!setting->set(configuration, value))
      throw UsageError(fmt::format("`{}` does not fit: write {}", value, setting->expects));
  }
  return configuration;
}

}  // namespace xueji
