#include "engine/machine/subjects.hpp"

#include "engine/base/named_values.hpp"
#include "engine/base/sha256.hpp"

namespace xueji {

StudentId subject_of(const Request& request, const HistoryDraft& entry) {
  return entry.about ? entry.about : request.student;
}

std::string digest_of_subjects(std::span<const Subject> subjects) {
  NamedValues list("xueji subjects 1");
  for (const Subject& each : subjects) {
    NamedValues one;
    one.add("ordinal", each.ordinal).add("student", each.student.value);
    if (each.set_aside) one.add("set_aside", in_two_lines(each.set_aside->reason));
    list.add("subject", one.text());
  }
  return sha256_hex(list.text());
}

}  // namespace xueji
