#include "engine/verify/subject_kinds.hpp"

#include <algorithm>
#include <array>

#include "engine/machine/decide.hpp"

namespace xueji {
namespace {

struct Chain {
  const char* name;
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

SubjectKind kind_of(const Definition& definition, const Chain& chain) {
  std::vector<Office> offices;
  OfficeId above;
  for (const Level level : chain.levels) {
    const OfficeId id{static_cast<std::int64_t>(offices.size()) + 1};
    offices.push_back({id, to_string(id), std::string(to_string(level)), level, above});
    above = id;
  }
  SubjectKind kind{chain.name, OfficeTree(std::move(offices)), above, std::nullopt};
  kind.opener = resolve(definition.opened_by, Places{above, {}}, kind.offices);
  return kind;
}

}  // namespace

std::optional<Holder> SubjectKind::holder_of(const ActorExpression& actor) const {
  return resolve(actor, places(), offices);
}

IsHeld SubjectKind::is_held() const {
  return [this](const State& state) { return xueji::holder_of(state, places(), offices).has_value(); };
}

Level SubjectKind::level_of(const Holder& holder) const { return offices.find(holder.office)->level; }

std::vector<SubjectKind> subject_kinds(const Definition& definition) {
  std::vector<SubjectKind> kinds;
  for (const Chain& chain : chains()) kinds.push_back(kind_of(definition, chain));
  return kinds;
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
