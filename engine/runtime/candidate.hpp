// The student's record as it would be with the request's changes: what the national checks are asked about.
#pragma once
#include <set>
#include <string>

#include "engine/registry/student.hpp"
#include "engine/runtime/checks.hpp"

namespace xueji {

Student candidate_of(const CheckSubject& subject);

/// What no two answers may give to students at the same time: the ID number, and name with birth date and sex.
std::set<std::string> identities_of(const Student& candidate);

}  // namespace xueji
