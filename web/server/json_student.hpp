// The shape Student.
#pragma once
#include "engine/machine/request.hpp"
#include "web/server/people.hpp"
#include "web/server/rendering.hpp"

namespace xueji::web {

/// The request that locks a student, and who has claimed it.
struct OpenRequest {
  Request request;
  Person claimed_by;
};

/// `open` is the student's open request; null where there is none.
void write_student(JsonWriter& json, const Student& student, const Request* open, const Person& claimed_by,
                   const Rendering& rendering);
void write_number(JsonWriter& json, const StudentNumber& number);
/// The ID number as this reader gets it.
std::string shown_id_number(const std::string& id_number, const Rendering& rendering);

}  // namespace xueji::web
