#include "engine/runtime/batch_decider.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "engine/machine/each_values.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/sight.hpp"
#include "engine/machine/subjects.hpp"
#include "engine/runtime/batch_keys.hpp"
#include "engine/runtime/outbox.hpp"
#include "engine/runtime/runtime_refusals.hpp"

namespace xueji {
namespace {

class BatchDecider {
 public:
  BatchDecider(WriteTransaction& transaction, std::span<const Command* const> commands,
               const BatchSurroundings& surroundings)
      : transaction_(transaction),
        commands_(commands),
        around_(surroundings),
        state_(transaction.load(keys_of(commands))) {
    load_repeated();
    load_blocking();
    load_waiting();
  }

  DecidedBatch run() {
    decided_.results.reserve(commands_.size());
    decided_.writes.reserve(commands_.size());
    for (const Command* command : commands_) decided_.results.push_back(decide_alone(*command));
    return std::move(decided_);
  }

 private:
  /// The requests that repeated keys opened: only the key tells them.
  void load_repeated() {
    BatchKeys missing;
    for (const auto& [text, record] : state_.keys)
      if (!state_.requests.contains(record.request)) missing.requests.push_back(record.request);
    load_more(missing);
  }

  /// What keeps a draft that does not lock yet from being submitted, so that whoever is refused is told where it is.
  void load_blocking() {
    BatchKeys missing;
    for (const auto& [id, request] : state_.requests) {
      const Student* student = request.outcome || request.locks ? nullptr : find(state_.students, request.student);
      if (student && student->open_request && !state_.requests.contains(student->open_request))
        missing.requests.push_back(student->open_request);
    }
    load_more(missing);
  }

  /// The requests that wait for these, and go on in the same transaction once they end.
  void load_waiting() {
    BatchKeys missing;
    for (const auto& [id, request] : state_.requests)
      if (const auto& from = request.opened_from; from && from->depth > 0 && !state_.requests.contains(from->request))
        missing.requests.push_back(from->request);
    load_more(missing);
  }

  void load_more(const BatchKeys& missing) {
    if (missing.requests.empty()) return;
    Batch more = transaction_.load(missing);
    state_.requests.merge(more.requests);
    state_.students.merge(more.students);
    state_.subjects.merge(more.subjects);
  }

  CommandResult decide_alone(const Command& command) {
    try {
      return decide_one(command);
    } catch (const StoreError&) {
      throw;
    } catch (const ImpossibleMove& impossible) {
      return failed(command, impossible.what());
    } catch (const std::exception&) {
      return failed(command, "something unexpected");
    }
  }

  CommandResult failed(const Command& command, const std::string& why) const {
    if (around_.log) around_.log(name_of(command) + " could not be decided: " + why);
    return unexpected_failure();
  }

  CommandResult decide_one(const Command& command) {
    const Request* request = find(state_.requests, request_of(command));
    if (const auto* record = recorded(command)) return repeated(command, *record, request);
    if (std::holds_alternative<Open>(command.what)) return open(command);
    if (const auto* pair = std::get_if<OpenPair>(&command.what)) return open_pair(command, *pair);
    return act(command, request);
  }

  CommandResult open(const Command& command) {
    const auto& what = std::get<Open>(command.what);
    const Student* student = first_known(what);
    const OpenedAbout whom = student ? OpenedAbout(*student) : OpenedAbout(OfficeId{});
    const Catalog::Entry* entry =
        around_.catalog->to_open(what.workflow, *command.caller, whom, *around_.offices, around_.now);
    if (!entry) return workflow_not_found();
    return decide_in(command, *entry->definition, entry->id, nullptr, student);
  }

  /// Nobody asks for it, so the variant is that of the first record's school alone.
  CommandResult open_pair(const Command& command, const OpenPair& what) {
    const Student* first = find(state_.students, what.first);
    if (!first || !find(state_.students, what.second)) return Committed{{}, {}, true};
    const Catalog::Entry* entry =
        around_.catalog->to_open(what.workflow, Caller{}, *first, *around_.offices, around_.now);
    if (!entry) return workflow_not_found();
    return decide_in(command, *entry->definition, entry->id, nullptr, first);
  }

  static PairKey key_of(const OpenPair& pair) { return {pair.workflow, pair.first, pair.second}; }

