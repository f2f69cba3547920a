// The heart: what comes of a command. Pure and deterministic: the same values give the same answer, and nothing is
// read or written beside them.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/definition/configuration.hpp"
#include "engine/definition/definition.hpp"
#include "engine/machine/pending_act.hpp"
#include "engine/machine/refusal.hpp"
#include "engine/machine/request.hpp"
#include "engine/registry/calendar.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

/// The posts of accounts that claimed something: none for whoever is shut out.
using ClaimerPosts = std::unordered_map<AccountId, std::vector<Post>>;

/// Which request has that Request::once; null where none does.
using WhoHas = std::function<std::shared_ptr<const Request>(const std::string& once)>;

/// What the registry has of others; each asked only where an effect gives one, nothing where nobody can tell.
struct OthersHave {
  std::function<bool(const std::string& id_number)> id_number{};
  std::function<bool(const std::string& number)> number{};  ///< its eighteen characters, now or once, after any letter
};

/// One of several students with their record.
struct SubjectRecord {
  Subject subject;
  const Student* student = nullptr;  ///< null when unknown
};

/// Everything a decision may depend on. References must outlive the call.
struct Situation {
  const Definition& definition;  ///< the request's own, or for Open the newest of that key
  DefinitionId definition_id;
  const Request* request = nullptr;   ///< null for Open
  const Student* student = nullptr;   ///< null when unknown
  const Request* blocking = nullptr;  ///< another that locks the student, where it is known
  const OfficeTree& offices;
  const Calendar& calendar;
  Instant now;
  /// The uploads that the command refers to and that this caller may use, by SHA-256; `kind` is empty here.
  std::unordered_map<std::string, EvidenceItem> uploads;
  /// A claim binds as long as its account holds a post for the task. Of accounts that are not in here, it does.
  const ClaimerPosts* claimers = nullptr;
  OthersHave others_have{};
  const PendingAct* pending = nullptr;  ///< on the request; its officer's posts are among `claimers`
  /// Of several students those that the command is about: Open, OpenPair, asks_for_all(): all; setting aside: that one;
  /// else next_slice(). `student` is the first of all.
  std::vector<SubjectRecord> subjects{};
  bool was_paired = false;  ///< OpenPair: a request of that business was opened about the two before
  WhoHas who_has{};         ///< asked only where the business is `once_per` something; nothing where nobody can tell
};

/// Who is told, beside whoever now holds the task.
struct Notice {
  std::string kind;              ///< the action or outcome it is about, or `reminder`, `overdue`, `remind`, `stand_in`,
                                 ///< `undecidable`, `opened`, `not_opened`, `set_aside`
  AccountId account;             ///< one person, or
  std::optional<Holder> holder;  ///< all who hold that post
  bool operator==(const Notice&) const = default;
};

/// What the history will say. Ids and hashes are given when it is written.
struct HistoryDraft {
  AccountId by;              ///< none for the machine
  std::optional<Holder> as;  ///< the post that acted; with `stand_in` the one that may act now
  std::string action;        ///< as in the definition; also `open`, `edit`, `claim`, `release`, `checks`, `reminder`,
                             ///< `overdue`, `expire`, `remind`, `stand_in`, `undecidable`, `not_opened`; of several
                             ///< students `set_aside`, `applied`, `not_applied`, `finished`
  std::string from;          ///< state before; empty on opening
  std::string to;
  std::string comment;
  Instant recorded_at;
  Instant effective_at;
  std::vector<RegistryChange> changes;
  PinnedForm based_on{};  ///< what the form held for it
  StudentId about{};      ///< of several students the one that the entry and its changes are about; none for all
  bool operator==(const HistoryDraft&) const = default;
};

/// What is written of the several students of a request. The changes of their records stand in the history.
struct SubjectChanges {
  std::vector<Subject> added;      ///< of a request just opened: those that are not set aside are locked
  std::vector<Subject> set_aside;  ///< from now on: they are released
  std::vector<Subject> filled{};   ///< what is filled in for each is now this
  bool releases_all = false;       ///< all that are locked still: the request has ended
  bool operator==(const SubjectChanges&) const = default;
};

/// A business that a request opens: its end about the same student, once its own changes are made and its lock is
/// released, or a state that waits for it. openings.hpp says what comes of it.
struct ToOpen {
  std::string workflow;      ///< key of a definition; the newest version of the file that applies is taken
  std::optional<Holder> by;  ///< who fills it in; nothing where the tree has no such office
  FieldValues fields;
  std::optional<Holder> inform;  ///< who is told where it can't be opened
  OpenedFrom from;
  Text from_title;    ///< of that business
  StudentId about{};  ///< whom it is about, where a state waits for it; else the request's own student
  bool operator==(const ToOpen&) const = default;
};

