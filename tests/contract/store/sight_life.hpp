// Half a year of requests about the students of a SightWorld, by the real pipeline; and what came of them, as the
// pipeline answered it and not as the store gives it back.
#pragma once
#include <map>
#include <vector>

#include "tests/contract/store/sight_world.hpp"
#include "tests/differential/store/chance.hpp"
#include "tests/differential/store/twin.hpp"

namespace xueji::store_test {

class SightLife {
 public:
  /// Lives until `now`, when the clock stands still.
  SightLife(const SightWorld& world, differential::Twin& twin, differential::DrivenClock& clock, Instant now);

  const std::map<RequestId, Request>& requests() const { return requests_; }
  const std::map<StudentId, Student>& students() const { return students_; }
  struct Told {
    OutboxRow::Told what;
    RequestId request;
  };
  const std::vector<Told>& told() const { return told_; }

 private:
  void live_a_while(Instant until);
  void run(std::vector<Command> batch);
  std::vector<Command> due();
  std::optional<Command> open();
  std::optional<Command> act(const Request& request);
  const Caller* someone(const Holder& holder);
  const Definition& definition_of(const Request& request) const;

  const SightWorld& world_;
  differential::Twin& twin_;
  differential::DrivenClock& clock_;
  differential::Chance chance_{12};
  std::map<RequestId, Request> requests_;
  std::map<StudentId, Student> students_;
  std::vector<Told> told_;
  std::map<std::pair<DefinitionId, std::string>, std::size_t> standing_;  ///< open requests by where they are
};

}  // namespace xueji::store_test
