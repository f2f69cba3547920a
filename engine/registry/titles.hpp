// What the words of a student's record are called.
#pragma once
#include <string_view>

#include "engine/base/text.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

/// As within a sentence: `在校`, `in school`.
const Text& title_of(StudentStatus status);
const Text& title_of(Sex sex);
/// `正式学籍号`, `official number`.
const Text& title_of(NumberKind kind);
const Text& title_of(NumberState state);
/// Of one of `grade_words`: `七年级`, `grade 7`.
Text title_of_grade(std::string_view grade);

}  // namespace xueji
