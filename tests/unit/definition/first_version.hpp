// A shipped definition as if it were the first of its key, for tests that bring a second one.
#pragma once
#include <stdexcept>
#include <string>

namespace xueji::test {

inline std::string as_first_version(std::string yaml) {
  const auto version = yaml.find("\nversion: "), migrate = yaml.find("\nmigrate:\n");
  if (version == std::string::npos) throw std::logic_error("the definition has no version");
  if (migrate != std::string::npos) yaml.resize(migrate + 1);
  return yaml.replace(version, yaml.find('\n', version + 1) - version, "\nversion: 1");
}

}  // namespace xueji::test
