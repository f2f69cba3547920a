// One request about several students: who takes part, who is set aside, and how its end is carried out on them.
#include "engine/machine/subjects.hpp"

#include "class_of.hpp"
#include "engine/machine/submission_hash.hpp"

using namespace xueji;
using namespace xueji::test;

TEST_CASE("of several students who can't take part is set aside with the reason and not locked") {
  ClassOf pupils(4);
  pupils.pupil(1).status = StudentStatus::suspended;
  pupils.pupil(3).open_request = RequestId{99};
  const Decision decision = pupils.by("registrar", pupils.open());
  REQUIRE(decision.subjects.added.size() == 4);
  CHECK(decision.subjects.added[0].set_aside->reason.en.find("not in school") != std::string::npos);
  CHECK(decision.subjects.added[2].set_aside->reason.en.find("number 99") != std::string::npos);
  CHECK_FALSE(decision.subjects.added[1].set_aside);
  CHECK(decision.request.student == StudentId{2});
  CHECK(decision.request.several->count == 4);
  CHECK(decision.request.several->set_aside == 2);
  CHECK_FALSE(decision.locks_student);
  CHECK(decision.request.before.empty());
}

TEST_CASE("those whom the server chose and the rule leaves out are no part of the request") {
  ClassOf pupils(3);
  pupils.pupil(2).class_name = "1班";
  const Decision decision = pupils.by("registrar", pupils.open(true));
  REQUIRE(decision.subjects.added.size() == 2);
  CHECK(decision.subjects.added[1].student == StudentId{3});
  CHECK(decision.subjects.added[1].ordinal == 2);
}

TEST_CASE("what is filled in to choose students holds of those who are named too, and stays as it is") {
  ClassOf pupils(3);
  pupils.pupil(2).class_name = "1班";
  Open named = pupils.open(true);
  named.chosen = false;
  CHECK(pupils.refused("registrar", named).complaints.at(0).pointer == "/subjects/1/student");
  pupils.pupil(2).class_name = "2班";
  named.submit = false;
  pupils.by("registrar", named);
  FieldValues other = named.fields;
  other["class"] = "3班";
  const RequestId id = pupils.bench.request->id;
  CHECK(pupils.refused("registrar", Edit{id, other, std::nullopt}).complaints.at(0).pointer == "/fields/class");
  Perform submit = pupils.bench.perform("submit");
  submit.fields = other;
  CHECK(pupils.refused("registrar", submit).complaints.at(0).pointer == "/fields/class");
  other = named.fields;
  other["new_class"] = "月光班";
  CHECK(pupils.by("registrar", Edit{id, other, std::nullopt}).request.fields.at("new_class") == "月光班");
}

TEST_CASE("students of another school, and one twice, are told where they stand") {
  ClassOf pupils(3);
  pupils.pupil(2).school = pupils.bench.world.person("other registrar").posts.front().office;
  pupils.pupil(3).id = pupils.pupil(1).id;
  const Refusal refusal = pupils.refused("registrar", pupils.open());
  CHECK(refusal.kind == RefusalKind::validation);
  REQUIRE(refusal.complaints.size() == 2);
  CHECK(refusal.complaints[0].pointer == "/subjects/1/student");
  CHECK(refusal.complaints[1].pointer == "/subjects/2/student");
}

TEST_CASE("more students than the definition allows are refused, and so is nobody") {
  ClassOf pupils(3);
  pupils.bench.definition.subject.at_most = 2;
  CHECK(pupils.refused("registrar", pupils.open()).complaints.at(0).pointer == "/subjects");
  ClassOf nobody(1);
  nobody.pupil(1).class_name = "9班";
  CHECK(nobody.refused("registrar", nobody.open(true)).complaints.at(0).pointer == "/subjects");
  ClassOf away(2);
  for (const int ordinal : {1, 2}) away.pupil(ordinal).status = StudentStatus::suspended;
  const Refusal refusal = away.refused("registrar", away.open());
  CHECK(refusal.complaints.at(0).message.en.find("None of the students can take part") != std::string::npos);
}

TEST_CASE("an officer sets a student aside with a reason; whoever does not hold the task can't, nor without one") {
  ClassOf pupils(3);
  pupils.by("registrar", pupils.open());
  CHECK(pupils.refused("registrar", pupils.set_aside(2, "已转班")).kind == RefusalKind::not_allowed);
  CHECK(pupils.refused("head", pupils.set_aside(2, " ")).kind == RefusalKind::validation);
  CHECK(pupils.refused("head", pupils.set_aside(7, "没有此人")).kind == RefusalKind::not_found);
  const Decision decision = pupils.by("head", pupils.set_aside(2, "已转班"));
  CHECK(decision.history.back().action == "set_aside");
  CHECK(decision.history.back().about == StudentId{2});
  CHECK(decision.history.back().comment == "已转班");
  CHECK(decision.request.several->set_aside == 1);
  CHECK(decision.request.acts.size() == 2);
  CHECK(decision.notices.at(0).kind == "set_aside");
  CHECK_FALSE(pupils.pupil(2).open_request);
  CHECK(pupils.refused("head", pupils.set_aside(2, "再移")).kind == RefusalKind::not_in_this_state);
  pupils.by("head", pupils.set_aside(3, "已转班"));
  CHECK(pupils.refused("head", pupils.set_aside(1, "最后一名")).kind == RefusalKind::not_in_this_state);
}

