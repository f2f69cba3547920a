// The small phrases inside a definition: actors, deadlines, durations, counts. Each gives a value or says which word
// does not fit.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "engine/definition/definition.hpp"

namespace xueji {

struct PhraseFault {
  std::size_t offset = 0;  ///< bytes into the phrase
  std::string what;
  std::string advice;
};

template <class Value>
using Phrase = std::variant<Value, PhraseFault>;

struct CountRange {
  std::size_t min = 0;
  std::size_t max = 0;
};

/// "reviewer at authority of student.school", with the author's own words for places beside the engine's. `any school`
/// is known where `places` are given. The position is left for the caller.
Phrase<ActorExpression> parse_actor(std::string_view phrase, const std::vector<NamedPlace>* places = nullptr);
/// One of place_words.hpp for that word, the engine's or the author's; empty for no place.
std::string place_named(std::string_view word, const Definition& definition);
/// "5 working days", 1 to 250.
Phrase<int> parse_working_days(std::string_view phrase);
/// "2 working days before", 1 to 250.
Phrase<int> parse_working_days_before(std::string_view phrase);
/// "15 working days", 0 to 250.
Phrase<int> parse_any_working_days(std::string_view phrase);
/// "first day of spring semester", "5 working days", "window transfer opens".
Phrase<WaitMoment> parse_wait(std::string_view phrase);
/// "5 seconds", "10 minutes", "1 hour", up to 7 days.
Phrase<std::chrono::seconds> parse_duration(std::string_view phrase);
/// "1..6" or "3"; the upper end from 1 to 100.
Phrase<CountRange> parse_count(std::string_view phrase);

}  // namespace xueji