/// What is to be written, whole, in one transaction.
struct Decision {
  Request request;                       ///< as it will be; id 0 for one just opened
  std::optional<std::int64_t> replaces;  ///< the version it was decided on; nothing for one just opened
  std::optional<Submission> submission;  ///< newly pinned
  std::vector<HistoryDraft> history;  ///< one entry an act; empty for a change that only a machine sees (next attempt)
  std::vector<RegistryChange> changes;  ///< of the student, at most once
  bool locks_student = false;
  bool unlocks_student = false;
  std::vector<Notice> notices;
  std::optional<PendingAct> holds{};  ///< is pending from now on; then nothing else is done now
  bool ends_pending = false;          ///< what was pending is so no more: undone, dropped or done
  std::optional<Undone> undone{};     ///< who is told that their pending act was not done
  std::vector<ToOpen> opens{};        ///< in the same transaction
  SubjectChanges subjects{};          ///< of several students; then `changes`, `locks_student` … are not used
};

/// A command that has nothing to do any more: a late timer, an answer to a state that is left.
struct Nothing {};

std::variant<Decision, Refusal, Nothing> decide(const Situation& situation, const Command& command);

/// Whether the caller may do `action` as the request stands. An action that the definition does not know is refused.
/// `found` is Open::found.
Explanation explain(const Situation& situation, const Caller& caller, std::string_view action, bool found = false);

/// Another school's pupil can be asked for where any school may open the business, and only by who has found them.
bool may_begin(const Situation& situation, const Caller& caller, bool found);

/// The actions of the request's state (with `comment`, `reassign`, `withdraw` where they apply), each explained for the
/// caller; none for whoever takes no part in it any more.
struct ActionView {
  const Action* action = nullptr;  ///< valid as long as the definition
  std::string state;               ///< the one in which it would be done; the same action may stand here for several
  Explanation explanation;
  std::vector<std::string> to;  ///< states that a return may name, nearest first
  std::optional<Holder> as;     ///< the post under which the caller would act; nothing where it is not allowed
};
std::vector<ActionView> actions_for(const Situation& situation, const Caller& caller);

/// What is told of a decision about an act that could be undone: `pending`, `undone`, or `undo` by its officer.
std::string_view undo_word(const Decision& decision);
/// What the pending act is called.
Text title_of(const Definition& definition, const PendingAct& pending);

/// The built-in actions, as if every approval state had written them. Setting aside names one of several students and
/// is no action of `actions_for`.
const Action& comment_action();
const Action& reassign_action();
const Action& set_aside_action();

/// Whether the request keeps other business from its student, or from each of several, as the registry has it.
bool locks_student(const Situation& situation);
/// Whether one of the requests that wait for one opened so locks the student, for both.
bool shares_lock(const std::optional<OpenedFrom>& opened_from, const Student& student);
/// Whether a draft that was opened by that office does so.
bool locks_from_opening(const Definition& definition, OfficeId opened_at, OfficeId school);
/// Whether a draft that was opened by that office is kept from the student's school until it is submitted: it is
/// another school's.
bool is_unfiled_draft(const Definition& definition, OfficeId opened_at, OfficeId school);

/// Whether the caller's posts let them see the whole request; sight.hpp has those who see a part.
bool may_see(const Request& request, const Caller& caller, const OfficeTree& offices, Instant now);

/// The queues of the caller's posts in force, each once.
std::vector<Holder> queues_of(const Caller& caller, Instant now);

/// The post by which this business is opened about a student of that school; where any school may, the caller's first
/// that fits. Nothing where there is none, or where the machine opens it.
std::optional<Holder> opening_post(const Definition& definition, const Caller& caller, const OfficeTree& offices,
                                   OfficeId school, Instant now);
/// Whether any post of the caller could open it about some student: the list of workflows.
bool may_ever_open(const Definition& definition, const Caller& caller, const OfficeTree& offices, Instant now);

/// Who stands in for that post at the office above; nobody above the ministry.
std::optional<Holder> post_above(const Holder& post, const OfficeTree& offices);

/// Whether the tree has an office that can hold a state of this request. References must outlive the answer.
IsHeld held_for(const Request& request, const OfficeTree& offices);

/// Old and new of every field that changes a member of the student, for people to compare. Fields left empty are left
/// out.
struct FieldChange {
  const Field* field;
  std::string old_value;
  std::string new_value;
};
std::vector<FieldChange> field_changes(const Definition& definition, const FieldValues& fields,
                                       const FieldValues& before);

}  // namespace xueji
