// Asks the checks of a request in a check state and submits the answer.
#pragma once
#include "engine/runtime/checks.hpp"
#include "engine/runtime/exclusive_names.hpp"
#include "engine/runtime/machine_room.hpp"

namespace xueji {

/// Safe from any thread. A clear answer was true when it was given; by the time it is committed another student may
/// have been given the same identity. So the duplicate check is asked once more directly before the answer is
/// submitted, while no other answer about the same identity is under way in this process. What remains is the moment
/// between that question and the commit, for changes that people decide (a province's judgement) and for other servers.
class CheckAsker {
 public:
  CheckAsker(Queries& queries, CentralRegistry& central, const Clock& clock, Directory& directory, Runtime& runtime,
             MachineRoomFigures& figures)
      : queries_(queries),
        central_(central),
        clock_(clock),
        directory_(directory),
        runtime_(runtime),
        figures_(figures) {}

  /// Blocks as long as the checks take. What could not be committed stays due.
  CommandResult ask(const DueTask& due);

 private:
  std::vector<Finding> findings(const CheckSubject& subject, const State& state);
  Finding ask_one(std::string_view check, const CheckSubject& subject);

  Queries& queries_;
  CentralRegistry& central_;
  const Clock& clock_;
  Directory& directory_;
  Runtime& runtime_;
  MachineRoomFigures& figures_;
  ExclusiveNames identities_;
};

}  // namespace xueji
