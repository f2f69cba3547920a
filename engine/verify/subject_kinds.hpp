// The kinds of subject that a definition can meet: which offices stand above the student's school, and where another
// school can take part, above that one too: it opens the request, the form names it, or the other of a pair is there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/definition/configuration.hpp"
#include "engine/definition/definition.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

struct SubjectKind {
  std::string name;  ///< "a school directly under its province", "…, for another school of the same county"
  OfficeTree offices;
  OfficeId school;
  std::optional<Holder> opener;     ///< who may open; nothing where such a school has no such office
  std::vector<OfficeId> schools{};  ///< of a pair each student's; else empty
  OfficeId named{};                 ///< the school that the form names; none where it names none

  Places places() const { return {school, opener ? opener->office : OfficeId{}, schools, named}; }
  /// As the machine resolves it for this kind; nothing where the tree has no such office.
  std::optional<Holder> holder_of(const ActorExpression& actor) const;
  /// Whether its tree has an office for the state, as the machine asks when it moves. It must outlive the answer.
  IsHeld is_held() const;
  Level level_of(const Holder& holder) const;
  /// As most schools are: a prefecture or a province runs the others itself. Both, where two take part.
  bool is_run_by_county() const;
  /// Whether the student is at the opener's own school.
  bool is_opened_at_home() const { return opener && opener->office == school; }
  OfficeId authority() const { return offices.authority_of(school)->id; }
};

/// Whether the definition names the office of a township: to all others schools under one are like those of its county.
bool names_townships(const Definition& definition);

/// Of a variant those that stand within its level. Schools under a township's office only where the definition names
/// one, or another that is proved with it does.
std::vector<SubjectKind> subject_kinds(const Definition& definition, bool with_townships = false);

/// Which other school can take part: whichever opens it, that of the other of a pair, or the one that a field names.
struct OtherSchool {
  enum class Who { nobody, opener, pair, named } who = Who::nobody;
  std::string field{};  ///< that names it
  bool operator==(const OtherSchool&) const = default;
};
OtherSchool other_school(const Definition& definition);

/// Whether both have the same kinds of subject: the same other school or none, within the same level.
bool is_opened_alike(const Definition& one, const Definition& other);

/// Whether posts of that role exist at offices of that level: registrars and heads at schools, reviewers and approvers
/// at authorities, administrators everywhere.
bool post_exists(Role role, Level level);

}  // namespace xueji
