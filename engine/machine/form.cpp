#include "engine/machine/form.hpp"

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/machine/field_types.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/machine/rows.hpp"

namespace xueji {
namespace {

/// A key within a JSON Pointer.
std::string escaped(std::string_view key) {
  std::string result;
  for (const char c : key) result += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return result;
}

std::size_t count(const std::vector<EvidenceItem>& evidence, const std::string& kind) {
  return static_cast<std::size_t>(
      std::count_if(evidence.begin(), evidence.end(), [&](const EvidenceItem& item) { return item.kind == kind; }));
}

const EvidenceItem* find_upload(const Situation& situation, const std::string& sha256) {
  if (const auto own = situation.uploads.find(sha256); own != situation.uploads.end()) return &own->second;
  if (!situation.request) return nullptr;
  for (const EvidenceItem& item : situation.request->evidence)
    if (item.sha256 == sha256) return &item;
  return nullptr;
}

bool lists(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Text not_with_this_action() { return {"此操作不能修改这一项", "This action cannot change it"}; }

Text elsewhere(const Field& field) {
  if (field.each)
    return {"此项逐名学生填写，请填在 subjects 中", "This is filled in for each student: write it under `subjects`"};
  return {"此项全件只填一次，请填在 fields 中", "This is filled in once for all: write it under `fields`"};
}

void complain_of_rows(const std::vector<RowFault>& wrong, const std::string& pointer, FormFaults& faults) {
  for (const RowFault& fault : wrong) {
    std::string at = pointer;
    if (fault.row) at += '/' + std::to_string(*fault.row);
    if (!fault.key.empty()) at += '/' + escaped(fault.key);
    faults.complain(std::move(at), fault.message);
  }
}

Text fill_in(const Field& field) { return {"请填写“" + field.title.zh + "”", "Fill in \"" + field.title.en + "\""}; }

}  // namespace

Complaint check_item(const EvidenceItem& item, const EvidenceKind& kind) {
  const auto& types = kind.media_types;
  if (std::find(types.begin(), types.end(), item.media_type) == types.end()) {
    std::string wanted;
    for (const auto& type : types) wanted += (wanted.empty() ? "" : ", ") + type;
    return Text{"“" + kind.title.zh + "”的文件类型应为 " + wanted + "，实际为 " + item.media_type,
                "\"" + kind.title.en + "\" takes " + wanted + ", and this is " + item.media_type};
  }
  if (item.size > static_cast<std::int64_t>(kind.max_bytes))
    return Text{"“" + kind.title.zh + "”的单个文件不能超过 " + std::to_string(kind.max_bytes) + " 字节",
                "A file of \"" + kind.title.en + "\" has at most " + std::to_string(kind.max_bytes) + " bytes"};
  return std::nullopt;
}

void take_form(const Situation& situation, const Perform& given, const State& state, const Action& action,
               Request& request, FormFaults& faults) {
  const bool whole = state.kind == StateKind::draft && &action != &comment_action();
  if (given.fields) {
    for (const auto& [key, value] : *given.fields)
      if (!whole && !lists(action.fields, key)) faults.complain("/fields/" + escaped(key), not_with_this_action());
    std::erase_if(request.fields, [&](const auto& field) {
      return whole || (lists(action.fields, field.first) && given.fields->contains(field.first));
    });
    request.fields.merge(take_fields(situation, *given.fields, faults));
  }
  if (given.evidence) {
    for (std::size_t position = 0; !whole && position < given.evidence->size(); ++position)
      if (!lists(action.evidence, (*given.evidence)[position].kind))
        faults.complain("/evidence/" + std::to_string(position) + "/kind", not_with_this_action());
    std::erase_if(request.evidence,
                  [&](const EvidenceItem& item) { return whole || lists(action.evidence, item.kind); });
    const auto taken = take_evidence(situation, *given.evidence, faults);
    request.evidence.insert(request.evidence.end(), taken.begin(), taken.end());
  }
}

FieldValues take_values(const Situation& situation, const FieldValues& given, FilledIn how, const std::string& pointer,
                        FormFaults& faults) {
  FieldValues taken;
  for (const auto& [key, typed] : given) {
    const std::string at = pointer + escaped(key);
    const Field* field = situation.definition.field(key);
    if (!field) {
      faults.complain(at, {"本业务没有这一项", "This business has no such field"});
      continue;
    }
    if (field->each != (how == FilledIn::for_each)) {
      faults.complain(at, elsewhere(*field));
      continue;
    }
    const std::string value = normalise_field(*field, typed);
    if (is_blank(value)) continue;
    const Date today = china_date(situation.now);
    if (field->type == FieldType::rows)
      complain_of_rows(faults_of_rows(*field, value, situation.offices, today), at, faults);
    else if (auto complaint = check_field(*field, value, situation.offices, today))
      faults.complain(at, *complaint);
    taken[key] = value;
  }
  return taken;
}

FieldValues take_fields(const Situation& situation, const FieldValues& given, FormFaults& faults) {
  return take_values(situation, given, FilledIn::once, "/fields/", faults);
}

std::vector<EvidenceItem> take_evidence(const Situation& situation, const std::vector<EvidenceReference>& given,
                                        FormFaults& faults) {
  std::vector<EvidenceItem> taken;
  for (std::size_t position = 0; position < given.size(); ++position) {
    const EvidenceReference& reference = given[position];
    const std::string pointer = "/evidence/" + std::to_string(position);
    const EvidenceKind* kind = situation.definition.evidence_kind(reference.kind);
    const EvidenceItem* upload = find_upload(situation, reference.sha256);
    if (!kind)
      faults.complain(pointer + "/kind", {"本业务没有这种材料", "This business takes no such kind of evidence"});
    if (!upload)
      faults.complain(pointer + "/sha256",
                      {"找不到该上传文件，请先上传", "There is no such upload of yours; upload it first"});
    if (!kind || !upload) continue;
    if (auto complaint = check_item(*upload, *kind)) faults.complain(pointer + "/sha256", *complaint);
    EvidenceItem item = *upload;
    item.kind = reference.kind;
    if (std::find(taken.begin(), taken.end(), item) != taken.end())
      faults.complain(pointer + "/sha256", {"同一文件重复提交", "The same file is given twice"});
    taken.push_back(std::move(item));
  }
  check_evidence_maximum(situation.definition, taken, faults);
  return taken;
}

void check_evidence_maximum(const Definition& definition, const std::vector<EvidenceItem>& evidence,
                            FormFaults& faults) {
  for (const EvidenceKind& kind : definition.evidence)
    if (count(evidence, kind.kind) > kind.max)
      faults.complain("/evidence", {"“" + kind.title.zh + "”最多 " + std::to_string(kind.max) + " 份",
                                    "\"" + kind.title.en + "\": at most " + std::to_string(kind.max)});
}

void check_complete(const Situation& situation, const Request& request, FormFaults& faults) {
  const Definition& definition = situation.definition;
  const auto values = submission_guard_values(definition, request, records_of(situation));
  for (const Field& field : definition.fields)
    if (field.required && !field.each && !request.fields.contains(field.key))
      faults.complain("/fields/" + escaped(field.key), fill_in(field));
  for (const Field& field : definition.fields)
    if (const auto filled_in = request.fields.find(field.key);
        field.type == FieldType::rows && filled_in != request.fields.end())
      complain_of_rows(gaps_of_rows(field, filled_in->second), "/fields/" + escaped(field.key), faults);
  if (faults.complaints.empty())
    for (const Rule& rule : definition.require)
      if (!rule.guard.holds(values)) faults.complain("/fields", rule.otherwise);
  for (const EvidenceKind& kind : definition.evidence) {
    if (count(request.evidence, kind.kind) >= kind.min || (kind.when && !kind.when->holds(values))) continue;
    faults.missing_evidence.push_back({"/evidence",
                                       {"请上传“" + kind.title.zh + "”，至少 " + std::to_string(kind.min) + " 份",
                                        "Upload \"" + kind.title.en + "\": at least " + std::to_string(kind.min)}});
  }
}

void check_still_complete(const Situation& situation, const Request& before, const Request& after, FormFaults& faults) {
  if (before.fields == after.fields && before.evidence == after.evidence) return;
  check_complete(situation, after, faults);
  for (const Field& field : situation.definition.fields)
    if (!field.required && is_needed_by_effects(situation.definition, field) && before.fields.contains(field.key) &&
        !after.fields.contains(field.key))
      faults.complain("/fields/" + escaped(field.key), fill_in(field));
}

FieldValues values_before(const Definition& definition, const FieldValues& fields, const Student& student) {
  FieldValues before;
  if (definition.subject.several()) return before;
  for (const Field& field : definition.fields)
    if (!field.member().empty() && fields.contains(field.key)) before[field.key] = member_text(student, field.member());
  return before;
}

std::optional<Refusal> refusal_of(const FormFaults& faults) {
  Refusal refusal;
  if (!faults.complaints.empty()) {
    refusal.kind = RefusalKind::validation;
    refusal.detail = {"填写的内容有误，请更正后再提交", "Something filled in is not right; correct it and try again"};
    refusal.complaints = faults.complaints;
    return refusal;
  }
  if (faults.missing_evidence.empty()) return std::nullopt;
  refusal.kind = RefusalKind::missing_evidence;
  refusal.detail = {"缺少佐证材料，请上传后再提交", "Evidence is missing; upload it and try again"};
  refusal.complaints = faults.missing_evidence;
  return refusal;
}

}  // namespace xueji
