// Mutates the shipped definitions and tells what share the proof notices: script/mutation.
#include <fmt/format.h>

#include <iostream>
#include <map>

#include "tests/mutation/trial.hpp"

using namespace xueji;
using namespace xueji::mutation;

namespace {

/// Killed of all, in percent, that must be reached.
constexpr double share_wanted = 95;

using Score = std::map<Killer, std::size_t>;

std::size_t all_of(const Score& score) {
  std::size_t all = 0;
  for (const auto& [killer, number] : score) all += number;
  return all;
}

double share_of(const Score& score) {
  const auto survived = score.contains(Killer::nobody) ? score.at(Killer::nobody) : 0;
  return 100.0 * static_cast<double>(all_of(score) - survived) / static_cast<double>(all_of(score));
}

void print(const std::string& name, const Score& score) {
  const auto by = [&](Killer killer) { return score.contains(killer) ? score.at(killer) : 0; };
  std::cout << fmt::format("{:<18} {:>7} {:>6.1f} % {:>7} {:>9} {:>7} {:>9} {:>8} {:>9}\n", name, all_of(score),
                           share_of(score), by(Killer::loader), by(Killer::verifier), by(Killer::always),
                           by(Killer::scenario), by(Killer::dry_run), by(Killer::nobody));
}

}  // namespace

int main() {
  const std::filesystem::path root = XUEJI_SOURCE_DIR;
  std::map<std::string, Score> by_kind;
  Score all;
  std::vector<std::string> survivors;
  for (const auto& [folder, key] : businesses) {
    const Business business =
        read_business(root / folder, key, root / "config/calendar.yaml", root / "tests/mutation/older");
    for (const Mutant& mutant : mutants_of(business)) {
      const Killer killer = killer_of(business, mutant.yaml);
      ++by_kind[mutant.kind][killer];
      ++all[killer];
      if (killer == Killer::nobody)
        survivors.push_back(fmt::format("{}/{}.yaml:{}:{}: {}: {}", folder, key, mutant.position.line,
                                        mutant.position.column, mutant.kind, mutant.what));
    }
  }
  std::cout << fmt::format("{:<18} {:>7} {:>8} {:>7} {:>9} {:>7} {:>9} {:>8} {:>9}\n", "operator", "mutants", "killed",
                           "loader", "verifier", "always", "scenario", "dry run", "survived");
  for (const auto& [kind, score] : by_kind) print(kind, score);
  print("all", all);
  for (const auto& survivor : survivors) std::cout << survivor << '\n';
  return share_of(all) >= share_wanted ? 0 : 1;
}
