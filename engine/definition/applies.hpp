// Which requests a variant of a business is for.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/authority/role.hpp"
#include "engine/authority/stage.hpp"
#include "engine/base/position.hpp"

namespace xueji {

/// `applies: {place: receiving, provinces: ["440000"], within: province, stages: [senior]}`. All of it must hold.
struct Applies {
  std::string place;                   ///< one of place_words.hpp: whose province and stage are asked
  std::vector<std::string> provinces;  ///< division codes, at least one, in order
  std::optional<Level> within;  ///< the lowest office above both schools stands there or below; nothing: anywhere
  std::vector<Stage> stages;    ///< that the school at the place may stand for, in order; empty: all
  Position position;
};

}  // namespace xueji
