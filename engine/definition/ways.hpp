// The ways of a choice: which one is taken, and where it leads.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/configuration.hpp"
#include "engine/definition/definition.hpp"

namespace xueji {

/// What the machine's act is called that takes one.
inline constexpr std::string_view chosen_word = "chosen";

/// The position of the first way whose condition holds. The loader makes sure that there is one.
std::size_t way_taken(const State& choice, const Guard::Lookup& values);

/// Which way is taken from a choice, by its position.
using WayOf = std::function<std::size_t(const State& choice)>;

/// Goes on from the choice in which the configuration stands, and from those behind it, on the ways that are taken;
/// elsewhere it stays. `through` gains the choices and the notices that it comes through. Throws as led_to(), and where
/// a join behind a choice leads back to it.
StateConfiguration led_on(const Definition& definition, StateConfiguration configuration, const WayOf& way_of,
                          const IsHeld& is_held, std::vector<std::string>& through);

}  // namespace xueji
