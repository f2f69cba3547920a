#include "adapters/sql/request_document.hpp"

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/task_rows.hpp"

namespace xueji::sql {
namespace {

json::object values_to_json(const FieldValues& values, const json::storage_ptr& memory) {
  json::object object(memory);
  for (const auto& [key, value] : values) object.emplace(view(key), view(value));
  return object;
}

FieldValues values_from(const json::value& object) {
  FieldValues values;
  for (const auto& member : object.as_object())
    values.emplace(std::string(member.key().data(), member.key().size()), text_of(member.value()));
  return values;
}

json::array token_to_json(const Token& token, const json::storage_ptr& memory) {
  json::array array(memory);
  array.push_back(to_json(token.holder, memory));
  array.push_back(token.escalated_to ? to_json(*token.escalated_to, memory) : json::value(nullptr));
  array.push_back(token.since.time_since_epoch().count());
  array.push_back(to_json(token.due));
  array.push_back(to_json(token.timer));
  array.push_back(token.reminded);
  array.push_back(token.claimed_by.value);
  array.push_back(to_json(token.claimed_at));
  array.push_back(token.attempts);
  if (const auto& mark = token.undecidable)
    array.push_back(json::array({view(to_string(mark->why)), mark->since.time_since_epoch().count(),
                                 mark->stand_in ? to_json(*mark->stand_in, memory) : json::value(nullptr)},
                                memory));
  else
    array.push_back(nullptr);
  array.push_back(token.number);
  if (token.escalated_number != 0 || token.awaits) array.push_back(token.escalated_number);
  if (token.awaits) array.push_back(token.awaits.value);
  return array;
}

Undecidable mark_from(const json::array& array) {
  Undecidable mark{word(parse_lack(text_of(array.at(0))), "why nobody can decide"), instant_from(array.at(1)), {}};
  if (!array.at(2).is_null()) mark.stand_in = holder_from(array.at(2));
  return mark;
}

void read_token(const json::value& value, Token& token) {
  const auto& array = value.as_array();
  token.holder = holder_from(array.at(0));
  if (!array.at(1).is_null()) token.escalated_to = holder_from(array.at(1));
  token.since = instant_from(array.at(2));
  token.due = optional_instant_from(array.at(3));
  token.timer = optional_instant_from(array.at(4));
  token.reminded = array.at(5).as_bool();
  token.claimed_by = AccountId{array.at(6).as_int64()};
  token.claimed_at = optional_instant_from(array.at(7));
  token.attempts = static_cast<int>(array.at(8).as_int64());
  if (array.size() > 9 && !array.at(9).is_null()) token.undecidable = mark_from(array.at(9).as_array());
  if (array.size() > 10) token.number = array.at(10).as_int64();
  if (array.size() > 11) token.escalated_number = array.at(11).as_int64();
  if (array.size() > 12) token.awaits = RequestId{array.at(12).as_int64()};
}

/// A branch: its state, then as the request's own token.
json::array branch_to_json(const Token& token, const json::storage_ptr& memory) {
  return json::array({view(token.state), token_to_json(token, memory)}, memory);
}

Token branch_from(const json::value& value) {
  Token token;
  token.state = text_of(value.as_array().at(0));
  read_token(value.as_array().at(1), token);
  return token;
}

json::array evidence_to_json(const EvidenceItem& item, const json::storage_ptr& memory) {
  return json::array({view(item.sha256), view(item.kind), view(item.filename), view(item.media_type), item.size},
                     memory);
}

EvidenceItem evidence_from(const json::value& value) {
  const auto& array = value.as_array();
  return {text_of(array.at(0)), text_of(array.at(1)), text_of(array.at(2)), text_of(array.at(3)),
          array.at(4).as_int64()};
}

json::array finding_to_json(const Finding& finding, const json::storage_ptr& memory) {
  return json::array({view(finding.check), view(to_string(finding.outcome)), finding.at.time_since_epoch().count(),
                      view(finding.code), view(finding.detail.zh), view(finding.detail.en)},
                     memory);
}

Finding finding_from(const json::value& value) {
  const auto& array = value.as_array();
  return {text_of(array.at(0)), word(parse_check_outcome(text_of(array.at(1))), "a finding"), instant_from(array.at(2)),
          text_of(array.at(3)), Text{text_of(array.at(4)), text_of(array.at(5))}};
}

json::array act_to_json(const Act& act, const json::storage_ptr& memory) {
  return json::array({view(act.state), view(act.action), act.account.value, act.delegated_from.value,
                      to_json(act.as, memory), act.at.time_since_epoch().count(), act.round},
                     memory);
}

Act act_from(const json::value& value) {
  const auto& array = value.as_array();
  return {text_of(array.at(0)),
          text_of(array.at(1)),
          AccountId{array.at(2).as_int64()},
          AccountId{array.at(3).as_int64()},
          holder_from(array.at(4)),
          instant_from(array.at(5)),
          static_cast<int>(array.at(6).as_int64())};
}

json::array pinned_to_json(const PinnedForm& pinned, const json::storage_ptr& memory) {
  return json::array({pinned.submission, view(pinned.form), view(pinned.evidence)}, memory);
}

/// Up to where the end is carried out stands last, and only while it is.
json::array several_to_json(const Several& several, const json::storage_ptr& memory) {
  json::array array({several.count, several.set_aside, view(several.digest)}, memory);
  if (several.applied) array.push_back(*several.applied);
  return array;
}

json::array offices_to_json(const std::vector<OfficeId>& offices, const json::storage_ptr& memory) {
  json::array array(memory);
  for (const OfficeId office : offices) array.push_back(office.value);
  return array;
}

json::array part_to_json(const PartEnd& part, const json::storage_ptr& memory) {
  return json::array({part.school.value, part.at.time_since_epoch().count(), part.version, view(part.state),
                      part.submission, part.set_aside},
                     memory);
}

PartEnd part_from(const json::value& value) {
  const auto& array = value.as_array();
  return {OfficeId{array.at(0).as_int64()},
          instant_from(array.at(1)),
          array.at(2).as_int64(),
          text_of(array.at(3)),
          static_cast<int>(array.at(4).as_int64()),
          static_cast<int>(array.at(5).as_int64())};
}

/// How many wait for it and whose lock it shares stand last, and only where one waits.
json::array opened_from_to_json(const OpenedFrom& from, const json::storage_ptr& memory) {
  json::array array({from.request.value, view(from.business)}, memory);
  if (from.depth == 0) return array;
  array.push_back(from.depth);
  array.push_back(from.lock.value);
  return array;
}

OpenedFrom opened_from(const json::array& array) {
  OpenedFrom from{RequestId{array.at(0).as_int64()}, text_of(array.at(1))};
  if (array.size() < 4) return from;
  from.depth = static_cast<int>(array.at(2).as_int64());
  from.lock = RequestId{array.at(3).as_int64()};
  return from;
}

Several several_from(const json::value& value) {
  const auto& array = value.as_array();
  Several several{
      static_cast<int>(array.at(0).as_int64()), static_cast<int>(array.at(1).as_int64()), text_of(array.at(2)), {}};
  if (array.size() > 3) several.applied = static_cast<int>(array.at(3).as_int64());
  return several;
}

PinnedForm pinned_from(const json::value& value) {
  const auto& array = value.as_array();
  return {static_cast<int>(array.at(0).as_int64()), text_of(array.at(1)), text_of(array.at(2))};
}

std::vector<EvidenceItem> all_evidence_from(const json::value& value) {
  std::vector<EvidenceItem> evidence;
  for (const auto& item : value.as_array()) evidence.push_back(evidence_from(item));
  return evidence;
}

template <class Items, class Write>
json::array array_of(const Items& items, const json::storage_ptr& memory, Write&& write) {
  json::array array(memory);
  array.reserve(items.size());
  for (const auto& item : items) array.emplace_back(write(item, memory));
  return array;
}

}  // namespace

std::string to_document(const Request& request) {
  json::monotonic_resource resource;
  const json::storage_ptr memory(&resource);
  json::object document(memory);
  document.reserve(16);
  document.emplace("token", token_to_json(request.token, memory));
  document.emplace("tasks", request.tasks_given);
  if (!request.branches.empty()) document.emplace("branches", array_of(request.branches, memory, branch_to_json));
  document.emplace("fields", values_to_json(request.fields, memory));
  document.emplace("before", values_to_json(request.before, memory));
  document.emplace("evidence", array_of(request.evidence, memory, evidence_to_json));
  document.emplace("findings", array_of(request.findings, memory, finding_to_json));
  document.emplace("acts", array_of(request.acts, memory, act_to_json));
  document.emplace("round", request.round);
  if (request.pinned.submission != 0) document.emplace("pinned", pinned_to_json(request.pinned, memory));
  document.emplace("kept", array_of(request.kept_evidence, memory, [](const std::string& sha256, const auto& where) {
                     return json::string(view(sha256), where);
                   }));
  document.emplace("opened_as", to_json(request.opened_as, memory));
  if (request.unfiled)
    document.emplace("unfiled", true);
  else if (!request.locks)
    document.emplace("locks", false);
  if (!request.once.empty()) document.emplace("once", view(request.once));
  if (!request.named_schools.empty()) document.emplace("named", offices_to_json(request.named_schools, memory));
  if (!request.parts_ended.empty())
    document.emplace("parts_ended", array_of(request.parts_ended, memory, part_to_json));
  if (const auto& from = request.opened_from) document.emplace("opened_from", opened_from_to_json(*from, memory));
  if (const auto& several = request.several) {
    document.emplace("several", several_to_json(*several, memory));
    if (several->unlocked != 0) document.emplace("unlocked", several->unlocked);
    if (!several->schools.empty()) document.emplace("schools", offices_to_json(several->schools, memory));
    if (!several->schools_now.empty()) document.emplace("schools_now", offices_to_json(several->schools_now, memory));
    if (!several->schools_past.empty())
      document.emplace("schools_past", offices_to_json(several->schools_past, memory));
    if (!several->values.empty()) document.emplace("values", view(several->values));
  }
  return json::serialize(document);
}

void read_document(std::string_view document, Request& request) {
  reading(document, "the document of a request", [&](const json::value& value) {
    const auto& object = value.as_object();
    read_token(object.at("token"), request.token);
    if (const auto* branches = object.if_contains("branches"))
      for (const auto& branch : branches->as_array()) request.branches.push_back(branch_from(branch));
    if (const auto* tasks = object.if_contains("tasks"))
      request.tasks_given = tasks->as_int64();
    else
      number_older_tasks(request);
    request.fields = values_from(object.at("fields"));
    request.before = values_from(object.at("before"));
    request.evidence = all_evidence_from(object.at("evidence"));
    for (const auto& item : object.at("findings").as_array()) request.findings.push_back(finding_from(item));
    for (const auto& item : object.at("acts").as_array()) request.acts.push_back(act_from(item));
    request.round = static_cast<int>(object.at("round").as_int64());
    request.opened_as = holder_from(object.at("opened_as"));
    request.unfiled = object.contains("unfiled");
    request.locks = !request.unfiled && !object.contains("locks");
    if (const auto* once = object.if_contains("once")) request.once = text_of(*once);
    if (const auto* named = object.if_contains("named"))
      for (const auto& school : named->as_array()) request.named_schools.push_back(OfficeId{school.as_int64()});
    if (const auto* parts = object.if_contains("parts_ended"))
      for (const auto& part : parts->as_array()) request.parts_ended.push_back(part_from(part));
    if (const auto* from = object.if_contains("opened_from")) request.opened_from = opened_from(from->as_array());
    if (const auto* several = object.if_contains("several")) request.several = several_from(*several);
    if (const auto* unlocked = object.if_contains("unlocked"))
      request.several.value().unlocked = static_cast<int>(unlocked->as_int64());
    if (const auto* schools = object.if_contains("schools"))
      for (const auto& school : schools->as_array())
        request.several.value().schools.push_back(OfficeId{school.as_int64()});
    if (const auto* schools = object.if_contains("schools_now"))
      for (const auto& school : schools->as_array())
        request.several.value().schools_now.push_back(OfficeId{school.as_int64()});
    if (const auto* schools = object.if_contains("schools_past"))
      for (const auto& school : schools->as_array())
        request.several.value().schools_past.push_back(OfficeId{school.as_int64()});
    if (const auto* values = object.if_contains("values")) request.several.value().values = text_of(*values);
    if (const auto* pinned = object.if_contains("pinned")) request.pinned = pinned_from(*pinned);
    if (const auto* kept = object.if_contains("kept"))
      for (const auto& sha256 : kept->as_array()) request.kept_evidence.push_back(text_of(sha256));
    else if (request.round > 0)  // written before forms were pinned
      for (const EvidenceItem& item : request.evidence) request.kept_evidence.push_back(item.sha256);
    return true;
  });
}

std::vector<Finding> suspect_findings(std::string_view document) {
  return reading(document, "the findings of a request", [](const json::value& value) {
    std::vector<Finding> found;
    for (const auto& item : value.as_object().at("findings").as_array()) {
      Finding finding = finding_from(item);
      if (finding.outcome == CheckOutcome::suspect) found.push_back(std::move(finding));
    }
    return found;
  });
}

std::string submission_to_document(const Submission& submission) {
  json::monotonic_resource resource;
  const json::storage_ptr memory(&resource);
  json::object document(memory);
  document.emplace("fields", values_to_json(submission.fields, memory));
  document.emplace("before", values_to_json(submission.before, memory));
  document.emplace("evidence", array_of(submission.evidence, memory, evidence_to_json));
  if (!submission.subjects.empty()) document.emplace("subjects", view(submission.subjects));
  if (!submission.values.empty()) document.emplace("values", view(submission.values));
  return json::serialize(document);
}

void read_submission(std::string_view document, Submission& submission) {
  reading(document, "the document of a submission", [&](const json::value& value) {
    const auto& object = value.as_object();
    submission.fields = values_from(object.at("fields"));
    submission.before = values_from(object.at("before"));
    submission.evidence = all_evidence_from(object.at("evidence"));
    if (const auto* subjects = object.if_contains("subjects")) submission.subjects = text_of(*subjects);
    if (const auto* values = object.if_contains("values")) submission.values = text_of(*values);
    return true;
  });
}

std::optional<std::string> values_to_document(const FieldValues& values) {
  if (values.empty()) return std::nullopt;
  json::monotonic_resource resource;
  return json::serialize(values_to_json(values, &resource));
}

FieldValues read_values(std::string_view document) {
  return reading(document, "the values of one of several students",
                 [](const json::value& value) { return values_from(value); });
}

}  // namespace xueji::sql
