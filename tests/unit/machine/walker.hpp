// Random commands of people and machines through the real decide(), and what comes of each given to an auditor.
#pragma once
#include <map>
#include <random>
#include <set>

#include "bench.hpp"
#include "engine/definition/configuration.hpp"
#include "walk_auditor.hpp"

namespace xueji::test {

struct WalkReport {
  std::size_t steps = 0;
  std::size_t done = 0;  ///< commands that were carried out
  std::set<StateConfiguration> configurations;
  std::map<std::string, std::size_t> ended;
  std::map<RefusalKind, std::size_t> refusals;
};

class Walker {
 public:
  /// `offices` from the school upwards, as in scenarios.
  Walker(Definition definition, std::vector<std::string> offices, NumberKind number, unsigned seed);

  const Bench& bench() const { return bench_; }
  const std::vector<const Caller*>& people() const { return people_; }
  /// Throws std::logic_error where the auditor is not content.
  void walk(std::size_t steps, WalkReport& report);

 private:
  using What = decltype(Command::what);
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  template <class Range>
  const auto& one_of(const Range& range) {
    return range[below(range.size())];
  }
  const Token& some_token();
  const Caller& likely_person();
  std::vector<Post> posts_of_some();
  What of_the_machine();
  What of_a_person();
  Open open();
  std::string value_for(const Field& field);
  void keep(const std::variant<Decision, Refusal, Nothing>& verdict, WalkReport& report);
  void give_a_fresh_number();

  Bench bench_;
  NumberKind number_;
  std::mt19937 engine_;
  WalkAuditor auditor_;
  std::vector<const Caller*> people_;
  std::vector<std::string> actions_;
};

}  // namespace xueji::test
