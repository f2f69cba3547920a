// What the registry demands of an effect, whatever the definition says: the machine refuses an effect that breaks one
// of these, so a definition that could come to it is refused before.
#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/guard_paths.hpp"
#include "engine/registry/changes.hpp"
#include "engine/verify/effects_of_ends.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

class EffectCheck {
 public:
  EffectCheck(const Exploration& exploration, Ledger& ledger, Exploration::NodeId id)
      : exploration_(exploration),
        ledger_(ledger),
        id_(id),
        node_(exploration.nodes()[id]),
        end_(exploration.state(node_)),
        conditions_(exploration.conditions()),
        logic_(conditions_.logic()) {}

  /// A new ID number was checked for duplicates and against the identity register, or a province judged it (FAQ 7).
  void id_number_was_checked() {
    const auto field = field_for(exploration_.definition(), end_, "id_number");
    if (field.empty() || !may_be({logic_.filled(field)}) || was_checked() || was_judged_by_a_province()) return;
    violated("unchecked-id-number",
             fmt::format("on a way to `{}` the new ID number passes no duplicate check and identity comparison, and no "
                         "province judges it",
                         end_.key),
             "let the way pass `check: [duplicate_check, identity_comparison]` with the outcome clear, or an approval "
             "of the province");
  }

  /// Sex and birth date stand in the ID number and are set by it.
  void id_number_agrees() {
    for (const auto* member : {"sex", "birth_date"}) {
      const auto field = field_for(exploration_.definition(), end_, member);
      const auto number = field_for(exploration_.definition(), end_, "id_number");
      if (field.empty()) continue;
      std::vector<Logic::Term> numbers{logic_.filled("student.id_number")};
      if (!number.empty()) numbers.push_back(logic_.filled(number));
      if (!may_be({logic_.filled(field), logic_.any(numbers)})) continue;
      violated("registry-agreement",
               fmt::format("`{}` may set the {} against what the ID number says", end_.key, member),
               "leave the field out, an ID number brings both; or demand `!has(student.id_number)`");
    }
  }

  /// Nobody comes back from `deceased` by a change of status.
  void nobody_comes_back() {
    constexpr auto deceased = "deceased";
    const auto touch = touch_of(exploration_.definition(), end_, "status");
    if (!touch || touch->text == deceased || touch->text == to_string(StudentStatus::merged)) return;
    std::vector<Logic::Term> terms{logic_.equals("student.status", deceased)};
    if (!touch->field.empty())
      terms.insert(terms.end(), {logic_.filled(touch->field), logic_.no(logic_.equals(touch->field, deceased))});
    if (!may_be(terms)) return;
    violated("terminal-status", fmt::format("`{}` may give a student who is deceased another status", end_.key),
             demand("student.status != \"deceased\""));
  }

  /// Only the record of a suspended student says until when.
  void term_is_a_suspensions() {
    const std::string suspended{to_string(StudentStatus::suspended)};
    const auto until = field_for(exploration_.definition(), end_, "status_until");
    const auto status = touch_of(exploration_.definition(), end_, "status");
    if (until.empty() || (status && status->text == suspended)) return;
    std::vector<Logic::Term> terms{logic_.filled(until)};
    const auto not_by_field = [&] {
      return logic_.all({logic_.filled(status->field), logic_.no(logic_.equals(status->field, suspended))});
    };
    const auto stays_another = logic_.no(logic_.equals("student.status", suspended));
    if (!status)
      terms.push_back(stays_another);
    else if (!status->field.empty())
      terms.push_back(
          logic_.any({not_by_field(), logic_.all({logic_.no(logic_.filled(status->field)), stays_another})}));
    if (!may_be(terms)) return;
    violated(
        "term-of-suspension",
        fmt::format("`{}` may give a student who is not suspended then a date until which the status lasts", end_.key),
        "set `student.status: suspended` beside it, or " + demand("student.status == \"suspended\""));
  }

  /// A G number is given after both national checks; no office judges in their place (FAQ 5).
  void given_number_was_checked() {
    if (number_given(exploration_.definition(), end_) != NumberKind::G || was_checked()) return;
    violated("unchecked-number",
             fmt::format("on a way to `{}` a number is given without the duplicate check and the identity comparison",
                         end_.key),
             "let the way pass `check: [duplicate_check, identity_comparison]` with the outcome clear");
  }

  /// A G number is made of the ID number, and another than today's; L and J are the first of a record.
  void given_number_can_be_made() {
    const auto kind = number_given(exploration_.definition(), end_);
    if (!kind) return;
    if (kind == NumberKind::J) has_no_id_number_then();
    const auto touch = touch_of(exploration_.definition(), end_, "id_number");
    std::vector<Logic::Term> no_other;
    if (touch && !touch->field.empty()) no_other.push_back(logic_.no(logic_.filled(touch->field)));
    const bool is_emptied = touch && touch->field.empty();
    auto without = no_other, the_same = no_other;
    if (!is_emptied) without.push_back(logic_.no(logic_.filled("student.id_number")));
    the_same.push_back(logic_.is_in(std::string(g_number_of_id_path), std::string(g_numbers_path)));
    if (kind != NumberKind::J && may_be(without))
      violated("number-without-id-number",
               fmt::format("`{}` may have to make a number for a student without an ID number", end_.key),
               demand("has(student.id_number)") + ", or `require` a field that gives one");
    else if (kind != NumberKind::G)
      has_no_number_yet();
    else if (may_be(the_same))
      violated("number-there-already", fmt::format("`{}` may have to give a number that the student has", end_.key),
               demand(fmt::format("!({} in {})", g_number_of_id_path, g_numbers_path)));
    else if (touch && !touch->field.empty() &&
             may_be({logic_.filled(touch->field), logic_.filled(std::string(g_numbers_path))}))
      violated("number-there-already",
               fmt::format("`{}` may have to give a number that the student has: that of the new ID number", end_.key),
               demand(fmt::format("!has({})", g_numbers_path)) + ", or change the ID number in a business of its own");
  }

