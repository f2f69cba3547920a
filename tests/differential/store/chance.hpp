// Chance that repeats itself from its seed, and the texts that people and their keyboards bring.
#pragma once
#include <cstdint>
#include <random>
#include <string>

#include "engine/registry/student.hpp"

namespace xueji::differential {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  /// From 0 to `bound` - 1.
  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool percent(std::size_t share) { return below(100) < share; }
  template <class Range>
  const auto& pick(const Range& range) {
    return range[below(std::size(range))];
  }
  std::uint64_t bits() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

/// A name that check_person_name() takes: common, rare, dotted, composed and decomposed, in both cases.
std::string some_name(Chance& chance);
/// A comment or reason: ordinary, empty, with spaces at the end, with every sign that SQL, JSON or a scanner of
/// placeholders could stumble over, now and then as long as a field takes.
std::string some_text(Chance& chance);
std::string some_id_number(Chance& chance);
/// 64 hexadecimal digits.
std::string some_hash(Chance& chance);

}  // namespace xueji::differential
