// A store in memory with compare-and-set, faults on demand and a gate that holds the committer.
#pragma once
#include <algorithm>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "engine/machine/subjects.hpp"
#include "engine/ports/store.hpp"

namespace xueji::testing {

struct StoredEntry {
  HistoryId id;
  RequestId request;
  HistoryDraft entry;
  std::optional<IdempotencyKey> key;  ///< with a decision's first entry
};

/// What survives a crash: copy it into another FakeStore.
struct FakeData {
  std::map<RequestId, Request> requests;
  std::map<StudentId, Student> students;
  std::map<std::string, KeyRecord> keys;
  std::map<std::string, EvidenceItem> uploads;
  ClaimerPosts claimers;
  std::map<RequestId, PendingAct> pending;
  std::map<RequestId, std::vector<Subject>> subjects;  ///< in the order of their ordinals, which have no gap
  MarkedTwins twins;
  std::map<DefinitionId, std::string> businesses;  ///< whose pairs are known, by the key
  std::vector<StoredEntry> history;
  std::int64_t next_request = 1, next_history = 1, next_notification = 1;
};

inline RequestId who_has_once(const FakeData& data, const std::string& once) {
  for (const auto& [id, request] : data.requests)
    if (request.once == once) return id;
  return {};
}

inline bool is_anothers_student_number(const FakeData& data, const std::string& number, StudentId self) {
  return std::any_of(data.students.begin(), data.students.end(), [&](const auto& student) {
    const auto& numbers = student.second.numbers;
    return student.first != self && std::any_of(numbers.begin(), numbers.end(), [&](const StudentNumber& each) {
             return each.number.substr(1) == number.substr(1);
           });
  });
}

class FakeStore : public Store {
 public:
  FakeStore() = default;
  explicit FakeStore(FakeData data) : data_(std::move(data)) {}

  /// Called in begin(), write() and commit(), may throw; set them while nothing is submitted.
  std::function<void()> on_begin;
  std::function<void(std::span<Write>)> on_write;
  std::function<void()> before_commit, after_commit;

  std::unique_ptr<WriteTransaction> begin() override {
    if (on_begin) on_begin();
    std::unique_lock lock(mutex_);
    ++begun_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
    return std::make_unique<Transaction>(*this, data_);
  }

  std::vector<DueTask> due_tasks(Instant now, std::size_t limit) override {
    std::lock_guard lock(mutex_);
    std::vector<DueTask> due;
    for (const auto& [id, request] : data_.requests)
      if (request.token.timer && *request.token.timer <= now && due.size() < limit)
        due.push_back({kept_tasks_of(request).front().id, request, data_.students.at(request.student)});
    return due;
  }

  std::optional<Instant> next_timer() override {
    std::lock_guard lock(mutex_);
    std::optional<Instant> next;
    for (const auto& [id, request] : data_.requests)
      if (request.token.timer && (!next || *request.token.timer < *next)) next = request.token.timer;
    return next;
  }

  MarkedTwins marked_twins(std::size_t /*limit*/) override {
    std::lock_guard lock(mutex_);
    return data_.twins;
  }
  void remove_marks(std::span<const std::int64_t> marks) override {
    std::lock_guard lock(mutex_);
    std::erase_if(data_.twins.marks,
                  [&](std::int64_t mark) { return std::find(marks.begin(), marks.end(), mark) != marks.end(); });
    if (data_.twins.marks.empty()) data_.twins.twins.clear();
    changed_.notify_all();
  }
  std::vector<PendingUntil> due_acts(Instant now, std::size_t limit) override {
    std::lock_guard lock(mutex_);
    std::vector<PendingUntil> due;
    for (const auto& [id, act] : data_.pending)
      if (is_due(act.until, now) && due.size() < limit) due.push_back({id, act.until});
    return due;
  }

