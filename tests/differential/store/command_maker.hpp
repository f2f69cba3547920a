// Commands as people and mistakes make them: mostly what the request's state and holder ask for, now and then wrong.
#pragma once
#include <deque>
#include <optional>
#include <unordered_map>

#include "engine/runtime/runtime.hpp"
#include "tests/differential/store/world.hpp"

namespace xueji::differential {

/// The same commands from the same seed and the same answers.
class CommandMaker {
 public:
  CommandMaker(const World& world, Chance& chance) : world_(world), chance_(chance) {}
  Command next();
  /// What came of a command: the next ones go on from there.
  void learn(const CommandResult& result);

 private:
  Command sensible();
  Command open();
  Command act(const Request& request);
  Command act_on_draft(const Request& request);
  Command act_in_approval(const Request& request);
  Command perform(const Request& request, const std::string& action, const Caller* who, const std::string& comment);
  Command reassign(const Request& request);
  Command mistaken();
  void make_mistake(Command& command);
  std::vector<EvidenceReference> evidence_of(const Caller& caller, const std::string& workflow);
  FieldValues fields_of(const std::string& workflow, const Student& student);
  const Caller* opener_of(const Request& request) const { return world_.person(request.opened_by); }
  const Caller* holder_of(const Request& request);
  const Request* some_open();

  const World& world_;
  Chance& chance_;
  std::unordered_map<RequestId, Request> open_;
  std::vector<RequestId> ids_;  ///< of open_, for picking
  std::vector<RequestId> ended_;
  std::deque<Command> sent_;  ///< with keys, for repeating
};

}  // namespace xueji::differential
