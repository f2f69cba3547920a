// The shape Student.
#pragma once
#include <functional>

#include "engine/machine/request.hpp"
#include "engine/ports/queries.hpp"
#include "web/sessions/people.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// The request that locks a student, and who has claimed it or its branches.
struct OpenRequest {
  Request request;
  std::vector<Claimer> claimers;
};

/// The record that goes on in place of a merged one, as the reader may know it.
struct GoesOn {
  StudentId id{};      ///< none where the reader doesn't see it
  std::string name;    ///< empty where the reader does not see it
  std::string number;  ///< as shown_number(); empty where it has none
};
/// Asks the registry for the record into which another was merged.
using GoesOnOf = std::function<GoesOn(StudentId merged_into)>;

/// `open` is the student's open request; null where there is none, or where the reader may not know. `goes_on_of` is
/// asked only of a merged record.
void write_student(JsonWriter& json, const Student& student, const Request* open, const std::vector<Claimer>& claimers,
                   const Rendering& rendering, const GoesOnOf& goes_on_of);
void write_number(JsonWriter& json, const StudentNumber& number, const Rendering& rendering);
/// An ID number or student number: whole where one student is looked at, in lists the division alone. What stands
/// beside it in a list must not say it either: a G number is made of the ID number, and both of the birth date.
std::string shown_number(const std::string& number, const Rendering& rendering);

}  // namespace xueji::web
