#include "engine/verify/subject_kinds.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "engine/machine/decide.hpp"
#include "engine/machine/variants.hpp"

namespace xueji {
namespace {

struct Chain {
  std::string name;
  std::vector<Level> levels;  ///< from the ministry downwards
};

/// A district of a municipality stands as a county directly under its province does.
const std::array<Chain, 4>& chains() {
  using enum Level;
  static const std::array<Chain, 4> all{{
      {"a school under a county of a prefecture", {ministry, province, prefecture, county, school}},
      {"a school under a county or district without a prefecture", {ministry, province, county, school}},
      {"a school directly under a prefecture", {ministry, province, prefecture, school}},
      {"a school directly under its province", {ministry, province, school}},
  }};
  return all;
}

/// Adds an office for each level under `above`; the lowest of them.
OfficeId add_offices(std::vector<Office>& offices, std::span<const Level> levels, OfficeId above) {
  for (const Level level : levels) {
    const OfficeId id{static_cast<std::int64_t>(offices.size()) + 1};
    offices.push_back({id, to_string(id), std::string(to_string(level)), level, above});
    above = id;
  }
  return above;
}

bool is_opened_by_any_school(const Definition& definition) {
  return definition.opened_by.office.step == OfficeExpression::Step::any_school;
}

SubjectKind kind_of(const Definition& definition, std::string name, std::vector<Office> offices, OfficeId school,
                    OfficeId initiator) {
  SubjectKind kind{std::move(name), OfficeTree(std::move(offices)), school, std::nullopt};
  kind.opener = resolve(definition.opened_by, Places{school, initiator}, kind.offices);
  return kind;
}

/// Opened where the student is, or by whoever the definition names.
SubjectKind kind_of_one_school(const Definition& definition, const Chain& chain) {
  std::vector<Office> offices;
  const OfficeId school = add_offices(offices, chain.levels, {});
  return kind_of(definition, chain.name, std::move(offices), school, school);
}

/// Opened by a school of the second chain, both under the same offices down to that level.
SubjectKind kind_of_two_schools(const Definition& definition, const Chain& one, const Chain& other,
                                std::size_t common) {
  std::vector<Office> offices;
  const OfficeId school = add_offices(offices, one.levels, {});
  const OfficeId initiator = add_offices(offices, std::span{other.levels}.subspan(common + 1), offices[common].id);
  const std::string where = one.levels[common] == Level::ministry
                                ? "of another province"
                                : "of the same " + std::string(to_string(one.levels[common]));
  return kind_of(definition, one.name + ", opened by " + other.name + " " + where, std::move(offices), school,
                 initiator);
}

void add_kinds_of_two_schools(std::vector<SubjectKind>& kinds, const Definition& definition, const Chain& one) {
  for (const Chain& other : chains())
    for (std::size_t common = 0; one.levels[common] != Level::school && one.levels[common] == other.levels[common];
         ++common)
      kinds.push_back(kind_of_two_schools(definition, one, other, common));
}

std::optional<Level> level_within(const Definition& definition) {
  return definition.applies ? definition.applies->within : std::nullopt;
}

}  // namespace

std::optional<Holder> SubjectKind::holder_of(const ActorExpression& actor) const {
  return resolve(actor, places(), offices);
}

IsHeld SubjectKind::is_held() const {
  return [this](const State& state) { return xueji::holder_of(state, places(), offices).has_value(); };
}

Level SubjectKind::level_of(const Holder& holder) const { return offices.find(holder.office)->level; }

bool SubjectKind::is_run_by_county() const {
  const auto is_run = [&](OfficeId office) {
    const Office* authority = offices.authority_of(office);
    return authority && authority->level == Level::county;
  };
  const Office* initiator = offices.find(places().initiator);
  return is_run(school) && (!initiator || initiator->level != Level::school || is_run(initiator->id));
}

std::vector<SubjectKind> subject_kinds(const Definition& definition) {
  std::vector<SubjectKind> kinds;
  for (const Chain& chain : chains()) kinds.push_back(kind_of_one_school(definition, chain));
  if (is_opened_by_any_school(definition))
    for (const Chain& chain : chains()) add_kinds_of_two_schools(kinds, definition, chain);
  if (definition.applies)
    std::erase_if(
        kinds, [&](const SubjectKind& kind) { return !is_within(*definition.applies, kind.places(), kind.offices); });
  return kinds;
}

bool is_opened_alike(const Definition& one, const Definition& other) {
  return is_opened_by_any_school(one) == is_opened_by_any_school(other) && level_within(one) == level_within(other);
}

bool post_exists(Role role, Level level) {
  switch (role) {
    case Role::registrar:
    case Role::head:
      return level == Level::school;
    case Role::reviewer:
    case Role::approver:
      return level != Level::school;
    default:
      return true;
  }
}

}  // namespace xueji