  /// Of several the school is that of the first who is known.
  const Student* first_known(const Open& what) const {
    if (const Student* student = find(state_.students, what.student)) return student;
    for (const StudentId id : what.students)
      if (const Student* student = find(state_.students, id)) return student;
    return nullptr;
  }

  static bool comes_before(const Subject& one, int ordinal) { return one.ordinal < ordinal; }

  /// All students of the request, as the commands before in this batch left them.
  void load_all_subjects(RequestId request) {
    BatchKeys keys;
    keys.requests.push_back(request);
    keys.all_subjects.push_back(request);
    Batch more = transaction_.load(keys);
    state_.students.merge(more.students);
    std::vector<Subject>& known = state_.subjects[request];
    for (Subject& each : more.subjects[request]) {
      const auto place = std::lower_bound(known.begin(), known.end(), each.ordinal, comes_before);
      if (place == known.end() || place->ordinal != each.ordinal) known.insert(place, std::move(each));
    }
  }

  /// Of several students those that the command is about.
  std::vector<SubjectRecord> subjects_of(const Command& command, const Request* request, bool all) const {
    std::vector<SubjectRecord> records;
    if (const auto* open = std::get_if<Open>(&command.what)) {
      records.reserve(open->students.size());
      for (const StudentId id : open->students) records.push_back({{0, id, std::nullopt}, find(state_.students, id)});
      return records;
    }
    if (const auto* pair = std::get_if<OpenPair>(&command.what)) {
      for (const StudentId id : {pair->first, pair->second})
        records.push_back({{0, id, std::nullopt}, find(state_.students, id)});
      return records;
    }
    const auto loaded = request ? state_.subjects.find(request->id) : state_.subjects.end();
    if (loaded == state_.subjects.end() || !request->several) return records;
    const auto* act = std::get_if<Perform>(&command.what);
    const int named = act ? act->subject : 0;
    const auto slice = all ? Slice{1, request->several->count} : next_slice(*request->several);
    for (const Subject& each : loaded->second)
      if (named ? each.ordinal == named : slice && slice->holds(each.ordinal))
        records.push_back({each, find(state_.students, each.student)});
    return records;
  }

  CommandResult act(const Command& command, const Request* request) {
    if (!request) return request_not_found();
    const DefinitionPtr definition = around_.catalog->find(request->definition);
    if (!definition) return store_busy();  // just deployed: the directory will know it in a moment
    return decide_in(command, *definition, request->definition, request, find(state_.students, request->student));
  }

  /// The other request that locks the student; null where none does, or it was not loaded.
  const Request* blocking(const Request* request, const Student* student) const {
    const bool other = student && student->open_request && (!request || student->open_request != request->id);
    return other ? find(state_.requests, student->open_request) : nullptr;
  }

  CommandResult decide_in(const Command& command, const Definition& definition, DefinitionId id, const Request* request,
                          const Student* student) {
    const auto* pair = std::get_if<OpenPair>(&command.what);
    const bool all = request && asks_for_all(definition, *request, command);
    if (all) load_all_subjects(request->id);
    Situation situation{definition,
                        id,
                        request,
                        student,
                        blocking(request, student),
                        *around_.offices,
                        *around_.calendar,
                        around_.now,
                        uploads_for(command, request),
                        &state_.claimers,
                        others_have(command, student),
                        request ? find(state_.pending, request->id) : nullptr,
                        subjects_of(command, request, all),
                        pair && state_.paired.contains(key_of(*pair)),
                        [&](const std::string& once) { return who_has(once); }};
    auto outcome = decide(situation, command);
    if (!student && !std::holds_alternative<Refusal>(outcome)) throw std::logic_error("a decision without a student");
    if (auto* refusal = std::get_if<Refusal>(&outcome)) return std::move(*refusal);
    if (std::holds_alternative<Nothing>(outcome)) return request ? as_it_is(*request) : Committed{{}, *student, true};
    return accept(command, std::get<Decision>(std::move(outcome)), request, *student);
  }

