// The shape Subject: one of the students that a request is about.
#pragma once
#include "web/shapes/json_student.hpp"

namespace xueji::web {

/// `student`, `students` or `pair`.
std::string_view subject_word(SubjectRule::Kind kind);

/// What a request about so many students is called by the name of the first: the name alone where there is one.
Text name_of_students(const std::string& first, int count, SubjectRule::Kind kind);

/// Who a request is about, as it is shown to the caller; of a batch numbers as in lists.
void write_subject(JsonWriter& json, const SubjectRow& row, const Request& request,
                   const std::vector<Claimer>& claimers, const Caller& caller, const Rendering& rendering,
                   const GoesOnOf& goes_on_of);

}  // namespace xueji::web
