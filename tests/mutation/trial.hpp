// Trying mutants: which part of the proof notices them.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/calendar.hpp"
#include "tests/mutation/mutants.hpp"

namespace xueji::mutation {

/// `dry_run`: it says otherwise of the live requests of an older version.
enum class Killer { loader, verifier, always, scenario, dry_run, nobody };
std::string_view to_string(Killer killer);

/// Folder and key of all that is mutated: the shipped ones, and one with what they have none of, actions of others,
/// fields and evidence that come with an action, staffing, and states that a migration maps.
inline const std::vector<std::pair<std::string, std::string>> businesses{
    {"workflows", "g-number-deletion"},
    {"workflows", "key-information-change"},
    {"tests/mutation/businesses", "resumption-of-study"}};

struct Business {
  std::string key;
  std::string yaml;
  std::vector<std::pair<std::string, std::string>> scenarios;  ///< name and text
  Calendar calendar;
  std::vector<Definition> older;   ///< what it migrates from
  std::vector<std::string> moves;  ///< what moves_of() has to say of each
};

/// A definition of that folder with the scenarios beside it. In `older` stands each version before, KEY.N.yaml, and
/// what becomes of its live requests, KEY.N.moves.txt.
Business read_business(const std::filesystem::path& folder, const std::string& key,
                       const std::filesystem::path& calendar, const std::filesystem::path& older);

/// What a dry run says of a request in each state of the older version, with all fields filled in and files of all
/// kinds: `visit: moves to county_inquiry, without field telephone`, one a line.
std::string moves_of(const Definition& older, const Definition& newer);

/// Who notices first. The unchanged definition is noticed by nobody.
Killer killer_of(const Business& business, const std::string& yaml);

std::vector<Mutant> mutants_of(const Business& business);

}  // namespace xueji::mutation
