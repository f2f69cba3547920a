#include "engine/machine/sight.hpp"

#include <algorithm>

#include "engine/machine/places.hpp"
#include "engine/machine/sentences.hpp"

namespace xueji {
namespace {

bool is_in_draft(const Definition& definition, const Request& request) {
  const State* state = definition.state(request.token.state);
  return state && state->kind == StateKind::draft;
}

}  // namespace

std::vector<PartEnd> parts_in_sight(const Request& request) {
  std::vector<PartEnd> parts = request.parts_ended;
  if (parts.empty()) return parts;
  const auto whole = offices_in_sight(request);
  std::erase_if(parts,
                [&](const PartEnd& part) { return std::find(whole.begin(), whole.end(), part.school) != whole.end(); });
  return parts;
}

Sight sight_of(const Request& request, const Caller& caller, const OfficeTree& offices, Instant now) {
  if (may_see(request, caller, offices, now)) return {Sight::Kind::whole};
  Sight sight;
  for (const PartEnd& part : request.parts_ended)
    if (may_see_office(caller, part.school, offices, now)) sight = {Sight::Kind::part, part};
  return sight;
}

Request as_it_stood(Request request, const PartEnd& until, const Submission& submission, const PinnedForm& pinned) {
  const auto is_later = [&](const auto& each) { return each.at > until.at; };
  request.version = until.version;
  request.outcome.reset();
  request.token = {};
  request.token.state = until.state;
  request.token.since = until.at;
  request.branches.clear();
  request.fields = submission.fields;
  request.before = submission.before;
  request.evidence = submission.evidence;
  request.round = submission.round;
  request.pinned = pinned;
  request.kept_evidence.clear();
  std::erase_if(request.findings, is_later);
  std::erase_if(request.acts, is_later);
  request.named_schools = {until.school};
  request.parts_ended = {until};
  if (request.several) {
    request.several->set_aside = until.set_aside;
    request.several->applied.reset();
  }
  return request;
}

Subject as_it_stood(Subject subject, const PartEnd& until) {
  if (subject.set_aside && subject.set_aside->at > until.at) subject.set_aside.reset();
  return subject;
}

void end_part(const Situation& situation, Request& after) {
  const Definition& definition = situation.definition;
  const Request* before = situation.request;
  if (!definition.naming_field() || !before || after.named_schools.empty() || after.round > before->round) return;
  const OfficeId school = after.named_schools.back();
  if (!is_in_draft(definition, after) || is_in_draft(definition, *before)) return;
  std::erase_if(after.parts_ended, [&](const PartEnd& part) { return part.school == school; });
  after.parts_ended.push_back({school, situation.now, after.version, after.token.state, after.pinned.submission,
                               after.several ? after.several->set_aside : 0});
}

OfficeId school_at_opening(const Request& request, int ordinal) {
  const auto at = static_cast<std::size_t>(ordinal - 1);
  return request.several && at < request.several->schools.size() ? request.several->schools[at] : request.school;
}

bool has_left_sight(const Student& student, OfficeId at_opening, const Caller& caller, const OfficeTree& offices,
                    Instant now) {
  return student.school != at_opening && !may_see_office(caller, student.school, offices, now);
}

bool hides_record(const Situation& situation, const Caller& caller) {
  if (!situation.request || !situation.student) return false;
  const Request& request = *situation.request;
  const auto left = [&](const Student& student, int ordinal) {
    return has_left_sight(student, school_at_opening(request, ordinal), caller, situation.offices, situation.now);
  };
  if (request.unfiled && !may_see_office(caller, situation.student->school, situation.offices, situation.now))
    return true;
  return left(*situation.student, 1) ||
         std::any_of(situation.subjects.begin(), situation.subjects.end(), [&](const SubjectRecord& each) {
           return each.student && left(*each.student, each.subject.ordinal);
         });
}

Reason part_ended_reason(const PartEnd& until) {
  const std::string day = china_minute(until.at);
  return {"part-ended",
          {"此件已于 " + day + " 退回填报，贵单位不再参与办理；如再次提名贵校并提交，届时可继续查看和办理",
           "The request went back to its draft at " + day +
               ", and your office takes no part in it any more, unless it is submitted with your school again"},
          until.at,
          std::nullopt};
}

}  // namespace xueji
