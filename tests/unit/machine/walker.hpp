// Random commands of people and machines through the real decide(), and what comes of each given to an auditor.
#pragma once
#include <map>
#include <random>
#include <set>

#include "bench.hpp"
#include "engine/definition/configuration.hpp"
#include "walk_auditor.hpp"
#include "walk_companion.hpp"

namespace xueji::test {

struct WalkReport {
  std::size_t steps = 0;
  std::size_t done = 0;  ///< commands that were carried out
  std::set<StateConfiguration> configurations;
  std::map<std::string, std::size_t> ended;
  std::map<RefusalKind, std::size_t> refusals;
  std::set<StateConfiguration> brought_over;  ///< come to under the newer version
  /// How often it happened: `opened and submitted`, `filled in with an action`, `filled in wrongly`, `came back to
  /// itself`, `stood in`, `migrated`, `ended under the newer version`, `nobody left whom the definition asks`.
  std::map<std::string, std::size_t> happened;

  void add(const WalkReport& other);
};

/// Who there is.
enum class Staff {
  many,  ///< several people in most posts, one with every post, and others from elsewhere
  few    ///< one person in each post, and the office above takes over as soon as it can
};

class Walker {
 public:
  /// `offices` from the school upwards, as in scenarios.
  Walker(Definition definition, std::vector<std::string> offices, NumberKind number, unsigned seed,
         Staff staff = Staff::many);

  const Bench& bench() const { return bench_; }
  const std::vector<const Caller*>& people() const { return people_; }
  /// It must outlive the walker. With one person in each post it compares who may decide, too.
  void accompany(WalkCompanion& companion) { companion_ = &companion; }
  /// Every now and then a live request is taken over by that version, `companion` with it, and ends there.
  void deploy_midway(Definition newer, WalkCompanion& companion);
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
  void audit_reminder(const Request& ended, const Decision& decision) const;
  void keep(const What& what, const std::variant<Decision, Refusal, Nothing>& verdict, WalkReport& report);
  void give_a_fresh_number();
  void enrol_anew();
  void fill_in(const Action& action, Perform& perform);
  void count(const Request* before, const What& what, const Decision& decision, WalkReport& report) const;
  void migrate_now(WalkReport& report);
  void go_back_to_the_older_version();
  void settle(WalkReport& report);
  std::vector<Post> all_posts() const;

  Bench bench_;
  NumberKind number_;
  std::mt19937 engine_;
  WalkAuditor auditor_;
  Staff staff_;
  std::optional<Definition> other_version_;  ///< the newer one, and while that is in force the older
  bool newer_in_force_ = false;
  WalkCompanion* companion_ = nullptr;
  WalkCompanion* other_companion_ = nullptr;
  std::vector<const Caller*> people_;
  std::vector<std::string> actions_;
};

}  // namespace xueji::test
