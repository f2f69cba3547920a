#include "engine/simulation/configuration_table.hpp"

#include <stdexcept>

namespace xueji {

ConfigurationTable::ConfigurationTable(const Definition& definition) : definition_(definition) {
  initial_ = number(initial_configuration(definition));
}

StateNumber ConfigurationTable::number_of(const std::string& word) const {
  const std::size_t states = definition_.states.size();
  if (word == join_word) return static_cast<StateNumber>(states);
  if (word == stop_word) return static_cast<StateNumber>(states + 1);
  const std::size_t position = definition_.order(word);
  if (position == states) throw std::logic_error("the definition has no state '" + word + "'");
  return static_cast<StateNumber>(position);
}

bool ConfigurationTable::is_outside(StateNumber to) const {
  return to < definition_.states.size() && definition_.states[to].parallel.empty();
}

std::uint32_t ConfigurationTable::after(std::uint32_t configuration, StateNumber from, StateNumber to) {
  const std::uint64_t key = (std::uint64_t{configuration} << 32) | (std::uint64_t{from} << 16) | to;
  if (const auto known = moves_.find(key); known != moves_.end()) return known->second;
  const std::size_t states = definition_.states.size();
  const std::string word = to < states    ? definition_.states[to].key
                           : to == states ? std::string(join_word)
                                          : std::string(stop_word);
  const auto result = number(led_to(definition_, configurations_[configuration], definition_.states[from].key, word));
  moves_.emplace(key, result);
  return result;
}

std::uint32_t ConfigurationTable::number(Configuration configuration) {
  const auto [place, is_new] = numbers_.emplace(configuration, static_cast<std::uint32_t>(entries_.size()));
  if (!is_new) return place->second;
  Entry entry{number_of(configuration.state), !configuration.branches.empty(), {}};
  if (!entry.is_parallel) entry.tokens.push_back(entry.state);
  for (const auto& branch : configuration.branches) {
    const StateNumber state = number_of(branch);
    entry.tokens.push_back(state < definition_.states.size() ? state : no_state);
  }
  entries_.push_back(std::move(entry));
  configurations_.push_back(std::move(configuration));
  return place->second;
}

}  // namespace xueji
