// A small nation for the runtime's tests: one school, its county, its province, and the two real definitions.
#pragma once
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/ports/central_registry.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/unit/runtime/fake_store.hpp"

namespace xueji::testing {

inline constexpr OfficeId ministry{1}, province{2}, county{3}, school{4}, other_county{5};

class DrivenClock : public Clock {
 public:
  Instant now() const override { return Instant{std::chrono::microseconds(micros_.load())}; }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'790'000'000'000'000};
};

class DrivenSteadyClock : public SteadyClock {
 public:
  SteadyTime now() const override { return SteadyTime{std::chrono::microseconds{micros_.load()}}; }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'000'000};
};

class RecordingSink : public EventSink {
 public:
  void committed(std::span<const OutboxRow> rows) override {
    std::lock_guard lock(mutex_);
    rows_.insert(rows_.end(), rows.begin(), rows.end());
  }
  std::vector<OutboxRow> rows() const {
    std::lock_guard lock(mutex_);
    return rows_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<OutboxRow> rows_;
};

/// Answers `clear` unless it is down; remembers how often each key was asked.
class FakeCentral : public CentralRegistry {
 public:
  std::atomic<bool> is_down{false};
  std::function<void()> on_ask;  ///< set before the machine starts
  Finding compare_identity(const IdentityQuery& query) override;
  std::map<std::string, int> asked() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, int> asked_;
};

Caller person(std::int64_t account, Role role, OfficeId office);
inline Caller registrar() { return person(10, Role::registrar, school); }
inline Caller head() { return person(11, Role::head, school); }
inline Caller reviewer() { return person(12, Role::reviewer, county); }
inline Caller approver() { return person(13, Role::approver, county); }
inline Caller stranger() { return person(19, Role::reviewer, other_county); }

/// A valid ID number of a boy born on 2012-05-04; a different one for each serial from 0 to 499.
std::string id_number(int serial);
/// Students 1 to `students`, at the school, and a scan that the registrar uploaded.
FakeData registry(int students);
Directory directory();
/// A definition of the repository, `workflows/g-number-deletion`.
DefinitionPtr definition_of(const std::string& path);

Command open_change(StudentId student, FieldValues fields, bool submit = true);
/// From J to G, with that ID number; the definition is to be deployed.
Command open_j_to_g(StudentId student, const std::string& id_number);
Command open_name_change(StudentId student, const std::string& name);
Command act(RequestId request, const std::string& action, Caller caller);
Command keyed(Command command, const std::string& key, const std::string& fingerprint = "f");

/// A pipeline over a FakeStore, as the server has it.
struct World {
  explicit World(int students = 20, RuntimeOptions options = {}) : World(registry(students), options) {}
  World(FakeData data, RuntimeOptions options);

  Committed done(Command command);   ///< the test fails when it is refused
  Refusal refused(Command command);  ///< the test fails when it is carried out
  std::future<CommandResult> later(Command command);
  /// Beside the real ones.
  void deploy(DefinitionPtr definition);
  /// Takes a new request through school and county to the national checks.
  RequestId to_central_check(StudentId student, FieldValues fields);
  RequestId to_central_check(Command open);
  /// Submits `commands` so that they come into one batch.
  std::vector<CommandResult> in_one_batch(std::vector<Command> commands);

  DrivenClock clock;
  FakeStore store;
  RecordingSink sink;
  Directory rooms = directory();
  Runtime runtime;
};

const Committed* committed(const CommandResult& result);
const Refusal* refusal(const CommandResult& result);

}  // namespace xueji::testing
