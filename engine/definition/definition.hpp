// A definition: one business as its author wrote it in YAML, turned once into immutable values.
// Built by load_definition() (loader.hpp); shared between threads as shared_ptr<const Definition>.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/authority/role.hpp"
#include "engine/base/position.hpp"
#include "engine/base/text.hpp"
#include "engine/definition/applies.hpp"
#include "engine/definition/guard.hpp"
#include "engine/definition/place_words.hpp"
#include "engine/registry/members.hpp"

namespace xueji {

/// An office by its way from a place of the request: `student.school`, `authority of student.school`,
/// `province of student.school`, `initiator.office`, `common superior of sending, receiving`, `ministry`.
struct OfficeExpression {
  enum class Step {
    itself,
    authority,
    at_level,
    common_superior,  ///< the lowest office that stands above both `place` and `other`
    any_school        ///< whichever school opens the request; only who opens it is named so
  };
  std::string place{student_school};  ///< one of place_words.hpp, whatever the author calls it
  Step step = Step::itself;
  Level level = Level::school;  ///< for `at_level`
  bool above = false;           ///< not that office but the one above it; nobody above the ministry
  std::string other{};          ///< the second place of a common superior; empty where `place` is a pair's schools
  Text title{}, other_title{};  ///< the author's for the places; empty for the engine's words
  bool operator==(const OfficeExpression&) const = default;
  bool starts_from(std::string_view word) const { return place == word || other == word; }
};

/// A place under the author's word for it: `receiving: initiator.office`, `receiving: field new_school`.
struct NamedPlace {
  std::string word;
  std::string place;  ///< one of place_words.hpp
  Text title;
  Position position;
  std::string field{};  ///< that names it, of type school; empty for other places
};

/// "reviewer at authority of student.school".
struct ActorExpression {
  Role role = Role::registrar;
  OfficeExpression office;
  std::string source;  ///< as the author wrote it
  Position position;
  /// Wherever they stand.
  bool operator==(const ActorExpression& other) const { return role == other.role && office == other.office; }
};

/// A condition with what to tell the person when it does not hold.
struct Rule {
  Guard guard;
  Text otherwise;
  Position position;
};

/// A `subject` names one of a pair's two students by the ordinal; `rows` is a group of fields that is repeated.
enum class FieldType {
  person_name,
  id_number,
  student_number,
  text,
  date,
  choice,
  office,
  school,
  grade,
  status,
  subject,
  rows
};
inline constexpr FieldType last_field_type = FieldType::rows;

/// Field values in their canonical text (dates `YYYY-MM-DD`, ID numbers with upper-case X, rows as rows.hpp writes
/// them), by the author's key.
using FieldValues = std::map<std::string, std::string>;

struct Choice {
  std::string key;
  Text title;
};

/// The business that mends what a row says.
struct RowOffer {
  std::optional<Guard> when;  ///< of the row alone; nothing: of every row
  std::string business;       ///< its key
  Position position;
};
inline constexpr std::size_t rows_max = 200, row_offers_max = 8;

struct Field {
  std::string key;
  FieldType type = FieldType::text;
  Text title;
  std::optional<Text> help;
  bool required = false;
  bool each = false;            ///< of a batch: every student has a value of their own, and the form has none
  std::size_t max = 0;          ///< code points, for text; 0 means the type's own limit
  std::vector<Choice> choices;  ///< for choice
  std::string changes;          ///< the student's member that it `changes`: `name`, `id_number`, …; empty for none
  std::string set_by_end;       ///< the one that an end sets by name to its value; empty for none
  Position position;
  std::vector<Field> row{};        ///< for rows: what each of them is filled in with
  std::size_t at_most = 0;         ///< for rows: how many there may be, up to rows_max
  std::vector<RowOffer> offers{};  ///< for rows: each offers the first whose condition holds

