// The stages of schooling that a school stands for.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"

namespace xueji {

enum class Stage { primary, junior, senior, special };

/// By the first two digits of its code: 21, 31, 34 (complete secondary schools too), 51. Nothing for other kinds of
/// school and for authorities, whose codes have six digits.
std::optional<Stage> stage_of_school(std::string_view code);

/// The years of primary and of junior school (学制): six and three, or five and four.
enum class SchoolSystem { six_three, five_four };

/// The stage of a grade, `1` to `12`; nothing for another text.
std::optional<Stage> stage_of_grade(std::string_view grade, SchoolSystem system);
/// The grades `1` to `12` of that stage, in order; of special education all of them.
std::vector<std::string> grades_of(Stage stage, SchoolSystem system);
/// Whether it is the last grade of its stage (毕业年级).
bool is_graduating(std::string_view grade, SchoolSystem system);
/// `6-3`, `5-4`.
std::string_view to_string(SchoolSystem system);
std::optional<SchoolSystem> parse_school_system(std::string_view word);

std::string_view to_string(Stage stage);
/// As within a sentence: `小学`, `primary school`.
const Text& title_of(Stage stage);
std::optional<Stage> parse_stage(std::string_view word);

/// `primary,junior`; empty for none.
std::string to_string(const std::vector<Stage>& stages);
/// The inverse: in order and each once, however they stand. Nothing where a word is no stage.
std::optional<std::vector<Stage>> parse_stages(std::string_view words);

/// The words an author may write, for messages that name the nearest one.
inline constexpr std::array<std::string_view, 4> stage_words{"primary", "junior", "senior", "special"};

}  // namespace xueji
