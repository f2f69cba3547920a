// There is one way to perform an action: along with opening or by itself, it asks for the same rights and the same
// form.
#include "bench.hpp"
#include "engine/machine/right.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// The verdict on `submit`, done along with opening or after it: which, must make no difference.
struct OneWay {
  explicit OneWay(Definition definition) : bench(std::move(definition)) {}

  std::optional<Refusal> submit(FieldValues fields, std::vector<EvidenceReference> evidence = {},
                                const std::string& comment = "", const std::string& who = "registrar") {
    const Open open{bench.definition.key, bench.student.id, fields, evidence, comment, true};
    auto at_once = bench.try_by(bench.world.person(who), open);
    bench.by(who, Open{bench.definition.key, bench.student.id, fields, evidence, "", false});
    auto later = bench.try_by(bench.world.person(who), bench.perform("submit", comment));
    const auto* refusal = std::get_if<Refusal>(&at_once);
    const auto* same = std::get_if<Refusal>(&later);
    REQUIRE((refusal == nullptr) == (same == nullptr));
    bench.request.reset();
    bench.student.open_request = {};
    if (!refusal) {
      decision = std::get<Decision>(at_once);
      CHECK(decision.request.acts.back() == std::get<Decision>(later).request.acts.back());
      CHECK(decision.request.token == std::get<Decision>(later).request.token);
      CHECK(decision.request.outcome == std::get<Decision>(later).request.outcome);
      CHECK(decision.changes == std::get<Decision>(later).changes);
      return std::nullopt;
    }
    CHECK(refusal->kind == same->kind);
    CHECK(refusal->detail == same->detail);
    CHECK(refusal->complaints.size() == same->complaints.size());
    return *refusal;
  }

  Bench bench;
  Decision decision;
};

RefusalKind kind_of(const std::optional<Refusal>& refusal) {
  REQUIRE(refusal);
  return refusal->kind;
}

Definition changed(Definition definition, const std::function<void(Definition&)>& change) {
  change(definition);
  return definition;
}

const FieldValues to_b{{"new_class", "九班"}, {"ground", "b"}}, to_a{{"new_class", "九班"}, {"ground", "a"}};

}  // namespace

TEST_CASE("a form that goes straight to an end is tried like any other") {
  OneWay opening(odd("submitted-to-an-end"));
  auto& bench = opening.bench;
  CHECK(kind_of(opening.submit({})) == RefusalKind::validation);
  CHECK(kind_of(opening.submit({{"new_class", "九班"}, {"ground", "a"}, {"note", "太短"}})) == RefusalKind::validation);
  const FieldValues whole{{"new_class", "九班"}, {"ground", "a"}, {"note", "这一说明足够长了，超过十个字"}};
  CHECK(kind_of(opening.submit(whole)) == RefusalKind::missing_evidence);
  REQUIRE_FALSE(opening.submit(whole, {bench.upload("paper", "one"), bench.upload("paper", "two")}));
  CHECK(opening.decision.request.outcome == Outcome::completed);
  CHECK(opening.decision.request.round == 1);
  CHECK(opening.decision.request.before == FieldValues{{"new_class", ""}});
  CHECK(opening.decision.changes.size() == 1);
  CHECK_FALSE(opening.decision.locks_student);
  CHECK_FALSE(opening.decision.unlocks_student);
}

TEST_CASE("a draft that is discarded asks for nothing, and a draft that leads to a rejection asks for the form") {
  Bench bench(changed(odd("submitted-to-an-end"), [](Definition& definition) {
    for (State& state : definition.states)
      if (state.key == "completed") state.outcome = Outcome::rejected, state.effects.clear();
  }));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {}, {}, "", false});
  CHECK(bench.refused("registrar", bench.perform("submit")).kind == RefusalKind::validation);
  CHECK(bench.act("registrar", "discard").request.outcome == Outcome::withdrawn);
  CHECK(bench.request->round == 0);
}

TEST_CASE("opening at once asks for the conditions of `submit`") {
  OneWay opening(odd("submitted-on-a-condition"));
  const auto refused = opening.submit(to_a);
  CHECK(kind_of(refused) == RefusalKind::status_not_eligible);
  CHECK(refused->detail.en.starts_with("Must be B"));
  CHECK_FALSE(opening.submit(to_b));
}

TEST_CASE("a condition is asked of what is given with the action, not of what stood there before") {
  Bench bench(odd("submitted-on-a-condition"));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, to_b, {}, "", false});
  Perform submit = bench.perform("submit");
  submit.fields = to_a;
  CHECK(bench.refused("registrar", submit).kind == RefusalKind::status_not_eligible);
  bench.by("registrar", Edit{bench.request->id, to_a, std::nullopt});
  submit.fields = to_b;
  CHECK(bench.by("registrar", submit).request.token.state == "review");
}

