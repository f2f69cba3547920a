#include "engine/runtime/candidate.hpp"

#include "engine/definition/effects.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/registry/names.hpp"

namespace xueji {

Student candidate_of(const CheckSubject& subject) {
  const FieldValues& fields = subject.request.fields;
  return record_after(subject.definition, fields, subject.student,
                      guard_values(subject.definition, fields, {subject.offices, subject.student}), subject.now);
}

std::set<std::string> identities_of(const Student& candidate) {
  std::set<std::string> identities;
  if (candidate.id_number) identities.insert("id " + *candidate.id_number);
  identities.insert("person " + to_string(candidate.birth_date) + " " + std::string(to_string(candidate.sex)) + " " +
                    search_key(candidate.name));
  return identities;
}

}  // namespace xueji
