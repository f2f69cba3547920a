// What people fill in: values by type, evidence by kind, and whether a form is complete enough to be submitted.
#pragma once
#include <vector>

#include "engine/machine/decide.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji {

/// What is wrong with a form. Complaints are answered by `validation`, missing evidence by `missing_evidence`.
struct FormFaults {
  std::vector<FieldComplaint> complaints;
  std::vector<FieldComplaint> missing_evidence;
  void complain(std::string pointer, Text message) { complaints.push_back({std::move(pointer), std::move(message)}); }
};

enum class FilledIn {
  once,     ///< in the form
  for_each  ///< by a value for each of several students
};
/// The values in their canonical text, blank ones left out. `pointer` is that of their object, with a stroke behind it.
FieldValues take_values(const Situation& situation, const FieldValues& given, FilledIn how, const std::string& pointer,
                        FormFaults& faults);
/// Those of the form.
FieldValues take_fields(const Situation& situation, const FieldValues& given, FormFaults& faults);

/// The uploads that the references name: the caller's own, or already on the request.
std::vector<EvidenceItem> take_evidence(const Situation& situation, const std::vector<EvidenceReference>& given,
                                        FormFaults& faults);

/// Puts what is given with the action into the request: in a draft the whole form anew, elsewhere only what the action
/// asks for. `situation.request` is where earlier uploads are found.
void take_form(const Situation& situation, const Perform& given, const State& state, const Action& action,
               Request& request, FormFaults& faults);

/// More of a kind than it may have.
void check_evidence_maximum(const Definition& definition, const std::vector<EvidenceItem>& evidence,
                            FormFaults& faults);

/// What is wrong with the file for that kind: its type or its size.
Complaint check_item(const EvidenceItem& item, const EvidenceKind& kind);

/// Required fields, the rules of the whole form, the least evidence.
void check_complete(const Situation& situation, const Request& request, FormFaults& faults);

/// Of an action outside the draft that changed the form: it must be complete still, and what an effect will need must
/// not have been emptied.
void check_still_complete(const Situation& situation, const Request& before, const Request& after, FormFaults& faults);

/// The values that the fields will change, as the registry has them now; none of several students.
FieldValues values_before(const Definition& definition, const FieldValues& fields, const Student& student);

std::optional<Refusal> refusal_of(const FormFaults& faults);

}  // namespace xueji