  /// A G number is retired by two officers of the ministry only (FAQ 8).
  void ministry_retires_g_numbers() {
    const auto field = field_for(exploration_.definition(), end_, number_state);
    if (field.empty() || !may_be({is_in_any(field, std::string(g_numbers_path))}) ||
        two_officers_of_the_ministry_decided())
      return;
    violated(
        "g-number",
        fmt::format("on a way to `{}` a G number is retired without two officers of the ministry", end_.key),
        "let a reviewer and an approver at the ministry decide, kept apart by `different people`, or let `require` "
        "refuse G numbers");
  }

  /// What is retired is one of the student's current numbers.
  void number_is_current() {
    const auto field = field_for(exploration_.definition(), end_, number_state);
    if (field.empty() || !may_be({logic_.filled(field), logic_.no(is_in_any(field, std::string(numbers_path))),
                                  logic_.no(is_in_any(field, std::string(g_numbers_path)))}))
      return;
    violated("number-not-current",
             fmt::format("`{}` may have to retire a number that is not one of the student's current ones", end_.key),
             fmt::format("let the form `require` that `{} in student.current_numbers`", field));
  }

 private:
  /// Where that of the record is to be demanded: what was known before a wait for another request is not known after.
  std::string demand(const std::string& condition) const {
    return exploration_.remembered(node_).known.record_changed
               ? fmt::format("let a choice, or an action's `when`, demand `{}` after what it waits for", condition)
               : fmt::format("let `open` demand `{}`", condition);
  }

  /// Who has an ID number gets L.
  void has_no_id_number_then() {
    const auto touch = touch_of(exploration_.definition(), end_, "id_number");
    if (touch && touch->field.empty() && touch->text.empty()) return;
    std::vector<Logic::Term> some{logic_.filled("student.id_number")};
    if (touch && !touch->field.empty()) some.push_back(logic_.filled(touch->field));
    if (!may_be({logic_.any(some)})) return;
    violated("number-beside-id-number",
             fmt::format("`{}` may have to give a J number to a student who has an ID number", end_.key),
             demand("!has(student.id_number)") + "; who has one gets `L`");
  }

  void has_no_number_yet() {
    if (!may_be({logic_.filled(std::string(numbers_path))})) return;
    violated("number-there-already",
             fmt::format("`{}` may have to give a first number to a student who has one", end_.key),
             demand(fmt::format("!has({})", numbers_path)));
  }

  /// In that list of the student, of a pair of either.
  Logic::Term is_in_any(const std::string& field, const std::string& list) const {
    if (exploration_.definition().subject.kind != SubjectRule::Kind::pair) return logic_.is_in(field, list);
    return logic_.any({logic_.is_in(field, pair_path_of(1, list)), logic_.is_in(field, pair_path_of(2, list))});
  }

  bool may_be(const std::vector<Logic::Term>& terms) const {
    return conditions_.has_data(conditions_.holds(exploration_.remembered(node_).known), logic_.all(terms));
  }

  bool was_checked() const {
    std::set<std::string> passed;
    for (const auto id : exploration_.remembered(node_).standing)
      if (const RememberedAct& act = exploration_.act(id); act.event == clear_event)
        passed.insert(act.state->checks.begin(), act.state->checks.end());
    return passed.contains("duplicate_check") && passed.contains("identity_comparison");
  }

  bool was_judged_by_a_province() const {
    const auto& standing = exploration_.remembered(node_).standing;
    return std::any_of(standing.begin(), standing.end(),
                       [&](std::uint32_t id) { return exploration_.act(id).event == province_event; });
  }

  /// The approvals that stand and were decided at the ministry.
  std::vector<const State*> decided_at_the_ministry() const {
    std::vector<const State*> states;
    for (const auto id : exploration_.remembered(node_).standing) {
      const RememberedAct& act = exploration_.act(id);
      if (act.event == ministry_event) states.push_back(act.state);
    }
    return states;
  }

  bool two_officers_of_the_ministry_decided() const {
    const auto states = decided_at_the_ministry();
    const auto& groups = exploration_.definition().separation.different_people;
    return std::any_of(groups.begin(), groups.end(), [&](const std::vector<std::string>& group) {
      std::set<const State*> apart;
      for (const State* state : states)
        if (std::find(group.begin(), group.end(), state->key) != group.end()) apart.insert(state);
      return apart.size() >= 2;
    });
  }

  void violated(std::string_view rule, std::string what, std::string advice) {
    ledger_.violated(rule, end_.position, std::move(what), std::move(advice), exploration_.path_to(id_));
  }

  const Exploration& exploration_;
  Ledger& ledger_;
  Exploration::NodeId id_;
  const Exploration::Node& node_;
  const State& end_;
  Conditions& conditions_;
  Logic& logic_;
};

}  // namespace

void effects_keep_the_registry_sound(const Exploration& exploration, Ledger& ledger) {
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    if (exploration.state(exploration.nodes()[id]).effects.empty()) continue;
    ledger.tried(8);
    EffectCheck check{exploration, ledger, id};
    check.id_number_was_checked();
    check.id_number_agrees();
    check.nobody_comes_back();
    check.term_is_a_suspensions();
    check.ministry_retires_g_numbers();
    check.number_is_current();
    check.given_number_was_checked();
    check.given_number_can_be_made();
  }
}

}  // namespace xueji