TEST_CASE("setting aside is no action that is offered beside those of the state, and asks who may") {
  ClassOf pupils(2);
  pupils.by("registrar", pupils.open());
  Situation where = pupils.bench.situation();
  where.student = &pupils.pupil(1);
  for (const ActionView& each : actions_for(where, pupils.bench.world.person("head")))
    CHECK(each.action != &set_aside_action());
  CHECK(explain(where, pupils.bench.world.person("head"), "set_aside").allowed);
  CHECK_FALSE(explain(where, pupils.bench.world.person("registrar"), "set_aside").allowed);
}

TEST_CASE("an end is carried out in slices, one entry a student, and all stay locked until the last") {
  constexpr int many = carried_out_at_once + 3;
  ClassOf pupils(many);
  pupils.by("registrar", pupils.open());
  const Decision approved = pupils.by("head", pupils.bench.perform("approve"));
  CHECK_FALSE(approved.request.outcome);
  CHECK(approved.request.several->applied == 0);
  CHECK(approved.request.token.timer == pupils.bench.now);
  CHECK(tasks_of(approved.request).at(0).holder.role == Role::system);
  CHECK_FALSE(approved.subjects.releases_all);
  CHECK(pupils.refused("registrar", pupils.bench.perform("withdraw")).kind == RefusalKind::not_in_this_state);

  const Decision first = pupils.slice();
  CHECK(first.history.size() == slice_of_subjects);
  CHECK(first.history.front().about == StudentId{1});
  CHECK(first.history.front().action == "applied");
  CHECK(first.request.several->applied == slice_of_subjects);
  CHECK_FALSE(first.request.outcome);
  CHECK(pupils.pupil(1).class_name == "阳光班");
  CHECK(pupils.pupil(1).open_request == first.request.id);

  while (pupils.bench.request->several->applied < many - slice_of_subjects) pupils.slice();
  const Decision last = pupils.slice();
  CHECK(last.request.outcome == Outcome::completed);
  CHECK_FALSE(last.request.several->applied);
  CHECK(last.subjects.releases_all);
  CHECK(last.history.back().action == "finished");
  CHECK_FALSE(last.history.back().about);
  CHECK(tasks_of(last.request).empty());
  CHECK(std::holds_alternative<Nothing>(pupils.try_slice()));
  for (int ordinal = 1; ordinal <= many; ++ordinal) CHECK(pupils.pupil(ordinal).class_name == "阳光班");
}

TEST_CASE("no more than two hundred students have it with the act that leads to the end") {
  ClassOf pupils(carried_out_at_once);
  pupils.by("registrar", pupils.open());
  const Decision approved = pupils.by("head", pupils.bench.perform("approve"));
  CHECK(approved.request.outcome == Outcome::completed);
  CHECK(approved.subjects.releases_all);
  CHECK(approved.history.size() == carried_out_at_once + 2);
  CHECK(approved.history.front().action == "approve");
  CHECK(approved.history.back().action == "finished");
  CHECK(pupils.pupil(carried_out_at_once).class_name == "阳光班");
  CHECK(approved.notices.at(0).kind == "completed");
}

TEST_CASE("of a student set aside the end changes nothing, and an end without effects releases all at once") {
  ClassOf pupils(3);
  pupils.by("registrar", pupils.open());
  pupils.by("head", pupils.set_aside(2, "已转班"));
  const Decision last = pupils.by("head", pupils.bench.perform("approve"));
  CHECK(last.history.size() == 4);
  CHECK(pupils.pupil(2).class_name == "2班");

  ClassOf others(2);
  others.by("registrar", others.open());
  const Decision rejected = others.by("head", others.bench.perform("reject", "不办"));
  CHECK(rejected.request.outcome == Outcome::rejected);
  CHECK(rejected.subjects.releases_all);
}

TEST_CASE("who they were is pinned with the form, so that nobody is slipped in") {
  ClassOf pupils(2);
  const Decision decision = pupils.by("registrar", pupils.open());
  REQUIRE(decision.submission);
  CHECK(decision.submission->subjects == digest_of_subjects(decision.subjects.added));
  Submission other = *decision.submission;
  auto slipped_in = decision.subjects.added;
  slipped_in.push_back({3, StudentId{3}, std::nullopt});
  other.subjects = digest_of_subjects(slipped_in);
  CHECK(pinned(other).form != decision.request.pinned.form);
  auto set_aside = decision.subjects.added;
  set_aside[0].set_aside = SetAside{{}, pupils.bench.now, {"休学", "suspended"}};
  CHECK(digest_of_subjects(set_aside) != digest_of_subjects(decision.subjects.added));
}