  /// Holds the committer at its next begin().
  void close_gate() { set_gate(false); }
  void open_gate() { set_gate(true); }
  int begun() const {
    std::lock_guard lock(mutex_);
    return begun_;
  }
  void wait_until_begun(int times) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return begun_ >= times; });
  }
  /// Waits for a condition on what is committed.
  void wait_until(const std::function<bool(const FakeData&)>& holds) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return holds(data_); });
  }
  FakeData data() const {
    std::lock_guard lock(mutex_);
    return data_;
  }
  /// Changes what is stored behind the pipeline's back, as another server would.
  void meddle(const std::function<void(FakeData&)>& change) {
    std::lock_guard lock(mutex_);
    change(data_);
    changed_.notify_all();
  }
  /// The number of decisions of each committed transaction.
  std::vector<std::size_t> commits() const {
    std::lock_guard lock(mutex_);
    return commits_;
  }

 private:
  class Transaction : public WriteTransaction {
   public:
    Transaction(FakeStore& store, FakeData data) : store_(store), data_(std::move(data)) {}

    Batch load(const BatchKeys& keys) override {
      Batch batch;
      batch.claimers = data_.claimers;
      for (const auto& key : keys.keys)
        if (const auto found = data_.keys.find(key_text(key.account, key.key)); found != data_.keys.end())
          batch.keys.emplace(found->first, found->second);
      for (const auto& [account, sha256] : keys.uploads)
        if (const auto found = data_.uploads.find(upload_text(account, sha256)); found != data_.uploads.end())
          batch.uploads.emplace(found->first, found->second);
      for (const RequestId id : keys.requests)
        if (const auto found = data_.pending.find(id); found != data_.pending.end()) batch.pending.insert(*found);
      for (const StudentId id : keys.students) add_student(batch, id);
      for (const RequestId id : keys.requests)
        if (add_request(batch, id)) add_student(batch, batch.requests.at(id).student);
      std::set<std::pair<RequestId, int>> wanted(keys.subjects.begin(), keys.subjects.end());
      for (const auto& [id, request] : batch.requests)
        if (const auto slice = request.several ? next_slice(*request.several) : std::nullopt)
          for (int at = slice->first; at <= slice->last; ++at) wanted.emplace(id, at);
      for (const RequestId id : keys.all_subjects)
        for (int at = 1; batch.requests.contains(id) && at <= batch.requests.at(id).several->count; ++at)
          wanted.emplace(id, at);
      for (const auto& [id, ordinal] : wanted) add_subject(batch, id, ordinal);
      for (const PairKey& pair : keys.pairs)
        if (was_paired(pair)) batch.paired.insert(pair);
      return batch;
    }

    bool is_anothers_id_number(const std::string& id_number, StudentId self) override {
      return std::any_of(data_.students.begin(), data_.students.end(),
                         [&](const auto& each) { return each.first != self && each.second.id_number == id_number; });
    }

    bool is_anothers_number(const std::string& number, StudentId self) override {
      return is_anothers_student_number(data_, number, self);
    }

    RequestId who_has(const std::string& once) override { return who_has_once(data_, once); }

    RequestId next_request_id() override { return RequestId{data_.next_request++}; }

    std::vector<Written> write(std::span<Write> writes) override {
      if (store_.on_write) store_.on_write(writes);
      std::vector<Written> written;
      for (Write& each : writes) written.push_back(write_one(each));
      size_ = writes.size();
      return written;
    }

    void commit() override {
      if (store_.before_commit) store_.before_commit();
      {
        std::lock_guard lock(store_.mutex_);
        for (const auto& [id, version] : replaced_)
          if (store_.data_.requests.at(id).version != version)
            throw StoreError(StoreError::Kind::stale, "moved meanwhile");
        store_.data_ = std::move(data_);
        store_.commits_.push_back(size_);
        store_.changed_.notify_all();
      }
      if (store_.after_commit) store_.after_commit();
    }

   private:
    bool was_paired(const PairKey& pair) const {
      return std::any_of(data_.subjects.begin(), data_.subjects.end(), [&](const auto& each) {
        const auto& [id, subjects] = each;
        const auto business = data_.businesses.find(data_.requests.at(id).definition);
        return business != data_.businesses.end() && business->second == pair.workflow && subjects.size() == 2 &&
               subjects[0].student == pair.first && subjects[1].student == pair.second;
      });
    }

    bool add_request(Batch& batch, RequestId id) const {
      const auto found = data_.requests.find(id);
      if (found != data_.requests.end()) batch.requests.emplace(id, found->second);
      return found != data_.requests.end();
    }

    void add_subject(Batch& batch, RequestId id, int ordinal) const {
      const auto found = data_.subjects.find(id);
      if (found == data_.subjects.end() || ordinal < 1 || ordinal > static_cast<int>(found->second.size())) return;
      batch.subjects[id].push_back(found->second[static_cast<std::size_t>(ordinal) - 1]);
      add_student(batch, batch.subjects[id].back().student);
    }

    void add_student(Batch& batch, StudentId id) const {
      const auto found = data_.students.find(id);
      if (found == data_.students.end()) return;
      batch.students.emplace(id, found->second);
      if (found->second.open_request) add_request(batch, found->second.open_request);
    }

    Written write_one(const Write& write) {
      const Decision& decision = write.decision;
      const RequestId id = decision.request.id;
      if (decision.replaces) {
        if (data_.requests.at(id).version != *decision.replaces) throw StoreError(StoreError::Kind::stale, "moved");
        if (!opened_.contains(id)) replaced_.emplace(id, *decision.replaces);
      } else if (data_.requests.contains(id)) {
        throw std::logic_error("opened twice");
      } else {
        opened_.insert(id);
      }
      data_.requests.insert_or_assign(id, decision.request);
      write_student(decision);
      write_subjects(decision);
      Written written;
      for (const HistoryDraft& entry : decision.history) {
        const bool is_first = written.history.empty();
        written.history.push_back(HistoryId{data_.next_history++});
        data_.history.push_back({written.history.back(), id, entry, is_first ? write.key : std::nullopt});
      }
      for (std::size_t i = 0; i < decision.notices.size(); ++i)
        written.notifications.push_back(NotificationId{data_.next_notification++});
      if (decision.ends_pending) data_.pending.erase(id);
      if (decision.holds) data_.pending.insert_or_assign(id, *decision.holds);
      if (write.told_aside) written.undo_event = HistoryId{data_.next_history++};
      if (decision.undone) written.undone = NotificationId{data_.next_notification++};
      if (write.key && !data_.keys
                            .emplace(key_text(write.key->account, write.key->key),
                                     KeyRecord{write.key->fingerprint, id, undo_until(decision)})
                            .second)
        throw std::logic_error("a key was used twice");
      return written;
    }

    static std::optional<Instant> undo_until(const Decision& decision) {
      return decision.holds ? std::optional(decision.holds->until) : std::nullopt;
    }

    void write_student(const Decision& decision) {
      Student& student = data_.students.at(decision.request.student);
      if (!decision.changes.empty()) student = apply(student, decision.changes, decision.history.back().recorded_at);
      if (decision.locks_student) student.open_request = decision.request.id;
      if (decision.unlocks_student) student.open_request = {};
    }

    void write_subjects(const Decision& decision) {
      const RequestId id = decision.request.id;
      for (const HistoryDraft& entry : decision.history)
        if (entry.about && !entry.changes.empty()) {
          Student& student = data_.students.at(entry.about);
          student = apply(student, entry.changes, entry.recorded_at);
        }
      auto release = [&](StudentId student) {
        RequestId& lock = data_.students.at(student).open_request;
        if (lock != id) throw StoreError(StoreError::Kind::stale, "released by another");
        lock = {};
      };
      for (const Subject& subject : decision.subjects.set_aside) {
        data_.subjects.at(id).at(static_cast<std::size_t>(subject.ordinal) - 1) = subject;
        if (subject.locked) release(subject.student);
      }
      for (const Subject& subject : decision.subjects.filled)
        data_.subjects.at(id).at(static_cast<std::size_t>(subject.ordinal) - 1).fields = subject.fields;
      if (decision.subjects.releases_all)
        for (const Subject& subject : data_.subjects.at(id))
          if (!subject.set_aside && subject.locked) release(subject.student);
      for (const Subject& subject : decision.subjects.added) {
        data_.subjects[id].push_back(subject);
        if (subject.set_aside || !subject.locked) continue;
        RequestId& lock = data_.students.at(subject.student).open_request;
        if (lock) throw StoreError(StoreError::Kind::stale, "locked by another");
        lock = id;
      }
    }

    FakeStore& store_;
    FakeData data_;
    std::map<RequestId, std::int64_t> replaced_;
    std::set<RequestId> opened_;
    std::size_t size_ = 0;
  };

  void set_gate(bool open) {
    std::lock_guard lock(mutex_);
    is_open_ = open;
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  FakeData data_;
  bool is_open_ = true;
  int begun_ = 0;
  std::vector<std::size_t> commits_;
};

}  // namespace xueji::testing
