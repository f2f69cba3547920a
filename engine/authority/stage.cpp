#include "engine/authority/stage.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace xueji {
namespace {

constexpr std::size_t school_code_digits = 10;

struct Category {
  std::string_view digits;
  Stage stage;
};
/// The last grade of each stage.
struct Years {
  std::string_view word;
  int primary, junior, senior;
};
constexpr std::array<Years, 2> years{{{"6-3", 6, 9, 12}, {"5-4", 5, 9, 12}}};

const Years& years_of(SchoolSystem system) { return years.at(static_cast<std::size_t>(system)); }

/// Nothing for a text that is no grade.
std::optional<int> number_of_grade(std::string_view grade) {
  int number = 0;
  const auto [end, error] = std::from_chars(grade.data(), grade.data() + grade.size(), number);
  if (error != std::errc{} || end != grade.data() + grade.size() || number < 1 || number > years.front().senior)
    return std::nullopt;
  return number;
}

constexpr std::array<Category, 4> categories{
    {{"21", Stage::primary}, {"31", Stage::junior}, {"34", Stage::senior}, {"51", Stage::special}}};

}  // namespace

std::optional<Stage> stage_of_school(std::string_view code) {
  const auto found = std::find_if(categories.begin(), categories.end(),
                                  [&](const Category& each) { return code.starts_with(each.digits); });
  if (code.size() != school_code_digits || found == categories.end()) return std::nullopt;
  return found->stage;
}

std::optional<Stage> stage_of_grade(std::string_view grade, SchoolSystem system) {
  const auto number = number_of_grade(grade);
  if (!number) return std::nullopt;
  const Years& last = years_of(system);
  return *number <= last.primary ? Stage::primary : *number <= last.junior ? Stage::junior : Stage::senior;
}

std::vector<std::string> grades_of(Stage stage, SchoolSystem system) {
  std::vector<std::string> grades;
  for (int number = 1; number <= years_of(system).senior; ++number) {
    std::string grade = std::to_string(number);
    if (stage == Stage::special || stage_of_grade(grade, system) == stage) grades.push_back(std::move(grade));
  }
  return grades;
}

bool is_graduating(std::string_view grade, SchoolSystem system) {
  const auto number = number_of_grade(grade);
  const Years& last = years_of(system);
  return number == last.primary || number == last.junior || number == last.senior;
}

std::string_view to_string(SchoolSystem system) { return years_of(system).word; }

std::optional<SchoolSystem> parse_school_system(std::string_view word) {
  const auto found = std::find_if(years.begin(), years.end(), [&](const Years& each) { return each.word == word; });
  if (found == years.end()) return std::nullopt;
  return static_cast<SchoolSystem>(found - years.begin());
}

const Text& title_of(Stage stage) {
  static const std::array<Text, stage_words.size()> titles{{{"小学", "primary school"},
                                                            {"初中", "junior high"},
                                                            {"高中", "senior high"},
                                                            {"特殊教育", "special education"}}};
  return titles.at(static_cast<std::size_t>(stage));
}

std::string to_string(const std::vector<Stage>& stages) {
  std::string words;
  for (const Stage each : stages) words.append(words.empty() ? "" : ",").append(to_string(each));
  return words;
}

std::optional<std::vector<Stage>> parse_stages(std::string_view words) {
  std::set<Stage> stages;
  while (!words.empty()) {
    const auto end = std::min(words.find(','), words.size());
    const auto stage = parse_stage(words.substr(0, end));
    if (!stage) return std::nullopt;
    stages.insert(*stage);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return std::vector<Stage>(stages.begin(), stages.end());
}

std::string_view to_string(Stage stage) { return stage_words.at(static_cast<std::size_t>(stage)); }

std::optional<Stage> parse_stage(std::string_view word) {
  const auto found = std::find(stage_words.begin(), stage_words.end(), word);
  if (found == stage_words.end()) return std::nullopt;
  return static_cast<Stage>(found - stage_words.begin());
}

}  // namespace xueji
