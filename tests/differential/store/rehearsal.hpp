// The same life in two stores: commands in batches, the machine's answers, sign-ins, uploads, inboxes.
#pragma once
#include <map>

#include "tests/differential/store/command_maker.hpp"
#include "tests/differential/store/comparison.hpp"
#include "tests/differential/store/twin.hpp"

namespace xueji::differential {

/// What happened, so that nobody takes a history in which nothing does for a comparison.
struct Tally {
  std::size_t commands = 0, batches = 0, committed = 0, replayed = 0, refused = 0, due = 0, requests = 0;
  std::map<std::string, std::size_t> refusals;  ///< by slug
  std::map<std::string, std::size_t> outcomes;  ///< of requests
};

class Rehearsal {
 public:
  Rehearsal(Location left, Location right, std::uint64_t seed);

  /// Runs about that many commands; stops at the first difference between what the two answer.
  void run(std::size_t commands);
  /// Compares all that they hold and answer. How many rows there are.
  std::size_t compare();

  const Tally& tally() const { return tally_; }
  const Differences& differences() const { return differences_; }
  Twin& left() { return left_; }
  Twin& right() { return right_; }

 private:
  std::vector<Command> next_batch(std::size_t size);
  std::vector<Command> due_commands();
  void run_batch(std::vector<Command> batch);
  void count(const CommandResult& result);
  void live_a_little();
  void read_inbox(const Caller& person);
  void upload();
  void sign_in(const Caller& person);
  template <class Act>
  void both(const std::string& what, Act&& act);

  Chance chance_;
  DrivenClock clock_;
  World world_;
  Twin left_, right_;
  CommandMaker maker_;
  Differences differences_;
  Tally tally_;
};

}  // namespace xueji::differential
