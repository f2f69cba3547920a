// The conditions of a definition over all data: what is known to hold along a path, and what may still be asked for.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/verify/logic.hpp"
#include "engine/verify/subject_kinds.hpp"

namespace xueji {

/// What is known of the data where a request stands: whether the form is as it was submitted, and which rules of
/// actions have held, which ways of choices were taken, since nothing that they read has changed (their numbers,
/// sorted).
struct Known {
  bool submitted = false;
  bool brought_over = false;  ///< submitted under an older version's rules
  std::vector<std::uint16_t> facts;
  bool opened_before = false;  ///< on an older version, by its rules
  /// Another request that it waited for has ended since, and may have changed the record: only what was learned after
  /// that counts.
  bool record_changed = false;
  auto operator<=>(const Known&) const = default;
};

/// A way that a request took from a choice, by its position.
struct WayTaken {
  const State* choice = nullptr;
  std::size_t way = 0;
  auto operator<=>(const WayTaken&) const = default;
};
using WaysTaken = std::vector<WayTaken>;  ///< one after the other, all in the same move

class Conditions {
 public:
  /// The definitions must outlive it. Whatever comes over from the `older` ones was submitted under the rules that all
  /// of them have.
  explicit Conditions(const Definition& definition, const std::vector<const Definition*>& older = {});

  Logic& logic() { return logic_; }
  Known after(Known known, const State& from, const Action& action) const;
  /// Once that way was taken.
  Known after(Known known, const WayTaken& taken) const;
  /// Once the other request that it waited for has ended.
  Known after_waiting(Known known) const;
  /// In the draft everything may be filled in anew.
  Known back_in_draft(Known known) const;

  /// That the data are some that can be there.
  Logic::Term holds(const Known& known);
  /// That the rules of opening hold, of several students of each who takes part, and for `form` those of the whole
  /// form.
  Logic::Term opening();
  /// That the offices that those rules read are such a subject's.
  Logic::Term offices_of(const SubjectKind& kind);
  /// That the offices that the rules of opening and of the form read are such a subject's.
  Logic::Term offices_of_form(const SubjectKind& kind);
  /// That those of these paths that are offices are such a subject's.
  Logic::Term offices_of(const SubjectKind& kind, const std::vector<std::string>& paths);
  /// That the offices that opening and choices read are such a subject's.
  Logic::Term places_of(const SubjectKind& kind);
  /// That the way is taken: its condition holds, and none before it.
  Logic::Term of(const WayTaken& taken);
  Logic::Term form();
  Logic::Term required();
  /// That whoever has the right can do the action, choosing comment and fields as they please.
  Logic::Term can_be_done(const State& state, const Action& action);
  /// That the form as it is filled in can be submitted by the action.
  Logic::Term can_be_submitted(const Action& action);

  /// Whether it can be done for some data that can be there.
  bool may_be_done(const Known& known, const State& state, const Action& action);
  /// Whether both can hold; what is undecided may.
  bool may_hold(Logic::Term one, Logic::Term other);
  /// Whether there are data for which both hold, which falsify; what is undecided is told by itself, and once.
  bool has_data(Logic::Term one, Logic::Term other);
  /// Whether something could not be decided within the budget.
  bool was_undecided() const { return undecided_; }

  Logic::Term of(const std::vector<Rule>& rules);

 private:
  /// Whether it may stop holding while nobody does anything with the request: it reads a record that nothing keeps as
  /// it is.
  bool may_change(const Guard& guard) const;
  /// All of them where the record stays as it was, else those that read nothing of it.
  static std::vector<Rule> lasting(const std::vector<Rule>& rules, bool record_stays);
  /// What is known of a request that was opened on an older version, and of its form where that submitted it.
  Logic::Term opening_brought_over(bool record_stays);
  Logic::Term form_brought_over(bool record_stays);
  /// Those that all older versions have too.
  void add_rules_of_all(const std::vector<Rule>& rules, std::vector<Rule> Definition::* there,
                        std::vector<Logic::Term>& terms);
  Logic::Answer can_hold(Logic::Term one, Logic::Term other);
  /// What came to hold on the way: `held`, where it is not null, and none of `refused`.
  struct Fact {
    const Guard* held = nullptr;
    std::vector<const Guard*> refused{};
  };
  void add_fact(const void* of, Fact fact);
  bool may_change(const Fact& fact) const;
  Logic::Term of(const Fact& fact);
  bool reads_any(std::uint16_t fact, const std::set<std::string>& paths) const;
  /// The fields, and the offices that follow from a school that one of them names.
  std::set<std::string> filled_in_with_the_form() const;

  const Definition& definition_;
  std::vector<const Definition*> older_;
  Logic logic_;
  std::vector<Fact> facts_;
  std::map<const void*, std::uint16_t> numbers_;  ///< of each rule of an action, and each way of a choice
  std::map<const SubjectKind*, Logic::Term> places_;
  std::map<Known, Logic::Term> terms_;
  std::map<const Action*, Logic::Term> demands_;
  bool undecided_ = false;
};

}  // namespace xueji
