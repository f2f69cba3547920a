// The offices that a simulation plays with: a tree of the wanted proportions, and the students of its schools.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/simulation/random_stream.hpp"

namespace xueji {

/// How wide the tree is. Every fourth province, beginning with the second, is a municipality: its counties stand
/// directly below it.
struct OfficeProportions {
  int schools = 2'000;
  int schools_of_county = 40;
  int counties_of_prefecture = 8;
  int prefectures_of_province = 5;
  int students_of_school = 500;  ///< on average; from a fifth to nine fifths of it
};
inline constexpr int schools_most = 300'000;
inline constexpr int children_most = 10'000;
inline constexpr std::int64_t students_most = 300'000'000;

struct SimulatedSchool {
  OfficeId office;
  std::uint32_t first_student = 0;  ///< students are numbered through, school after school
  std::uint32_t students = 0;
};

struct SimulatedOffices {
  OfficeTree tree;
  std::vector<SimulatedSchool> schools;
  std::uint32_t students = 0;
};

SimulatedOffices make_offices(const OfficeProportions& proportions, RandomStream& random);

}  // namespace xueji