  /// What contradicts the rows that it was decided on would be refused by every store, however often it was tried.
  static void check_can_be_written(const Decision& decision, const Request* before, const Student& student) {
    if (decision.replaces && (!before || before->version != *decision.replaces))
      throw ImpossibleMove("it was decided on another version of the request");
    if (decision.locks_student && student.open_request) throw ImpossibleMove("it locks a student who is locked");
    if (decision.unlocks_student && (!before || student.open_request != before->id))
      throw ImpossibleMove("it unlocks a student whom it has not locked");
  }

  void check_subjects_can_be_written(const Decision& decision) const {
    for (const Subject& each : decision.subjects.added)
      if (!each.set_aside && each.locked && state_.students.at(each.student).open_request)
        throw ImpossibleMove("it locks one of several students who is locked");
    for (const Subject& each : decision.subjects.set_aside)
      if (each.locked && state_.students.at(each.student).open_request != decision.request.id)
        throw ImpossibleMove("it sets a student aside whom it has not locked");
  }

  /// What the decision makes of several students, for the commands that follow in this batch.
  void keep_subjects(const Decision& decision) {
    const Request& request = decision.request;
    if (!request.several) return;
    for (const HistoryDraft& entry : decision.history) {
      if (entry.changes.empty()) continue;
      Student& student = state_.students.at(entry.about);
      student = apply(std::move(student), entry.changes, around_.now);
    }
    for (const Subject& each : decision.subjects.added)
      if (!each.set_aside && each.locked) state_.students.at(each.student).open_request = request.id;
    for (const Subject& each : decision.subjects.set_aside) {
      if (each.locked) state_.students.at(each.student).open_request = {};
      for (Subject& known : state_.subjects[request.id])
        if (known.ordinal == each.ordinal) known = each;
    }
    for (const Subject& each : decision.subjects.filled) {
      auto& known = state_.subjects[request.id];
      std::lower_bound(known.begin(), known.end(), each.ordinal, comes_before)->fields = each.fields;
    }
    if (!decision.subjects.releases_all) return;
    for (auto& [id, student] : state_.students)
      if (student.open_request == request.id) student.open_request = {};
  }

  CommandResult accept(const Command& command, Decision decision, const Request* before, const Student& student) {
    check_can_be_written(decision, before, student);
    check_subjects_can_be_written(decision);
    const auto given = numbers_given(decision);
    const auto is_given = [this](const std::string& number) { return numbers_given_.contains(number); };
    if (std::holds_alternative<AnswerChecks>(command.what) && std::any_of(given.begin(), given.end(), is_given))
      return answer_outdated();
    numbers_given_.insert(given.begin(), given.end());
    if (!decision.request.id) decision.request.id = transaction_.next_request_id();
    Student after = student_after(student, decision, around_.now);
    std::vector<EndWait> waits_end;
    std::vector<Decision> opened = opened_by(decision, after, waits_end);
    if (auto end = end_of_wait_for(decision.request, before)) waits_end.push_back(*std::move(end));
    const Kept kept = waits_end.empty() ? Kept() : Kept{decided_.writes.size(), state_, once_};
    keep_subjects(decision);
    if (const auto* pair = std::get_if<OpenPair>(&command.what)) state_.paired.insert(key_of(*pair));
    if (decision.request.several) after = state_.students.at(decision.request.student);
    Committed committed{decision.request, after, false};
    if (decision.ends_pending) state_.pending.erase(decision.request.id);
    if (decision.holds) {
      committed.undo_until = decision.holds->until;
      state_.pending.insert_or_assign(decision.request.id, *decision.holds);
    }
    committed.pending = pending_on(decision.request.id);
    keep(std::move(decision), before, command.idempotency);
    for (Decision& each : opened) keep(std::move(each), nullptr, std::nullopt);
    state_.students.insert_or_assign(after.id, std::move(after));
    return waits_end.empty() ? CommandResult(std::move(committed))
                             : with_those_that_wait(std::move(committed), waits_end, kept);
  }

  /// How it stood before a command that others go on with: all of them, or none.
  struct Kept {
    std::size_t writes = 0;
    Batch state{};
    std::unordered_map<std::string, RequestId> once{};
  };

  void go_back_to(const Kept& kept) {
    decided_.writes.resize(kept.writes);
    state_ = kept.state;
    once_ = kept.once;
  }

