// The version that comes after the one explored, as far as its rules ask for what was done before the migration.
#pragma once
#include <string>

#include "engine/machine/migration.hpp"

namespace xueji {

/// Both must outlive it.
struct Successor {
  const Definition& definition;
  const Migration& migration;

  /// What the state is called there, also one that is gone: acts in it go on under that name.
  std::string key_of(const State& state) const {
    return definition.state(state.key) ? state.key : renamed(migration, state.key);
  }
};

}  // namespace xueji
