// What holds of every record, whatever a definition says: the registry's own invariants. Effects of requests, imports
// and audits ask here.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/registry/changes.hpp"
#include "engine/registry/complaint.hpp"

namespace xueji {

struct Breach {
  std::string_view invariant;  ///< `identity-agrees`, `id-number-is-one-students`, `deceased-is-final`,
                               ///< `merged-is-final`, `merged-from-above-both`,
                               ///< `number-needs-two-officers`, `record-is-at-a-school`,
                               ///< `number-is-one-students`, `retired-is-final`, `number-is-the-id-numbers`,
                               ///< `number-needs-both-checks`, `term-is-a-suspensions`
  Text sentence;               ///< for people
  bool operator==(const Breach&) const = default;
};

/// How changes came about, of what stands: what was returned since does not count.
struct ChangeGrounds {
  bool id_number_is_anothers = false;  ///< another student has the new one
  std::size_t ministry_officers = 0;   ///< different people who approved there
  bool moves_to_no_school = false;     ///< the new office is none, or is not known
  bool is_merged_from_below = false;   ///< the office that decided last stands above one of the two schools only
  bool takes_numbers_over = false;     ///< of a pair: what is new of numbers comes from the record that ends
  bool number_is_anothers = false;     ///< another student has or had the eighteen characters, after whatever letter
  bool both_checks_clear = false;      ///< the national checks, in their latest answers
};

/// What cannot be in a record as it stands, for people: a name or an ID number that an import would refuse, an ID
/// number that does not agree with the sex and the birth date, a term of whoever is not suspended. A transfer looks for
/// it before the record goes over (A7).
Complaint wrong_data_of(const Student& student);

/// Of changes that are planned, each invariant once. Records that breach one already may change in other members.
std::vector<Breach> breaches_of(const Student& before, std::span<const RegistryChange> changes,
                                const ChangeGrounds& grounds);

}  // namespace xueji
