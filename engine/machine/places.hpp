// The places of a request: which offices take part in it, by the words that its definition has for them.
#pragma once
#include <string_view>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/definition/configuration.hpp"
#include "engine/definition/definition.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

struct Places {
  OfficeId school;                  ///< `student.school`
  OfficeId initiator;               ///< `initiator.office`; none before the request is opened
  std::vector<OfficeId> schools{};  ///< `students`: of a pair, by ordinal; else empty
  OfficeId named{};                 ///< the school that a field names; none before the first submission

  /// None for a word that the request has no place for.
  OfficeId at(std::string_view word) const;
  /// Each once.
  std::vector<OfficeId> offices() const;
  bool operator==(const Places&) const = default;
};

Places places_of(const Request& request);
/// As they will be once the form is submitted as it stands in the draft; elsewhere as they are.
Places places_ahead(const Definition& definition, const Request& request);
/// Pins the school that the form names as it is submitted, where the definition has such a place: it takes part from
/// now on, also where its part had ended before.
void pin_place(const Definition& definition, Request& request);
/// Those that see the whole request, with all above them: its places, but the student's school only once it was filed,
/// and a school that a field names not once its part has ended. sight.hpp says what an office sees of it.
std::vector<OfficeId> offices_in_sight(const Request& request);
/// Whether that school was named, and takes no part now.
bool has_part_ended(const Request& request, OfficeId school);
/// As they would be for a student of that school, opened by the post that may; without initiator where the tree has no
/// such office, or where any school may and `opener` is not given.
Places places_if_opened(const Definition& definition, OfficeId school, const OfficeTree& offices, OfficeId opener = {});

/// What a guard's path means: an office's id, missing where the tree has none. Nothing for a path that is no office's.
std::optional<GuardValue> office_value(std::string_view path, const Places& places, const OfficeTree& offices);

/// The office that the words name; null where the tree has none.
const Office* resolve(const OfficeExpression& expression, const Places& places, const OfficeTree& offices);
/// As resolve(), each once: of a pair's `registrar at schools of students` there may be two.
std::vector<Holder> resolve_all(const ActorExpression& actor, const Places& places, const OfficeTree& offices);
/// The post of "reviewer at authority of student.school"; nothing where the tree has no such office.
std::optional<Holder> resolve(const ActorExpression& actor, const Places& places, const OfficeTree& offices);
/// Who holds a request in that state: its actor, or where no person acts the machine, role `system`: at the ministry
/// for national checks, else at the school. Nobody in an end, nor where the tree has no such office, nor in a state
/// whose `when` does not hold for these places.
std::optional<Holder> holder_of(const State& state, const Places& places, const OfficeTree& offices);
/// Whether somebody holds a state, for these places; an end needs nobody. The tree must outlive the answer.
IsHeld held_at(const Places& places, const OfficeTree& offices);

}  // namespace xueji
