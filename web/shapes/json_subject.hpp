// The shape Subject: one of the students that a request is about.
#pragma once
#include "web/shapes/json_student.hpp"

namespace xueji::web {

/// What a request about so many students is called by the name of the first: the name alone where there is one.
Text name_of_students(const std::string& first, int count);

/// Who a request is about, as it is shown to the caller; numbers as in lists.
void write_subject(JsonWriter& json, const SubjectRow& row, const Request& request,
                   const std::vector<Claimer>& claimers, const Caller& caller, const Rendering& rendering);

}  // namespace xueji::web
