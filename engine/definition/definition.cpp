#include "engine/definition/definition.hpp"

#include <algorithm>
#include <array>

namespace xueji {
namespace {

template <class Value, std::size_t count>
using Words = std::array<std::pair<Value, std::string_view>, count>;

constexpr Words<FieldType, 12> field_type_words{{{FieldType::person_name, "person_name"},
                                                 {FieldType::id_number, "id_number"},
                                                 {FieldType::student_number, "student_number"},
                                                 {FieldType::text, "text"},
                                                 {FieldType::date, "date"},
                                                 {FieldType::choice, "choice"},
                                                 {FieldType::office, "office"},
                                                 {FieldType::school, "school"},
                                                 {FieldType::grade, "grade"},
                                                 {FieldType::status, "status"},
                                                 {FieldType::subject, "subject"},
                                                 {FieldType::rows, "rows"}}};
constexpr Words<StateKind, 11> state_kind_words{{{StateKind::draft, "draft"},
                                                 {StateKind::approval, "approval"},
                                                 {StateKind::registration, "registration"},
                                                 {StateKind::work, "work"},
                                                 {StateKind::notice, "notice"},
                                                 {StateKind::choice, "choice"},
                                                 {StateKind::check, "check"},
                                                 {StateKind::wait, "wait"},
                                                 {StateKind::request, "request"},
                                                 {StateKind::parallel, "parallel"},
                                                 {StateKind::end, "end"}}};
constexpr Words<Outcome, 5> outcome_words{{{Outcome::completed, "completed"},
                                           {Outcome::rejected, "rejected"},
                                           {Outcome::withdrawn, "withdrawn"},
                                           {Outcome::cancelled, "cancelled"},
                                           {Outcome::expired, "expired"}}};
constexpr Words<CheckOutcome, 3> check_outcome_words{
    {{CheckOutcome::clear, "clear"}, {CheckOutcome::suspect, "suspect"}, {CheckOutcome::unavailable, "unavailable"}}};
constexpr Words<CommentRule, 3> comment_rule_words{
    {{CommentRule::none, "none"}, {CommentRule::optional, "optional"}, {CommentRule::required, "required"}}};

constexpr Words<Lock, 5> lock_words{{{Lock::by_opener, "by opener"},
                                     {Lock::none, "none"},
                                     {Lock::when_free, "when free"},
                                     {Lock::from_opening, "from opening"},
                                     {Lock::from_submission, "from submission"}}};

template <class Value, std::size_t count>
std::string_view word_of(const Words<Value, count>& words, Value value) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& entry) { return entry.first == value; });
  return found == words.end() ? std::string_view{} : found->second;
}

template <class Value, std::size_t count>
std::optional<Value> value_of(const Words<Value, count>& words, std::string_view word) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& entry) { return entry.second == word; });
  if (found == words.end()) return std::nullopt;
  return found->first;
}

template <class Range, class Member>
auto find_by(const Range& range, Member member, std::string_view key) -> decltype(&*range.begin()) {
  const auto found = std::find_if(range.begin(), range.end(), [&](const auto& entry) { return entry.*member == key; });
  return found == range.end() ? nullptr : &*found;
}

}  // namespace

std::size_t Staffing::of(Role role, Level level) const {
  for (const Count& each : persons)
    if (each.role == role && each.level == level) return each.persons;
  return persons_otherwise;
}

const Action* State::action(std::string_view wanted) const { return find_by(actions, &Action::key, wanted); }

const State* Definition::state(std::string_view wanted) const { return find_by(states, &State::key, wanted); }

const Field* Field::inner(std::string_view wanted) const { return find_by(row, &Field::key, wanted); }

const Field* Definition::field(std::string_view wanted) const { return find_by(fields, &Field::key, wanted); }

const EvidenceKind* Definition::evidence_kind(std::string_view kind) const {
  return find_by(evidence, &EvidenceKind::kind, kind);
}

const Field* Definition::naming_field() const {
  for (const NamedPlace& each : places)
    if (!each.field.empty()) return field(each.field);
  return nullptr;
}

bool Definition::has_each() const {
  return std::any_of(fields.begin(), fields.end(), [](const Field& field) { return field.each; });
}

std::size_t Definition::order(std::string_view wanted) const {
  const auto* found = state(wanted);
  return found ? static_cast<std::size_t>(found - states.data()) : states.size();
}

bool Definition::has_action(std::string_view action) const {
  return std::any_of(states.begin(), states.end(), [&](const State& each) { return each.action(action) != nullptr; });
}

FieldType field_type_of(MemberType type) {
  switch (type) {
    case MemberType::person_name:
      return FieldType::person_name;
    case MemberType::id_number:
      return FieldType::id_number;
    case MemberType::sex:
      return FieldType::choice;
    case MemberType::date:
      return FieldType::date;
    case MemberType::status:
      return FieldType::status;
    case MemberType::grade:
      return FieldType::grade;
    case MemberType::text:
      return FieldType::text;
  }
  return FieldType::text;
}

std::string_view to_string(FieldType type) { return word_of(field_type_words, type); }
bool waits_for_people(StateKind kind) {
  return kind == StateKind::draft || kind == StateKind::work || is_decided(kind);
}

const AwaitedWay& AwaitedRequest::way_of(Outcome outcome) const {
  return *std::find_if(ways.begin(), ways.end(), [&](const AwaitedWay& way) {
    return std::find(way.outcomes.begin(), way.outcomes.end(), outcome) != way.outcomes.end();
  });
}

bool is_decided(StateKind kind) { return kind == StateKind::approval || kind == StateKind::registration; }

std::string_view to_string(StateKind kind) { return word_of(state_kind_words, kind); }
std::string_view to_string(Outcome outcome) { return word_of(outcome_words, outcome); }
std::string_view to_string(CheckOutcome outcome) { return word_of(check_outcome_words, outcome); }
std::string_view to_string(CommentRule rule) { return word_of(comment_rule_words, rule); }
std::string_view to_string(Lock lock) { return word_of(lock_words, lock); }

std::optional<FieldType> parse_field_type(std::string_view word) { return value_of(field_type_words, word); }
std::optional<Outcome> parse_outcome(std::string_view word) { return value_of(outcome_words, word); }
std::optional<CheckOutcome> parse_check_outcome(std::string_view word) { return value_of(check_outcome_words, word); }

}  // namespace xueji
