// Trying mutants: which part of the proof notices them.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "engine/registry/calendar.hpp"
#include "tests/mutation/mutants.hpp"

namespace xueji::mutation {

enum class Killer { loader, verifier, always, scenario, nobody };
std::string_view to_string(Killer killer);

struct Business {
  std::string key;
  std::string yaml;
  std::vector<std::pair<std::string, std::string>> scenarios;  ///< name and text
  Calendar calendar;
};

/// A definition of that folder with the scenarios beside it.
Business read_business(const std::filesystem::path& folder, const std::string& key,
                       const std::filesystem::path& calendar);

/// Who notices first. The unchanged definition is noticed by nobody.
Killer killer_of(const Business& business, const std::string& yaml);

std::vector<Mutant> mutants_of(const Business& business);

}  // namespace xueji::mutation
