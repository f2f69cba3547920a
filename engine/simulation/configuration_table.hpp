// The configurations of a definition as numbers, for a simulation that passes through them a million times. What leads
// where is asked of led_to() once for each move and then remembered.
#pragma once
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "engine/definition/configuration.hpp"

namespace xueji {

/// Position of a state in the definition.
using StateNumber = std::uint16_t;
inline constexpr StateNumber no_state = 0xFFFF;

/// The number of a state, or of `join` or `stop`. Throws std::logic_error for other words.
StateNumber number_of(const Definition& definition, const std::string& word);

class ConfigurationTable {
 public:
  /// `is_held` says of each state, by its number, whether an office holds it: others are passed on.
  ConfigurationTable(const Definition& definition, std::vector<bool> is_held);

  struct Entry {
    StateNumber state = no_state;
    bool is_parallel = false;
    std::vector<StateNumber> tokens;  ///< the state itself, or that of each branch; no_state where one has ended
  };
  const Entry& at(std::uint32_t configuration) const { return entries_[configuration]; }
  std::uint32_t initial() const { return initial_; }
  struct After {
    std::uint32_t configuration = 0;
    bool whole = true;  ///< not only a branch of it moved
  };
  /// As led_to(); `to` is a state of the definition, `join` or `stop`.
  After after(std::uint32_t configuration, StateNumber from, StateNumber to);

  /// As passed_on().
  StateNumber passed_on(StateNumber to) const;

 private:
  std::uint32_t number(StateConfiguration configuration);
  std::string word_of(StateNumber number) const;
  IsHeld held() const;

  const Definition& definition_;
  std::vector<bool> is_held_;
  std::vector<StateNumber> passed_on_;
  std::vector<StateConfiguration> configurations_;
  std::vector<Entry> entries_;
  std::map<StateConfiguration, std::uint32_t> numbers_;
  std::unordered_map<std::uint64_t, After> moves_;
  std::uint32_t initial_ = 0;
};

}  // namespace xueji