  CommandResult with_those_that_wait(Committed committed, const std::vector<EndWait>& waits_end, const Kept& kept) {
    try {
      for (const EndWait& what : waits_end) {
        if (!state_.requests.contains(what.request)) load_request(what.request);
        const CommandResult gone_on = act({what, {}, {}, {}}, find(state_.requests, what.request));
        if (std::holds_alternative<Committed>(gone_on)) continue;
        go_back_to(kept);
        return gone_on;
      }
    } catch (const std::exception&) {
      go_back_to(kept);
      throw;
    }
    committed.request = state_.requests.at(committed.request.id);
    committed.student = state_.students.at(committed.request.student);
    return committed;
  }

  void load_request(RequestId request) {
    BatchKeys missing;
    missing.requests.push_back(request);
    load_more(missing);
  }

  /// What the request that waits for it is told once it has ended.
  std::optional<EndWait> end_of_wait_for(const Request& request, const Request* before) const {
    const auto& from = request.opened_from;
    const bool ends = request.outcome && !(before && before->outcome);
    if (!ends || !from || from->depth == 0) return std::nullopt;
    const DefinitionPtr definition = around_.catalog->find(request.definition);
    return EndWait{from->request, request.id, request.outcome, definition ? definition->title : Text{}, {}};
  }

  void keep(Decision decision, const Request* before, const std::optional<IdempotencyKey>& key) {
    const Request request = decision.request;
    keep_once(request.id, before ? before->once : std::string(), request.once);
    decided_.writes.push_back(write_of(std::move(decision), before, key, *around_.offices, around_.now));
    state_.requests.insert_or_assign(request.id, request);
  }

  /// The drafts that an end opens, each about the student as the one before it left them, and those that a state waits
  /// for. What is refused is told in the decision itself, or ends the wait.
  std::vector<Decision> opened_by(Decision& decision, Student& student, std::vector<EndWait>& waits_end) {
    std::vector<Decision> opened;
    for (ToOpen& what : std::exchange(decision.opens, {})) {
      if (!what.from.request) what.from.request = decision.request.id;
      if (what.from.depth > 0 && !what.from.lock) what.from.lock = decision.request.id;
      Student& about = what.about && decision.request.several ? state_.students.at(what.about) : student;
      Text title{what.workflow, what.workflow};
      auto outcome = opening_of(what, about, title);
      if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
        if (what.from.depth > 0)
          waits_end.push_back({decision.request.id, {}, std::nullopt, title, why_not_opened(*refusal)});
        else
          tell_not_opened(decision, what, title, *refusal, around_.now);
        continue;
      }
      opened.push_back(std::get<Decision>(std::move(outcome)));
      check_can_be_written(opened.back(), nullptr, about);
      opened.back().request.id = transaction_.next_request_id();
      if (what.from.depth > 0) decision.request.token.awaits = opened.back().request.id;
      about = student_after(std::move(about), opened.back(), around_.now);
    }
    return opened;
  }

  /// `title` becomes the business's where somebody knows it.
  std::variant<Decision, Refusal> opening_of(const ToOpen& what, const Student& student, Text& title) {
    const Catalog::Entry* entry =
        around_.catalog->to_open(what.workflow, opener_of(what), student, *around_.offices, around_.now);
    if (!entry) return workflow_not_found();
    title = entry->definition->title;
    Situation situation{*entry->definition,
                        entry->id,
                        nullptr,
                        &student,
                        student.open_request ? find(state_.requests, student.open_request) : nullptr,
                        *around_.offices,
                        *around_.calendar,
                        around_.now,
                        {}};
    situation.who_has = [&](const std::string& once) { return who_has(once); };
    return decide_opening(situation, what);
  }

  void keep_once(RequestId id, const std::string& had, const std::string& has) {
    if (had == has) return;
    if (!had.empty()) once_.insert_or_assign(had, RequestId{});
    if (!has.empty()) once_.insert_or_assign(has, id);
  }

  /// In this batch or before it.
  std::shared_ptr<const Request> who_has(const std::string& once) {
    const auto known = once_.find(once);
    const RequestId id = known == once_.end() ? transaction_.who_has(once) : known->second;
    if (!id) return nullptr;
    if (const Request* request = find(state_.requests, id)) return std::make_shared<const Request>(*request);
    BatchKeys keys;
    keys.requests.push_back(id);
    return std::make_shared<const Request>(transaction_.load(keys).requests.at(id));
  }

