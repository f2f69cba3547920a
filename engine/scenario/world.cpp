#include "engine/scenario/world.hpp"

#include <algorithm>
#include <stdexcept>

namespace xueji {
namespace {

constexpr OfficeId ministry{1};

std::vector<Level> levels_from_above(std::size_t offices) {
  if (offices == 2) return {Level::province, Level::school};
  if (offices == 3) return {Level::province, Level::county, Level::school};
  if (offices == 4) return {Level::province, Level::prefecture, Level::county, Level::school};
  return {Level::province, Level::prefecture, Level::county, Level::township, Level::school};
}

/// Six digits, as numbers of the pupils there have them.
std::string division_of(OfficeId id) {
  constexpr std::int64_t first = 110'000;
  return std::to_string(first + id.value);
}

struct Builder {
  std::vector<Office> offices{{ministry, "100000", "教育部", Level::ministry, {}}};

  OfficeId add(const std::string& name, Level level, OfficeId supervisor) {
    const OfficeId id{static_cast<std::int64_t>(offices.size()) + 1};
    offices.push_back({id, level == Level::school ? to_string(id) : division_of(id), name, level, supervisor});
    return id;
  }

  void equip(OfficeId id, const ScenarioSchool& school) {
    Office& office = *std::find_if(offices.begin(), offices.end(), [&](const Office& each) { return each.id == id; });
    office.stages = school.stages;
    office.system = school.system;
  }
};

/// The school of that chain; offices that stand there already under the same ones are taken.
OfficeId add_chain(Builder& builder, const std::vector<std::string>& names) {
  OfficeId above = ministry;
  auto name = names.rbegin();
  for (const Level level : levels_from_above(names.size())) {
    const auto known = std::find_if(builder.offices.begin(), builder.offices.end(), [&](const Office& office) {
      return office.supervisor == above && office.level == level && office.name == *name;
    });
    above = known == builder.offices.end() ? builder.add(*name, level, above) : known->id;
    ++name;
  }
  return above;
}

}  // namespace

ScenarioWorld::ScenarioWorld(const Scenario& scenario) : scenario_(scenario) {
  Builder builder;
  school_ = add_chain(builder, scenario.offices);
  const OfficeTree own{builder.offices};
  const Office* own_county = own.at_level(school_, Level::county);
  const OfficeId above_county = own_county ? own_county->supervisor : ministry;
  if (!scenario.other_offices.empty()) {
    other_school_ = add_chain(builder, scenario.other_offices);
  } else if (above_county == ministry) {
    const OfficeId province = builder.add("另一省", Level::province, ministry);
    other_school_ = builder.add("另一学校", Level::school, province);
  } else {
    const OfficeId county = builder.add("另一县", Level::county, above_county);
    other_school_ = builder.add("另一学校", Level::school, county);
    builder.add("另一省", Level::province, ministry);
  }
  builder.equip(school_, scenario.school);
  builder.equip(other_school_, scenario.other_school);
  offices_ = OfficeTree(std::move(builder.offices));
}

OfficeId ScenarioWorld::office_of(const PersonWord& person) const {
  const OfficeId school = person.which == Which::other ? other_school_ : school_;
  if (person.which == Which::other && person.level == Level::province) {
    const OfficeId own = offices_.at_level(school_, Level::province)->id;
    for (const Office& office : offices_.all())
      if (office.level == Level::province && office.id != own) return office.id;
  }
  if (const Office* office = offices_.at_level(school, person.level)) return office->id;
  throw std::invalid_argument("no " + std::string(to_string(person.level)) + " stands above this school");
}

FieldValues ScenarioWorld::filled_in(const Definition& definition, FieldValues fields) const {
  for (auto& [key, value] : fields) {
    const Field* field = definition.field(key);
    if (!field || (field->type != FieldType::school && field->type != FieldType::office)) continue;
    for (const Office& office : offices_.all())
      if (office.name == value) {
        value = to_string(office.id);
        break;
      }
  }
  return fields;
}

const Caller& ScenarioWorld::person(const std::string& word) {
  if (const auto known = people_.find(word); known != people_.end()) return known->second;
  const auto named = scenario_.people.find(word);
  const auto posts = named == scenario_.people.end() ? std::vector{*parse_person(word)} : named->second;
  Caller caller;
  caller.account = AccountId{static_cast<std::int64_t>(people_.size()) + 1};
  caller.username = caller.name = word;
  for (const PersonWord& each : posts) {
    Post post;
    post.id = PostId{caller.account.value * 16 + static_cast<std::int64_t>(caller.posts.size())};
    post.account = caller.account;
    post.office = office_of(each);
    post.role = each.role;
    caller.posts.push_back(post);
  }
  return people_.emplace(word, std::move(caller)).first->second;
}

std::string ScenarioWorld::word_of(const Holder& holder) const {
  if (holder.role == Role::system) return "system";
  const Office* office = offices_.find(holder.office);
  const bool usual = office && offices_.contains(holder.office, school_);
  return to_string(
      PersonWord{usual ? Which::usual : Which::other, office ? office->level : Level::school, holder.role});
}

std::string ScenarioWorld::word_of(AccountId account) const {
  for (const auto& [word, caller] : people_)
    if (caller.account == account) return word;
  return account ? "somebody" : "nobody";
}

}  // namespace xueji
