// What an effect is: one of the primitives by which the end of a request changes the registry. Each has a file of its
// own, effect_….cpp, and one row in the table of effects.cpp; nobody else knows its name.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/registry/changes.hpp"

namespace xueji {

struct Loading;

/// What of a record an effect may change, and the field that it takes the value from.
struct Touch {
  std::string member;  ///< of student_members(), or `number.state`
  std::string field;
  bool needed = false;  ///< without the field the effect can't be made
};

struct Effect {
  std::string_view name;
  std::vector<Touch> (*touches)(const Definition&);
  /// The changes of such a record; nothing where the record has changed so that it can't be made any more.
  std::optional<std::vector<RegistryChange>> (*plan)(const Definition&, const FieldValues&, const Student&);
  /// Faults of a definition. `end` is the first that has the effect; null where none has.
  void (*check)(Loading&, const State* end);
};

/// effect_apply_changes.cpp: every field that `changes` a member of the student sets it.
const Effect& apply_changes_effect();
/// effect_retire_number.cpp: the number that the field of type student_number names is retired for ever.
const Effect& retire_number_effect();

}  // namespace xueji
