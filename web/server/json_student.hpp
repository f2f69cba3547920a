// The shape Student.
#pragma once
#include "engine/machine/request.hpp"
#include "engine/ports/queries.hpp"
#include "web/server/people.hpp"
#include "web/server/rendering.hpp"

namespace xueji::web {

/// The request that locks a student, and who has claimed it or its branches.
struct OpenRequest {
  Request request;
  std::vector<Claimer> claimers;
};

/// `open` is the student's open request; null where there is none.
void write_student(JsonWriter& json, const Student& student, const Request* open, const std::vector<Claimer>& claimers,
                   const Rendering& rendering);
void write_number(JsonWriter& json, const StudentNumber& number);
/// The ID number as this reader gets it.
std::string shown_id_number(const std::string& id_number, const Rendering& rendering);

}  // namespace xueji::web
