#include "engine/machine/command.hpp"

#include <algorithm>

namespace xueji {
namespace {

constexpr std::size_t key_bytes_max = 64;

/// Keys come from outside: only what an author could have written goes into a log.
std::string loggable(const std::string& key) {
  const auto is_of_a_key = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return key.size() <= key_bytes_max && std::all_of(key.begin(), key.end(), is_of_a_key) ? key : "something unknown";
}

struct StudentOf {
  StudentId operator()(const Open& what) const { return what.student; }
  StudentId operator()(const OpenPair& what) const { return what.first; }
  template <class Act>
  StudentId operator()(const Act&) const {
    return {};
  }
};

struct RequestOf {
  RequestId operator()(const Open&) const { return {}; }
  RequestId operator()(const OpenPair&) const { return {}; }
  template <class Act>
  RequestId operator()(const Act& what) const {
    return what.request;
  }
};

struct TaskOf {
  TaskId operator()(const Perform& what) const { return what.task; }
  TaskId operator()(const Claim& what) const { return what.task; }
  TaskId operator()(const Release& what) const { return what.task; }
  TaskId operator()(const AnswerChecks& what) const { return what.task; }
  TaskId operator()(const RetryChecks& what) const { return what.task; }
  template <class Act>
  TaskId operator()(const Act&) const {
    return {};
  }
};

struct WordOf {
  std::string operator()(const Open& what) const { return "open " + loggable(what.workflow); }
  std::string operator()(const Edit&) const { return "edit"; }
  std::string operator()(const Perform& what) const { return loggable(what.action); }
  std::string operator()(const Claim&) const { return "claim"; }
  std::string operator()(const Release&) const { return "release"; }
  std::string operator()(const AnswerChecks& what) const { return "the answer of checks in " + loggable(what.state); }
  std::string operator()(const RetryChecks&) const { return "retry"; }
  std::string operator()(const FireTimer& what) const { return "a timer in " + loggable(what.state); }
  std::string operator()(const TakeOver& what) const { return "a stand-in in " + loggable(what.state); }
  std::string operator()(const Undo&) const { return "undo"; }
  std::string operator()(const CarryOut&) const { return "what was pending"; }
  std::string operator()(const CloseUnfinished&) const { return "the closing of its window"; }
  std::string operator()(const EndWait&) const { return "the end of what it waits for"; }
  std::string operator()(const OpenPair& what) const { return "open " + loggable(what.workflow) + " about a pair"; }
};

}  // namespace

RequestId request_of(const Command& command) { return std::visit(RequestOf{}, command.what); }

TaskId task_of(const Command& command) { return std::visit(TaskOf{}, command.what); }

std::string name_of(const Command& command) {
  const StudentId student = std::visit(StudentOf{}, command.what);
  const std::string about = student ? "student " + to_string(student) : "request " + to_string(request_of(command));
  return about + ", " + std::visit(WordOf{}, command.what);
}

}  // namespace xueji