  /// Of a row; null for an unknown key.
  const Field* inner(std::string_view key) const;
  /// The student's member that an end sets to its value, said here or there; empty for none.
  const std::string& member() const { return changes.empty() ? set_by_end : changes; }
};

struct EvidenceKind {
  std::string kind;
  Text title;
  std::size_t min = 0;
  std::size_t max = 0;
  std::vector<std::string> media_types;  ///< never empty: image/jpeg, image/png, application/pdf unless narrowed
  std::size_t max_bytes = std::size_t{10} * 1024 * 1024;
  std::optional<Guard> when;  ///< `min` binds only where this holds
  Position position;
};

/// Counted in working days of the business calendar, from the day after the task arrived.
struct Deadline {
  int working_days = 0;
  std::optional<int> remind_before;         ///< working days before it is due
  std::optional<ActorExpression> escalate;  ///< who may act too, and is told, once it is overdue
  std::optional<ActorExpression> tell;      ///< who is told once it is overdue, beside the holder; acts nowhere
  std::string expire_to;                    ///< the end state it moves to instead; empty for none
};

enum class CommentRule { none, optional, required };

/// What a person may do in a state. `approve`, `return`, `reject`, `submit`, `withdraw`, `escalate` are ordinary
/// actions; `comment`, `reassign` are known to the engine in every approval state without being written.
struct Action {
  std::string key;
  Text title;
  std::string to;           ///< the state it leads to; for `to: earlier` the default
  bool to_earlier = false;  ///< the person may name any state before this one that waited for a person
  CommentRule comment = CommentRule::optional;
  std::optional<ActorExpression> by;  ///< other than the state's own actor
  std::vector<Rule> when;
  std::vector<std::string> fields;    ///< fields that must be filled in with this action
  std::vector<std::string> evidence;  ///< kinds that must be present with this action
  Position position;
};

struct Backoff {
  std::chrono::seconds first{5};
  double factor = 2;
  std::chrono::seconds at_most{3600};
};

/// `draft`, `approval`, `registration` and `work` wait for people, `check` for a machine, `wait` for a date, `request`
/// for another request, `parallel` for its branches; `notice` and `choice` wait for nobody.
enum class StateKind {
  draft,
  approval,
  registration,  ///< 登记: an officer records what others decided, or returns it; an approval but for refusing
  work,          ///< of a party, such as fetching a record: no decision, outside the separation of duties
  notice,        ///< 备案: tells an office, and goes on at once
  choice,        ///< goes on at once, on the first of its ways whose condition holds
  check,
  wait,
  request,  ///< opens another business, and goes on once that request has ended
  parallel,
  end
};
/// Whether people hold the request in such a state.
bool waits_for_people(StateKind kind);
/// Whether an officer decides in such a state: what the separation of duties is about.
bool is_decided(StateKind kind);
enum class Outcome { completed, rejected, withdrawn, cancelled, expired };
enum class CheckOutcome { clear, suspect, unavailable };

/// The moment that a waiting state waits for; it has passed already where it lies at or before the arrival.
struct WaitMoment {
  enum class Kind {
    term_begins,   ///< "first day of spring semester"; `name` is the calendar's term: `spring`, `autumn`
    working_days,  ///< "5 working days", counted as a deadline
    window_opens,  ///< "window transfer opens"; `name` is the calendar's window
    window_closes  ///< "window transfer closes"
  };
  Kind kind = Kind::working_days;
  std::string name;
  int working_days = 0;
  std::string source;  ///< as the author wrote it
};

/// One of the ways that a parallel state goes at the same time. Its states stand in Definition::states, after the
/// parallel state and before what follows it, and name it in `parallel` and `branch`.
struct Branch {
  std::string key;
  Text title;
  std::string first;  ///< the state in which it begins
  Position position;
};
inline constexpr std::size_t branches_max = 3;

/// Where a branch ends, written like a state: `to: join` counts towards the join, `to: stop` does not.
inline constexpr std::string_view join_word = "join";
inline constexpr std::string_view stop_word = "stop";

/// One of the ways of a choice, in the author's order.
struct Way {
  std::optional<Guard> when;  ///< of the record, the form and the places; nothing: always taken, and the last
  std::string to;
  Position position;
};

/// A member of the record that an end gives a value: a field's, or the same for every student.
struct MemberSetting {
  std::string member;   ///< of student_members()
  std::string field{};  ///< empty where it is the same for all
  std::string text{};   ///< as Member::read writes it; empty where the member is emptied
  bool operator==(const MemberSetting&) const = default;
};

/// A value that a field of another business begins with.
struct FieldSetting {
  std::string key;      ///< of that business's field
  std::string field{};  ///< of this one's, whose value it takes; empty where it is the same for all
  std::string text{};
  bool operator==(const FieldSetting&) const = default;
};

/// Another business that an end or a waiting state opens, as a draft: about the same student, or one of a pair.
struct Opening {
  std::string definition;  ///< its key
  ActorExpression by;      ///< who fills it in and submits it
  std::vector<FieldSetting> fields;
  std::optional<ActorExpression> inform;  ///< who is told where it can't be opened
  bool operator==(const Opening&) const = default;
};

/// Where a request goes once the one that it waits for has ended so.
struct AwaitedWay {
  std::string event;  ///< the outcome's word, or `otherwise`
  std::vector<Outcome> outcomes;
  std::string to;
};

/// The word for whatever is not named.
inline constexpr std::string_view otherwise_word = "otherwise";
/// What happens in such a state where the other request could not be opened.
inline constexpr std::string_view not_opened_word = "not_opened";
/// How many requests may wait for each other, one for the next.
inline constexpr int waiting_requests_max = 3;

/// The request that a state opens and waits for.
struct AwaitedRequest {
  Opening opening;               ///< `by` is read of the student whom it is about
  std::string subject;           ///< of a pair: the field of type subject that says which of the two; else empty
  bool is_other = false;         ///< of a pair: not the one that the field names, but the other
  std::vector<AwaitedWay> ways;  ///< every outcome is in one of them

