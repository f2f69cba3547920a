#include "cli/setup/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "engine/base/text.hpp"
#include "engine/yaml/strict_yaml.hpp"

namespace xueji {
namespace {

const Setting* find_setting(std::string_view key) {
  const auto all = settings();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Setting& each) { return each.key == key; });
  return found == all.end() ? nullptr : &*found;
}

bool is_section(std::string_view name) {
  const auto all = settings();
  return std::any_of(all.begin(), all.end(),
                     [&](const Setting& each) { return each.key.starts_with(std::string{name} + "."); });
}

std::string advice_for(std::string_view key, std::string_view section) {
  std::vector<std::string> keys;
  for (const Setting& each : settings())
    if (each.key.starts_with(section)) keys.push_back(each.key);
  const auto near = nearest(key, keys);
  return near.empty() ? std::string{"see config/xueji.yaml for all keys"} : fmt::format("did you mean `{}`?", near);
}

class FileReader {
 public:
  FileReader(Configuration& configuration, std::string file, std::vector<Fault>& faults)
      : configuration_(configuration), file_(std::move(file)), faults_(faults) {}

  void read(const YamlNode& root) {
    for (const auto& [key, value] : root.entries) {
      if (!is_section(key.text))
        read_value(key.text, key, value, "");
      else if (value.is_map())
        read_section(key.text + ".", value);
      else if (value.kind != YamlNode::Kind::empty)
        fail(value.position, fmt::format("`{}` is a section of keys", key.text),
             "write its keys below it, indented by two spaces");
    }
  }

 private:
  void read_section(const std::string& prefix, const YamlNode& section) {
    for (const auto& [key, value] : section.entries) read_value(prefix + key.text, key, value, prefix);
  }

  void read_value(const std::string& key, const YamlNode& key_node, const YamlNode& value, const std::string& section) {
    const Setting* setting = find_setting(key);
    if (!setting) return fail(key_node.position, fmt::format("there is no key `{}`", key), advice_for(key, section));
    const bool fits = value.kind == YamlNode::Kind::empty ? setting->set(configuration_, "")
                                                          : value.is_text() && setting->set(configuration_, value.text);
    if (!fits) fail(value.position, fmt::format("the value of `{}` does not fit", key), "write " + setting->expects);
  }

  void fail(Position position, std::string what, std::string advice) {
    faults_.push_back({file_, position, std::move(what), std::move(advice)});
  }

  Configuration& configuration_;
  std::string file_;
  std::vector<Fault>& faults_;
};

void read_environment(Configuration& configuration, const Environment& environment, std::vector<Fault>& faults) {
  std::vector<std::string> names;
  std::vector<std::string> section_prefixes;
  for (const Setting& setting : settings()) {
    names.push_back(environment_name(setting));
    if (setting.key.find('.') != std::string::npos)
      section_prefixes.push_back(names.back().substr(0, names.back().find('_', 6) + 1));
    const auto found = environment.find(names.back());
    if (found != environment.end() && !setting.set(configuration, found->second))
      faults.push_back({names.back(),
                        {1, 1},
                        "the value of this environment variable does not fit",
                        "set it to " + setting.expects});
  }
  for (const auto& [name, value] : environment) {
    const bool meant = std::any_of(section_prefixes.begin(), section_prefixes.end(),
                                   [&name = name](const std::string& prefix) { return name.starts_with(prefix); });
    if (!meant || std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto near = nearest(name, names);
    faults.push_back({name,
                      {1, 1},
                      "this environment variable names no key of the configuration",
                      near.empty() ? "see config/xueji.yaml for all keys" : fmt::format("did you mean `{}`?", near)});
  }
}

}  // namespace

std::string Configuration::database_address() const {
  if (!database.empty()) return database;
  return "sqlite://" + std::filesystem::absolute(std::filesystem::path{data} / "xueji.db").string();
}

std::string Configuration::evidence_directory() const {
  return evidence.directory.empty() ? (std::filesystem::path{data} / "evidence").string() : evidence.directory;
}

Configuration demo_defaults() {
  Configuration configuration;
  configuration.accounts.rate_per_second = 1'000'000;
  configuration.accounts.rate_burst = 1'000'000;
  configuration.accounts.finds_per_minute = 1'000'000;
  configuration.accounts.sign_in_per_minute = 120;
  configuration.server.websockets_per_account_max = configuration.server.connections_max;
  configuration.evidence.account_mb_per_day = 1'000'000;
  configuration.evidence.office_mb_per_day = 1'000'000;
  return configuration;
}

std::variant<Configuration, std::vector<Fault>> load_configuration(const std::optional<ConfigurationFile>& file,
                                                                   const Environment& environment,
                                                                   Configuration defaults) {
  Configuration configuration = std::move(defaults);
  std::vector<Fault> faults;
  if (file) {
    auto document = read_strict_yaml(file->text, file->name);
    if (auto* found = std::get_if<std::vector<Fault>>(&document)) return std::move(*found);
    FileReader{configuration, file->name, faults}.read(std::get<YamlDocument>(document).root);
  }
  read_environment(configuration, environment, faults);
  if (!faults.empty()) return faults;
  return configuration;
}

}  // namespace xueji
