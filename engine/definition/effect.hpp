// What an effect is: one of the primitives by which the end of a request changes the registry. Each has a file of its
// own, effect_….cpp, and one row in the table of effects.cpp; nobody else knows its name.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/changes.hpp"

namespace xueji {

struct Loading;
struct YamlNode;

/// What an effect may read beside the record.
struct EffectInputs {
  const Definition& definition;
  const FieldValues& fields;
  /// Of a pair both records, by their ordinals, as the effects before this one leave them; else empty.
  std::span<const Student> pair{};
  /// The office of one of place_words.hpp; none where it is not known.
  std::function<OfficeId(std::string_view place)> office_at = [](std::string_view) { return OfficeId{}; };
  /// An L or J number for such a record, that nobody has or had; none where there is none left, or nobody can tell.
  std::function<std::optional<std::string>(NumberKind, const Student&)> new_number = [](NumberKind, const Student&) {
    return std::optional<std::string>();
  };
};

/// What of a record an effect may change, and where it takes the value from.
struct Touch {
  std::string member;                 ///< of student_members(), or `number.state`, or `school`
  std::string field{};                ///< empty where no field gives it
  bool needed = false;                ///< without the field the effect can't be made
  std::string text{};                 ///< the value where it is the same for every student
  std::optional<NumberKind> gives{};  ///< of `number.state`: the kind of a number that is new to the record
};

struct Effect {
  std::string_view name;
  std::vector<Touch> (*touches)(const Definition&, const EffectCall&);
  /// The changes of such a record; nothing where the record has changed so that it can't be made any more.
  std::optional<std::vector<RegistryChange>> (*plan)(const EffectCall&, const EffectInputs&, const Student&);
  /// Faults of a definition, where it can have some as a whole. `end` is the first that has the effect; null where none
  /// has.
  void (*check)(Loading&, const State* end) = nullptr;
  /// Reads what stands behind `NAME:`, into a call of that name; null for an effect that takes nothing.
  void (*load)(Loading&, EffectCall&, const YamlNode&) = nullptr;
  bool takes_members = false;  ///< a map of members stands there, no phrase
  bool takes_opening = false;  ///< a map that says what is opened
  bool of_several = false;     ///< a request about several students makes it of each
  bool of_pair = false;        ///< a request about a pair makes it of each of the two
  bool of_pair_alone = false;  ///< no other request does
  /// Why `plan` has nothing, for people; null where all that can be said is that the record has changed.
  Text (*why_not)(const EffectCall&, const Student&) = nullptr;
};

/// effect_apply_changes.cpp: every field that `changes` a member of the student sets it.
const Effect& apply_changes_effect();
/// effect_retire_number.cpp: the number that the field of type student_number names is retired for ever.
const Effect& retire_number_effect();
/// effect_move.cpp: the student's record goes to the school of a place: `move: student to receiving`.
const Effect& move_effect();
/// effect_set.cpp: members get a constant, a field's value, or none: `set: {student.status: suspended}`.
const Effect& set_effect();
/// effect_merge.cpp: of a pair one record goes on, with the numbers of the other, which ends as `merged`:
/// `merge: into field survivor`.
const Effect& merge_effect();
/// effect_give_number.cpp: the number becomes the one that the ID number makes, the old one is `former`:
/// `give_number: G`. Or a record without a number gets its first: `L` with an ID number, `J` without.
const Effect& give_number_effect();
/// effect_open_request.cpp: another business is opened about the student: `open: {definition: return, …}`. Its changes
/// of the registry are none; what is opened stands in EffectCall::opens.
const Effect& open_effect();

}  // namespace xueji
