#include "engine/machine/submission_hash.hpp"

#include "engine/base/named_values.hpp"
#include "engine/base/sha256.hpp"

namespace xueji {
namespace {

constexpr std::string_view form_format = "xueji form 1";
constexpr std::string_view evidence_format = "xueji evidence 1";

void add_values(NamedValues& list, std::string_view name, const FieldValues& values) {
  for (const auto& [key, value] : values) list.add(name, NamedValues().add("key", key).add("value", value).text());
}

std::string form_hash(const Submission& submission) {
  NamedValues list(form_format);
  list.add("round", submission.round);
  add_values(list, "field", submission.fields);
  add_values(list, "before", submission.before);
  if (!submission.subjects.empty()) list.add("subjects", submission.subjects);
  if (!submission.values.empty()) list.add("values", submission.values);
  return sha256_hex(list.text());
}

std::string evidence_hash(const std::vector<EvidenceItem>& evidence) {
  NamedValues list(evidence_format);
  for (const EvidenceItem& item : evidence)
    list.add("scan", NamedValues()
                         .add("sha256", item.sha256)
                         .add("kind", item.kind)
                         .add("filename", item.filename)
                         .add("media_type", item.media_type)
                         .add("size", item.size)
                         .text());
  return sha256_hex(list.text());
}

}  // namespace

PinnedForm pinned(const Submission& submission) {
  return {submission.ordinal, form_hash(submission), evidence_hash(submission.evidence)};
}

}  // namespace xueji