  const AwaitedWay& way_of(Outcome outcome) const;
};

/// An effect as an end names it: `apply_changes`, `move: student to receiving`, `set: {student.status: suspended}`.
struct EffectCall {
  std::string name;
  std::string place{};                    ///< one of place_words.hpp, for effects that name one
  std::vector<MemberSetting> settings{};  ///< for effects that set members one by one
  std::optional<Opening> opens{};         ///< for effects that open another business
  std::string field{};                    ///< for effects that a field directs, its key
  /// It is made only where this holds: of the record before any effect of the end, the form and the offices.
  std::optional<Guard> when{};
  Position position{};
  /// Wherever they stand.
  bool operator==(const EffectCall& other) const {
    return name == other.name && place == other.place && settings == other.settings && opens == other.opens &&
           field == other.field && when == other.when;
  }
};

struct State {
  std::string key;
  Text title;
  StateKind kind = StateKind::draft;
  std::string parallel;                          ///< the parallel state it lies in; empty outside
  std::size_t branch = 0;                        ///< position of its branch there
  ActorExpression actor;                         ///< where it waits for people; notice: who is told
  std::optional<Deadline> deadline;              ///< where it waits for people
  std::vector<Action> actions;                   ///< of people; `anywhere` actions included where they apply
  std::vector<std::string> checks;               ///< check: all are asked; one suspect makes the whole suspect
  Backoff retry;                                 ///< check
  std::map<CheckOutcome, std::string> outcomes;  ///< check: clear and suspect; unavailable is always retried
  Outcome outcome = Outcome::completed;          ///< end
  std::vector<EffectCall> effects;               ///< end: changes of the registry, made on arrival
  std::optional<WaitMoment> wait;                ///< wait
  std::optional<AwaitedRequest> awaited;         ///< request
  std::string to;                ///< wait: once the moment has come; parallel: once it has joined; notice
  std::vector<Way> ways;         ///< choice: one of them holds whatever the data are
  std::vector<Branch> branches;  ///< parallel: 2 to branches_max
  std::size_t join = 0;          ///< parallel: how many branches must join, 1 to all of them
  bool one_by_one = false;       ///< where it is decided: never for several requests at once (批量)
  /// Where people hold it, and notice: only where this holds of the places does the request come here; it reads nothing
  /// else.
  std::optional<Guard> when;
  /// parallel: once too few can still join, empty where none can stop. The others: a later state, taken instead where
  /// `when` does not hold, or the request has no such office, as with a prefecture in a municipality; empty where it is
  /// always come to.
  std::string otherwise;
  /// wait, request, parallel: taken instead where the registry refuses the effect to which it leads, and by a request
  /// that could not be opened; empty for none.
  std::string refused;
  Position position;
  const Action* action(std::string_view key) const;
};

struct Separation {
  Position position;  ///< of the word `separation`; not known where nothing is written
  bool nobody_own_submission = false;
  std::vector<std::vector<std::string>> different_people;  ///< groups of states that no person may decide two of
};

/// How many people the definition counts on; what is proved is proved for at least these.
struct Staffing {
  struct Count {
    Role role;
    Level level;
    std::size_t persons;
  };
  std::size_t persons_otherwise = 1;  ///< in every post that is not named
  std::vector<Count> persons;
  std::vector<std::vector<Role>> same_person;  ///< roles that one person may hold at one office
  Position position;                           ///< of the word `staffing`; not known where nothing is written

