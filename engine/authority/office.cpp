#include "engine/authority/office.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace xueji {

std::vector<Stage> stages_taught(const Office& office) {
  if (office.level != Level::school) return {};
  if (!office.stages.empty()) return office.stages;
  const auto by_code = stage_of_school(office.code);
  return by_code ? std::vector{*by_code} : std::vector<Stage>();
}

std::vector<std::string> grades_taught(const Office& office) {
  std::vector<std::string> grades;
  for (const Stage stage : stages_taught(office))
    for (std::string& grade : grades_of(stage, office.system))
      if (std::find(grades.begin(), grades.end(), grade) == grades.end()) grades.push_back(std::move(grade));
  return grades;
}

std::optional<Stage> stage_at(const Office& school, std::string_view grade) {
  return stage_of_grade(grade, school.system);
}

bool is_graduating_at(const Office& school, std::string_view grade) { return is_graduating(grade, school.system); }

OfficeTree::OfficeTree(std::vector<Office> offices) : offices_(std::move(offices)) {
  for (std::size_t position = 0; position < offices_.size(); ++position)
    if (!index_.emplace(offices_[position].id, position).second)
      throw std::invalid_argument("office " + to_string(offices_[position].id) + " is given twice");
  for (const Office& office : offices_) {
    const Office* above = &office;
    for (std::size_t steps = 0; above->supervisor; ++steps) {
      if (steps > offices_.size()) throw std::invalid_argument("office " + to_string(office.id) + " supervises itself");
      const auto found = index_.find(above->supervisor);
      if (found == index_.end())
        throw std::invalid_argument("office " + to_string(above->id) + " has an unknown supervisor");
      above = &offices_[found->second];
    }
  }
}

const Office* OfficeTree::find(OfficeId id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &offices_[found->second];
}

const Office* OfficeTree::above(OfficeId id) const {
  const Office* office = find(id);
  return office && office->supervisor ? find(office->supervisor) : nullptr;
}

const Office* OfficeTree::authority_of(OfficeId id) const {
  const Office* office = above(id);
  while (office && office->level == Level::township) office = above(office->id);
  return office;
}

const Office* OfficeTree::at_level(OfficeId id, Level level) const {
  for (const Office* office = find(id); office; office = above(office->id))
    if (office->level == level) return office;
  return nullptr;
}

const Office* OfficeTree::common_superior(OfficeId a, OfficeId b) const {
  for (const Office* office = authority_of(a); office; office = authority_of(office->id))
    if (office->id != b && contains(office->id, b)) return office;
  return nullptr;
}

bool OfficeTree::contains(OfficeId upper, OfficeId lower) const {
  for (const Office* office = find(lower); office; office = above(office->id))
    if (office->id == upper) return true;
  return false;
}

std::vector<OfficeId> OfficeTree::chain(OfficeId id) const {
  std::vector<OfficeId> result;
  for (const Office* office = find(id); office; office = above(office->id)) result.push_back(office->id);
  return result;
}

}  // namespace xueji
