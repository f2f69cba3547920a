#include "engine/simulation/simulated_offices.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xueji {
namespace {

constexpr std::size_t municipality_every = 4, first_municipality = 1;

/// Offices are asked for by their number, in order, and come into being with those above them.
class Builder {
 public:
  explicit Builder(const OfficeProportions& proportions) : proportions_(proportions) {}

  OfficeId school(std::size_t number) {
    return add(Level::school, county(number / count(proportions_.schools_of_county)), "第{}学校", number);
  }
  OfficeTree finish() && { return OfficeTree(std::move(offices_)); }

 private:
  static std::size_t count(int number) { return static_cast<std::size_t>(number); }

  OfficeId county(std::size_t number) {
    if (number == counties_.size())
      counties_.push_back(
          add(Level::county, prefecture(number / count(proportions_.counties_of_prefecture)), "第{}县", number));
    return counties_[number];
  }
  OfficeId prefecture(std::size_t number) {
    const std::size_t in_province = number / count(proportions_.prefectures_of_province);
    const OfficeId above = province(in_province);
    if (in_province % municipality_every == first_municipality) return above;
    prefectures_.resize(std::max(prefectures_.size(), number + 1));
    if (!prefectures_[number]) prefectures_[number] = add(Level::prefecture, above, "第{}市", number);
    return prefectures_[number];
  }
  OfficeId province(std::size_t number) {
    if (number == provinces_.size()) provinces_.push_back(add(Level::province, ministry_, "第{}省", number));
    return provinces_[number];
  }
  OfficeId add(Level level, OfficeId supervisor, fmt::format_string<std::size_t> name, std::size_t number) {
    const OfficeId id{static_cast<std::int64_t>(offices_.size()) + 1};
    offices_.push_back({id, to_string(id), fmt::format(name, number + 1), level, supervisor});
    return id;
  }

  const OfficeProportions& proportions_;
  std::vector<Office> offices_;
  OfficeId ministry_ = add(Level::ministry, {}, "教育部（{}）", 0);
  std::vector<OfficeId> provinces_, prefectures_, counties_;
};

}  // namespace

SimulatedOffices make_offices(const OfficeProportions& proportions, RandomStream& random) {
  Builder builder(proportions);
  SimulatedOffices made;
  for (int school = 0; school < proportions.schools; ++school) {
    const double size = proportions.students_of_school * (0.2 + 1.6 * random.share());
    const auto students = std::max(std::uint32_t{1}, static_cast<std::uint32_t>(size));
    made.schools.push_back({builder.school(static_cast<std::size_t>(school)), made.students, students});
    made.students += students;
  }
  made.tree = std::move(builder).finish();
  return made;
}

}  // namespace xueji
