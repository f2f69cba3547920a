#include "engine/verify/subject_kinds.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "engine/definition/guard_paths.hpp"
#include "engine/machine/decide.hpp"
#include "engine/machine/variants.hpp"

namespace xueji {
namespace {

struct Chain {
  std::string name;
  std::vector<Level> levels;  ///< from the ministry downwards
};

constexpr std::size_t chains_without_townships = 4;

/// A district of a municipality stands as a county directly under its province does.
std::span<const Chain> chains(bool with_townships) {
  using enum Level;
  static const std::array<Chain, 7> all{{
      {"a school under a county of a prefecture", {ministry, province, prefecture, county, school}},
      {"a school under a county or district without a prefecture", {ministry, province, county, school}},
      {"a school directly under a prefecture", {ministry, province, prefecture, school}},
      {"a school directly under its province", {ministry, province, school}},
      {"a school under a township of a county of a prefecture",
       {ministry, province, prefecture, county, township, school}},
      {"a school under a township of a county or district without a prefecture",
       {ministry, province, county, township, school}},
      {"a school under a township of a prefecture", {ministry, province, prefecture, township, school}},
  }};
  return std::span{all}.first(with_townships ? all.size() : chains_without_townships);
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

/// `other` is the initiator's office, the school of the other of a pair, or the one that the form names.
SubjectKind kind_of(const Definition& definition, std::string name, std::vector<Office> offices, OfficeId school,
                    OfficeId other) {
  SubjectKind kind{std::move(name), OfficeTree(std::move(offices)), school, std::nullopt};
  const bool is_pair = definition.subject.kind == SubjectRule::Kind::pair;
  if (is_pair) kind.schools = {school, other};
  kind.opener = resolve(definition.opened_by, Places{school, is_pair ? OfficeId{} : other, kind.schools}, kind.offices);
  if (definition.naming_field()) kind.named = other;
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
  const auto who = other_school(definition).who;
  const auto* const comes = who == OtherSchool::Who::pair    ? ", and "
                            : who == OtherSchool::Who::named ? ", that names "
                                                             : ", opened by ";
  return kind_of(definition, one.name + comes + other.name + " " + where, std::move(offices), school, initiator);
}

void add_kinds_of_two_schools(std::vector<SubjectKind>& kinds, const Definition& definition, const Chain& one,
                              std::span<const Chain> others) {
  for (const Chain& other : others)
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
  const auto is_run_or_no_school = [&](OfficeId id) {
    const Office* office = offices.find(id);
    return !office || office->level != Level::school || is_run(id);
  };
  return is_run(school) && is_run_or_no_school(places().initiator) && is_run_or_no_school(named);
}

bool names_townships(const Definition& definition) {
  const auto named = [](const ActorExpression& actor) {
    return actor.office.step == OfficeExpression::Step::at_level && actor.office.level == Level::township;
  };
  const auto read = [](const Guard& guard) {
    return std::any_of(guard.paths().begin(), guard.paths().end(), [](const std::string& path) {
      const auto office = office_path(path);
      return office && office->step == to_string(Level::township);
    });
  };
  const auto any = [](const auto& all, const auto& is) { return std::any_of(all.begin(), all.end(), is); };
  const auto in_state = [&](const State& state) {
    const auto& deadline = state.deadline;
    return named(state.actor) || (state.when && read(*state.when)) ||
           any(state.ways, [&](const Way& way) { return way.when && read(*way.when); }) ||
           any(state.actions, [&](const Action& action) { return action.by && named(*action.by); }) ||
           (deadline &&
            ((deadline->escalate && named(*deadline->escalate)) || (deadline->tell && named(*deadline->tell))));
  };
  return named(definition.opened_by) || any(definition.states, in_state) ||
         any(definition.open_when, [&](const Rule& rule) { return read(rule.guard); }) ||
         any(definition.require, [&](const Rule& rule) { return read(rule.guard); }) ||
         any(definition.inform, [&](const Inform& rule) { return any(rule.who, named); }) ||
         any(definition.always, [&](const Invariant& sentence) {
           return any(sentence.acts, [](const ActPattern& act) { return act.level == Level::township; });
         });
}

std::vector<SubjectKind> subject_kinds(const Definition& definition, bool with_townships) {
  std::vector<SubjectKind> kinds;
  const auto all = chains(with_townships || names_townships(definition));
  for (const Chain& chain : all) kinds.push_back(kind_of_one_school(definition, chain));
  if (other_school(definition).who != OtherSchool::Who::nobody)
    for (const Chain& chain : all) add_kinds_of_two_schools(kinds, definition, chain, all);
  if (definition.applies)
    std::erase_if(
        kinds, [&](const SubjectKind& kind) { return !is_within(*definition.applies, kind.places(), kind.offices); });
  return kinds;
}

OtherSchool other_school(const Definition& definition) {
  if (const Field* field = definition.naming_field()) return {OtherSchool::Who::named, field->key};
  if (definition.subject.kind == SubjectRule::Kind::pair) return {OtherSchool::Who::pair};
  if (definition.opened_by.office.step == OfficeExpression::Step::any_school) return {OtherSchool::Who::opener};
  return {};
}

bool is_opened_alike(const Definition& one, const Definition& other) {
  return other_school(one) == other_school(other) && level_within(one) == level_within(other);
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