TEST_CASE("opening at once asks for the holder of the draft, its `by` and its comment") {
  OneWay of_the_head(changed(odd("submitted-on-a-condition"),
                             [](Definition& definition) { definition.states.front().actor.role = Role::head; }));
  CHECK(kind_of(of_the_head.submit(to_b)) == RefusalKind::not_allowed);
  OneWay by_the_head(changed(odd("submitted-on-a-condition"), [](Definition& definition) {
    auto& submit = definition.states.front().actions.front();
    submit.by = definition.states.front().actor;
    submit.by->role = Role::head;
  }));
  CHECK(kind_of(by_the_head.submit(to_b)) == RefusalKind::not_allowed);
  OneWay with_comment(changed(odd("submitted-on-a-condition"), [](Definition& definition) {
    definition.states.front().actions.front().comment = CommentRule::required;
  }));
  CHECK(kind_of(with_comment.submit(to_b)) == RefusalKind::validation);
  CHECK_FALSE(with_comment.submit(to_b, {}, "请审核"));
  CHECK(with_comment.decision.history.at(1).comment == "请审核");
}

TEST_CASE("a draft without `submit` that is asked to submit is refused, and nothing is opened") {
  OneWay opening(changed(odd("submitted-on-a-condition"),
                         [](Definition& definition) { definition.states.front().actions.front().key = "file"; }));
  CHECK(kind_of(opening.submit(to_b)) == RefusalKind::not_in_this_state);
}

TEST_CASE("an action that asks for a field cannot empty one that must be filled in") {
  Bench bench(odd("required-field-emptied"));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, to_a, {}, "", true});
  Perform approve = bench.perform("approve");
  approve.fields = FieldValues{{"new_class", ""}};
  const Refusal refused = bench.refused("county reviewer", approve);
  CHECK(refused.kind == RefusalKind::validation);
  CHECK(refused.complaints.at(0).pointer == "/fields/new_class");
  approve.fields = FieldValues{{"new_class", "十班"}};
  CHECK(bench.by("county reviewer", approve).changes.at(0).new_value == "十班");
}

TEST_CASE("the rules of the whole form hold after an action that changed it") {
  Bench bench(odd("number-emptied"));
  bench.student.numbers = {{"L440524188001010014", NumberKind::L, NumberState::current, bench.now}};
  const std::string number = bench.student.numbers.front().number;
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"number", number}}, {}, "", true});
  Perform approve = bench.perform("approve");
  approve.fields = FieldValues{{"number", ""}};
  CHECK(bench.refused("county reviewer", approve).kind == RefusalKind::validation);
  approve.fields = FieldValues{{"number", "L110105201509011234"}};
  CHECK(bench.refused("county reviewer", approve).kind == RefusalKind::validation);
  bench.act("county reviewer", "approve");
  CHECK(bench.act("county approver", "approve").request.outcome == Outcome::completed);
}

TEST_CASE("the number that an effect retires stays filled in, also where the form does not require it") {
  Bench bench(changed(odd("number-emptied"), [](Definition& definition) {
    definition.fields.front().required = false;
    definition.require.clear();
    definition.states.at(1).actions.front().fields.clear();
    definition.states.at(1).actions.front().evidence.clear();
    definition.states.at(1).actions.push_back(definition.states.at(1).actions.front());
    definition.states.at(1).actions.back().key = "correct";
    definition.states.at(1).actions.back().fields = {"number"};
  }));
  const std::string number = bench.student.numbers.front().number;
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"number", number}}, {}, "", true});
  Perform correct = bench.perform("correct");
  correct.fields = FieldValues{{"number", ""}};
  CHECK(bench.refused("county reviewer", correct).kind == RefusalKind::validation);
}

TEST_CASE("whoever filled in the draft may call it back to the draft, which decides nothing") {
  Bench bench(odd("recalled-to-the-draft"));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, to_a, {}, "", true});
  CHECK(explain(bench.situation(), bench.world.person("registrar"), "recall").allowed);
  CHECK(bench.act("registrar", "recall").request.token.state == "draft");
  CHECK(bench.act("registrar", "submit").request.round == 2);
  CHECK(bench.act("county reviewer", "approve").request.outcome == Outcome::completed);
}

TEST_CASE("an action with `by` that leads on decides, and separation binds it") {
  Bench bench(changed(odd("recalled-to-the-draft"), [](Definition& definition) {
    for (State& state : definition.states)
      for (Action& action : state.actions)
        if (action.key == "recall") action.to = "completed";
  }));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, to_a, {}, "", true});
  CHECK(bench.refused("registrar", bench.perform("recall")).kind == RefusalKind::separation_of_duties);
}

TEST_CASE("which actions decide") {
  const Definition definition = odd("recalled-to-the-draft");
  const State& review = *definition.state("review");
  const auto with = [&](const std::string& to, std::optional<Role> by, bool to_earlier = false) {
    Action action;
    action.to = to;
    action.to_earlier = to_earlier;
    if (by) action.by = definition.states.front().actor, action.by->role = *by;
    return decides(definition, review, action);
  };
  CHECK(with("completed", std::nullopt));
  CHECK(with("completed", Role::registrar));
  CHECK(with("draft", std::nullopt));
  CHECK(with("draft", Role::head));
  CHECK(with("draft", Role::registrar, true));
  CHECK_FALSE(with("draft", Role::registrar));
  CHECK_FALSE(with("withdrawn", std::nullopt));
  CHECK_FALSE(decides(definition, definition.states.front(), *definition.states.front().action("submit")));
}
