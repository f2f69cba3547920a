#include "engine/authority/stage.hpp"

#include <algorithm>

namespace xueji {
namespace {

constexpr std::size_t school_code_digits = 10;

struct Category {
  std::string_view digits;
  Stage stage;
};
constexpr std::array<Category, 4> categories{
    {{"21", Stage::primary}, {"31", Stage::junior}, {"34", Stage::senior}, {"51", Stage::special}}};

}  // namespace

std::optional<Stage> stage_of_school(std::string_view code) {
  const auto found = std::find_if(categories.begin(), categories.end(),
                                  [&](const Category& each) { return code.starts_with(each.digits); });
  if (code.size() != school_code_digits || found == categories.end()) return std::nullopt;
  return found->stage;
}

std::string_view to_string(Stage stage) { return stage_words.at(static_cast<std::size_t>(stage)); }

std::optional<Stage> parse_stage(std::string_view word) {
  const auto found = std::find(stage_words.begin(), stage_words.end(), word);
  if (found == stage_words.end()) return std::nullopt;
  return static_cast<Stage>(found - stage_words.begin());
}

}  // namespace xueji
