#include "engine/simulation/configuration_table.hpp"

#include <stdexcept>

namespace xueji {

StateNumber number_of(const Definition& definition, const std::string& word) {
  const std::size_t states = definition.states.size();
  if (word == join_word) return static_cast<StateNumber>(states);
  if (word == stop_word) return static_cast<StateNumber>(states + 1);
  const std::size_t position = definition.order(word);
  if (position == states) throw std::logic_error("the definition has no state '" + word + "'");
  return static_cast<StateNumber>(position);
}

ConfigurationTable::ConfigurationTable(const Definition& definition, std::vector<bool> is_held)
    : definition_(definition), is_held_(std::move(is_held)) {
  const auto words = static_cast<StateNumber>(definition.states.size() + 2);
  for (StateNumber word = 0; word < words; ++word)
    passed_on_.push_back(number_of(definition, xueji::passed_on(definition, word_of(word), held())));
  initial_ = number(initial_configuration(definition));
}

StateNumber ConfigurationTable::passed_on(StateNumber to) const { return passed_on_[to]; }

IsHeld ConfigurationTable::held() const {
  return [this](const State& state) { return is_held_[definition_.order(state.key)]; };
}

std::string ConfigurationTable::word_of(StateNumber number) const {
  const std::size_t states = definition_.states.size();
  if (number < states) return definition_.states[number].key;
  return std::string(number == states ? join_word : stop_word);
}

ConfigurationTable::After ConfigurationTable::after(std::uint32_t configuration, StateNumber from, StateNumber to) {
  const std::uint64_t key = (std::uint64_t{configuration} << 32) | (std::uint64_t{from} << 16) | to;
  if (const auto known = moves_.find(key); known != moves_.end()) return known->second;
  Moved moved = led_to(definition_, configurations_[configuration], definition_.states[from].key, word_of(to), held());
  const bool whole = !moved.branch;
  const After result{number(std::move(moved.configuration)), whole};
  moves_.emplace(key, result);
  return result;
}

std::uint32_t ConfigurationTable::number(StateConfiguration configuration) {
  const auto [place, is_new] = numbers_.emplace(configuration, static_cast<std::uint32_t>(entries_.size()));
  if (!is_new) return place->second;
  Entry entry{number_of(definition_, configuration.state), !configuration.branches.empty(), {}};
  if (!entry.is_parallel) entry.tokens.push_back(entry.state);
  for (const auto& branch : configuration.branches) {
    const StateNumber state = number_of(definition_, branch);
    entry.tokens.push_back(state < definition_.states.size() ? state : no_state);
  }
  entries_.push_back(std::move(entry));
  configurations_.push_back(std::move(configuration));
  return place->second;
}

}  // namespace xueji
