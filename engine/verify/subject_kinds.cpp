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

SubjectKind kind_of(const Definition& definition, const Chain& chain, std::optional<NumberKind> number) {
  std::vector<Office> offices;
  OfficeId above;
  for (const Level level : chain.levels) {
    const OfficeId id{static_cast<std::int64_t>(offices.size()) + 1};
    offices.push_back({id, to_string(id), std::string(to_string(level)), level, above});
    above = id;
  }
  SubjectKind kind{chain.name, OfficeTree(std::move(offices)), above, number, std::nullopt};
  if (number) kind.name += ", a student with a number of kind " + std::string(to_string(*number));
  kind.opener = resolve(definition.opened_by, above, OfficeId{}, kind.offices);
  return kind;
}

bool reads_numbers(const Guard& guard) {
  return std::any_of(guard.paths().begin(), guard.paths().end(),
                     [](const std::string& path) { return path.ends_with("numbers"); });
}

bool reads_numbers(const std::vector<Rule>& rules) {
  return std::any_of(rules.begin(), rules.end(), [](const Rule& rule) { return reads_numbers(rule.guard); });
}

bool looks_at_numbers(const Definition& definition) {
  const auto is_number = [](const Field& field) { return field.type == FieldType::student_number; };
  if (std::any_of(definition.fields.begin(), definition.fields.end(), is_number)) return true;
  if (reads_numbers(definition.open_when) || reads_numbers(definition.require)) return true;
  for (const State& state : definition.states)
    for (const Action& action : state.actions)
      if (reads_numbers(action.when)) return true;
  return false;
}

}  // namespace

std::optional<Holder> SubjectKind::holder_of(const ActorExpression& actor) const {
  return resolve(actor, school, opener ? opener->office : OfficeId{}, offices);
}

IsHeld SubjectKind::is_held() const {
  return [this](const State& state) {
    return xueji::holder_of(state, school, opener ? opener->office : OfficeId{}, offices).has_value();
  };
}

Level SubjectKind::level_of(const Holder& holder) const { return offices.find(holder.office)->level; }

std::vector<SubjectKind> subject_kinds(const Definition& definition) {
  std::vector<std::optional<NumberKind>> numbers{std::nullopt};
  if (looks_at_numbers(definition)) numbers = {NumberKind::G, NumberKind::L, NumberKind::J};
  std::vector<SubjectKind> kinds;
  for (const Chain& chain : chains())
    for (const auto& number : numbers) kinds.push_back(kind_of(definition, chain, number));
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