  std::size_t of(Role role, Level level) const;
};
inline constexpr int persons_max = 100;  ///< that `staffing` may count in a post

/// Who is told, beside the office whose queue the request enters (抄送 included).
struct Inform {
  std::string on;  ///< an action's key, or an outcome: `completed`, `rejected`, ...
  bool initiator = false;
  std::vector<ActorExpression> who;
};

/// What a sentence of `always:` counts as done: `STATE.EVENT`, `ACTION at LEVEL`, or in `passes` a bare state.
struct ActPattern {
  std::string state;           ///< empty where the action counts in any state
  std::string event;           ///< an action, `clear`, `suspect`, `expire`, `elapsed`; empty: the state was come to
  std::optional<Level> level;  ///< of the office whose post acted
  bool at_authority = false;   ///< the office that supervises the school, whatever its level
  bool two_officers = false;   ///< done twice, by two different people
};

/// What the author wants proved (engine/verify). What it names exists.
struct Invariant {
  enum class Form {
    request_ends,    ///< every request ends
    effect_after,    ///< effect `subject` only after one of the acts
    state_after,     ///< the state `subject` only after one of the acts
    passes,          ///< every path to the state `subject` passes one of the acts
    possible_before  ///< the action `subject` possible in every state before the state `limit`
  };
  Form form = Form::request_ends;
  std::string subject;
  std::vector<ActPattern> acts;
  std::string limit;
  std::string text;  ///< as the author wrote it
  Position position;
};

/// How live requests of an older version come over to this one.
struct Migration {
  int from_version = 0;
  std::map<std::string, std::string> states;  ///< state there -> state here
  enum class Otherwise { stay, same_state } otherwise = Otherwise::stay;
  /// What becomes of values and files that this version has no field or kind of evidence for.
  enum class Lost {
    stay,  ///< a request that has some stays on the older version
    drop,  ///< they leave the request
    keep   ///< they stay with it, and nothing here asks for them
  } lost = Lost::stay;
  Position position;
};

/// Whom a request is about: one student, a batch of students of the school that opens it, or two students of any
/// schools whose records are a pair.
struct SubjectRule {
  enum class Kind { one, batch, pair };
  Kind kind = Kind::one;
  std::size_t at_most = 1;     ///< of a batch, up to subjects_max; of a pair 2
  std::optional<Guard> where;  ///< of a batch: whom the server chooses where the request names nobody
  std::vector<Rule> eligible;  ///< of a batch: who fails one is set aside when it is opened
  Position position;
  bool several() const { return kind != Kind::one; }
};
inline constexpr std::size_t subjects_max = 5000;

/// When the machine opens a request about a pair, without anybody's asking: two records come to have these members
/// alike. `opened_by` is the post that then holds the draft.
struct PairRule {
  std::vector<std::string> same;  ///< of student_members(); `name` and `birth_date` are among them
  std::optional<Guard> where;     ///< of both records; nothing where every such pair is taken
  Position position;
};

/// Tells somebody before the date that a completed request left in the record: `{of: student.status_until, before: 15
/// working days, to: registrar at student.school}`.
struct MemberReminder {
  std::string member;    ///< of student_members(), a date
  int working_days = 0;  ///< before that date
  ActorExpression to;    ///< at the offices of that day, not of the completion
  Position position;
};

/// A window of the calendar outside which the business is not begun.
struct WindowRule {
  std::string name;
  std::optional<Guard> when{};  ///< it counts only where this holds of the record and the places
  Position position{};
};
inline constexpr std::size_t windows_max = 8;  ///< that a definition may name

/// From when on a request keeps its student from other business.
enum class Lock {
  by_opener,       ///< from its opening, another school's from its submission
  none,            ///< never: other business goes on beside it, and nothing keeps the record as it is
  when_free,       ///< of a pair: from its opening those whom nothing else locks, the others never
  from_opening,    ///< its draft locks
  from_submission  ///< its draft locks nobody
};

/// What makes two requests of a business the same, of which there may be one: `once_per: [receiving, student]`.
struct OnceTerm {
  enum class Kind { student, place, path, school_year };
  Kind kind = Kind::student;
  std::string name{};    ///< place: one of place_words.hpp; path: what a guard reads, such as `student.stage`
  std::string source{};  ///< as the author wrote it
  Text title{};
  bool is_same(const OnceTerm& other) const { return kind == other.kind && name == other.name; }
};
inline constexpr std::size_t once_terms_max = 4;

/// What was begun before a window closed, and is unfinished, is ended: `close: {on: window graduating-work closes,
/// when: student.graduating, to: closed}`.
struct ClosingRule {
  std::string window;         ///< of the calendar
  std::optional<Guard> when;  ///< of the record and the places, at that moment; nothing: all
  std::string to;             ///< an end without effects, `cancelled` or `expired`
  Position position;
};

struct Definition {
  int format = 1;  ///< of the language
  std::string key;
  std::string variant;             ///< with key and version it says which file this is; empty for the national one
  std::optional<Applies> applies;  ///< where the variant stands in place of the national file; nothing for that
  int version = 0;
  bool retired = false;  ///< nobody may begin one any more; what began before goes on
  std::string text;      ///< the file's bytes
  std::string sha256;    ///< of these, lower-case hex
  Text title;
  Text description;
  std::string source;  ///< the rule it comes from, as the author cites it
  std::string file;
  SubjectRule subject;
  std::vector<NamedPlace> places;
  ActorExpression opened_by;
  std::vector<Rule> open_when;
  std::optional<PairRule> opened_on;  ///< of a pair; nothing where people open it
  std::vector<WindowRule> windows;    ///< empty where the business is always open
  Lock lock = Lock::by_opener;
  std::vector<OnceTerm> once_per;  ///< empty where there may be any number, one after the other
  std::optional<ClosingRule> closing;
  std::vector<Field> fields;
  std::vector<Rule> require;
  std::vector<EvidenceKind> evidence;
  std::vector<State> states;  ///< in the order of the procedure; the first is the draft
  Separation separation;
  Staffing staffing;
  std::vector<Inform> inform;
  std::vector<MemberReminder> reminders;  ///< all of one member, the earliest first
  std::vector<Invariant> always;
  std::vector<Migration> migrations;  ///< one for each older version that is named

  const State* state(std::string_view key) const;
  const Field* field(std::string_view key) const;
  const EvidenceKind* evidence_kind(std::string_view kind) const;
  /// The field that names a place; null where none does. At most one does.
  const Field* naming_field() const;
  /// Whether a field has a value for each student.
  bool has_each() const;
  /// Position in the procedure; states.size() for an unknown key.
  std::size_t order(std::string_view state) const;
  bool has_action(std::string_view action) const;
};

using DefinitionPtr = std::shared_ptr<const Definition>;

/// Of a field that sets such a member.
FieldType field_type_of(MemberType type);

std::string_view to_string(FieldType type);
std::string_view to_string(StateKind kind);
std::string_view to_string(Outcome outcome);
std::string_view to_string(CheckOutcome outcome);
std::string_view to_string(CommentRule rule);
/// As definitions write it; `by opener` where they write nothing.
std::string_view to_string(Lock lock);
std::optional<FieldType> parse_field_type(std::string_view word);
std::optional<Outcome> parse_outcome(std::string_view word);
std::optional<CheckOutcome> parse_check_outcome(std::string_view word);

}  // namespace xueji
