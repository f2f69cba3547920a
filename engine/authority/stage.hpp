// The stages of schooling that a school stands for.
#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace xueji {

enum class Stage { primary, junior, senior, special };

/// By the first two digits of its code: 21, 31, 34 (complete secondary schools too), 51. Nothing for other kinds of
/// school and for authorities, whose codes have six digits.
std::optional<Stage> stage_of_school(std::string_view code);

/// The years of primary and of junior school (学制): six and three, or five and four.
enum class SchoolSystem { six_three, five_four };

/// The stage of a grade, `1` to `12`; nothing for another text.
std::optional<Stage> stage_of_grade(std::string_view grade, SchoolSystem system);
/// Whether it is the last grade of its stage (毕业年级).
bool is_graduating(std::string_view grade, SchoolSystem system);
/// `6-3`, `5-4`.
std::string_view to_string(SchoolSystem system);
std::optional<SchoolSystem> parse_school_system(std::string_view word);

std::string_view to_string(Stage stage);
std::optional<Stage> parse_stage(std::string_view word);

/// The words an author may write, for messages that name the nearest one.
inline constexpr std::array<std::string_view, 4> stage_words{"primary", "junior", "senior", "special"};

}  // namespace xueji