  /// A machine's answer is asked anew where its own batch gives the number, see accept().
  OthersHave others_have(const Command& command, const Student* student) {
    const auto any = [this, &command, student](const std::string& number, auto ask) {
      if (numbers_given_.contains(number)) return !std::holds_alternative<AnswerChecks>(command.what);
      return student && ask(number, student->id);
    };
    return {[this, any](const std::string& id_number) {
              return any(id_number, [this](const std::string& asked, StudentId self) {
                return transaction_.is_anothers_id_number(asked, self);
              });
            },
            [this, any](const std::string& number) {
              return any(number, [this](const std::string& asked, StudentId self) {
                return transaction_.is_anothers_number(asked, self);
              });
            }};
  }

  /// ID and student numbers: the duplicate check of a machine's answer can't have seen what its own batch changes.
  static std::vector<std::string> numbers_given(const Decision& decision) {
    std::vector<std::string> given;
    for (const RegistryChange& change : decision.changes) {
      if (change.member == "id_number") given.push_back(change.new_value);
      if (change.member == number_state && change.new_value == to_string(NumberState::current))
        given.push_back(change.number);
    }
    return given;
  }

  const KeyRecord* recorded(const Command& command) const {
    if (!command.idempotency) return nullptr;
    const auto found = state_.keys.find(key_text(command.idempotency->account, command.idempotency->key));
    return found == state_.keys.end() ? nullptr : &found->second;
  }

  CommandResult repeated(const Command& command, const KeyRecord& record, const Request* target) {
    const bool is_open = std::holds_alternative<Open>(command.what);
    if (record.fingerprint != command.idempotency->fingerprint)
      return is_open || is_visible(command, target) ? key_mismatch() : request_not_found();
    const Request* request = find(state_.requests, record.request);
    if (!is_visible(command, request)) return request_not_found();
    Committed now = as_it_is(*request);
    now.undo_until = record.undo_until;
    return now;
  }

  Committed as_it_is(const Request& request) const {
    return {request, state_.students.at(request.student), true, pending_on(request.id), std::nullopt};
  }

  std::optional<PendingAct> pending_on(RequestId request) const {
    const PendingAct* pending = find(state_.pending, request);
    return pending ? std::optional(*pending) : std::nullopt;
  }

  bool is_visible(const Command& command, const Request* request) const {
    return request && (!command.caller ||
                       sight_of(*request, *command.caller, *around_.offices, around_.now).kind != Sight::Kind::nothing);
  }

  /// The caller's own uploads, and what the request has already.
  std::unordered_map<std::string, EvidenceItem> uploads_for(const Command& command, const Request* request) const {
    std::unordered_map<std::string, EvidenceItem> usable;
    const PendingAct* due =
        request && std::holds_alternative<CarryOut>(command.what) ? find(state_.pending, request->id) : nullptr;
    const auto* references = due ? evidence_of(due->what) : evidence_of(command);
    if (!references || !(due || command.caller)) return usable;
    const AccountId uploader = due ? due->by : command.caller->account;
    for (const auto& reference : *references) {
      const auto own = state_.uploads.find(upload_text(uploader, reference.sha256));
      if (own != state_.uploads.end()) usable.emplace(reference.sha256, own->second);
    }
    if (request)
      for (EvidenceItem item : request->evidence) {
        item.kind.clear();
        std::string sha256 = item.sha256;
        usable.emplace(std::move(sha256), std::move(item));
      }
    return usable;
  }

  template <class Id, class Value>
  static const Value* find(const std::unordered_map<Id, Value>& map, Id id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
  }

  WriteTransaction& transaction_;
  std::span<const Command* const> commands_;
  const BatchSurroundings& around_;
  Batch state_;
  std::set<std::string> numbers_given_;
  std::unordered_map<std::string, RequestId> once_;  ///< by Request::once; none for one that was given up
  DecidedBatch decided_;
};

}  // namespace

DecidedBatch decide_batch(WriteTransaction& transaction, std::span<const Command* const> commands,
                          const BatchSurroundings& surroundings) {
  return BatchDecider(transaction, commands, surroundings).run();
}

}  // namespace xueji
