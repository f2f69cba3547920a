// Somebody can always decide: what nobody at its post can is known, handed to the office above, and given back.
#include "engine/machine/deciders.hpp"

#include "bench.hpp"
#include "engine/machine/act_titles.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// A name change on its way, and who holds posts besides those that act in the test.
struct Staffed {
  Staffed() : bench(shipped("key-information-change")) {
    bench.by("registrar", bench.name_change());
    county = bench.world.offices().authority_of(bench.student.school)->id;
    province = bench.world.offices().authority_of(county)->id;
    ministry = bench.world.offices().authority_of(province)->id;
  }
  void hold(const std::string& who) {
    for (Post post : bench.world.person(who).posts) {
      post.account = bench.world.person(who).account;
      people.push_back(post);
    }
  }
  /// Another post for somebody.
  void hold(const std::string& who, Role role, OfficeId office) {
    Post post;
    post.account = bench.world.person(who).account;
    post.office = office;
    post.role = role;
    people.push_back(post);
  }
  const Token& token() const { return bench.request->token; }
  std::optional<Lack> lack() const { return lack_of_deciders(bench.situation(), token(), token().holder, people); }
  std::optional<TakeOver> wanted() const { return take_over(bench.situation(), token(), people); }
  /// Carries out what is to be done, as the watch does.
  Decision settle() { return bench.machine(wanted().value()); }

  Bench bench;
  OfficeId county, province, ministry;
  std::vector<Post> people;
};

}  // namespace

TEST_CASE("a post that somebody holds can decide; one that nobody holds is vacant") {
  Staffed staffed;
  CHECK(staffed.lack() == Lack::vacant);
  staffed.hold("head");
  CHECK_FALSE(staffed.lack());
  CHECK_FALSE(staffed.wanted());
  staffed.people[0].until = staffed.bench.now;
  CHECK(staffed.lack() == Lack::vacant);
  staffed.people[0].until.reset();
  staffed.people[0].from = staffed.bench.now + std::chrono::hours(1);
  CHECK(staffed.lack() == Lack::vacant);
}

TEST_CASE("who submitted or decided elsewhere is nobody who can decide, also under a lent post") {
  Staffed staffed;
  const OfficeId school = staffed.bench.student.school;
  staffed.hold("registrar", Role::head, school);
  CHECK(staffed.lack() == Lack::separated);
  staffed.hold("second head", Role::head, school);
  staffed.people.back().delegated_from = staffed.bench.world.person("registrar").account;
  CHECK(staffed.lack() == Lack::separated);
  staffed.hold("head");
  CHECK_FALSE(staffed.lack());

  staffed.bench.act("head", "approve");
  staffed.hold("head", Role::reviewer, staffed.county);
  CHECK(staffed.lack() == Lack::separated);
  staffed.hold("county reviewer");
  CHECK_FALSE(staffed.lack());
}

TEST_CASE("a draft needs whoever may go on with it; what waits for a machine needs nobody") {
  Staffed staffed;
  staffed.hold("head");
  staffed.bench.act("head", "return", "请更正");
  CHECK(staffed.lack() == Lack::vacant);
  CHECK(staffed.wanted()->to == std::nullopt);
  staffed.hold("registrar");
  CHECK_FALSE(staffed.lack());

  staffed.bench.act("registrar", "submit");
  staffed.bench.act("head", "approve");
  staffed.bench.act("county reviewer", "approve");
  staffed.bench.act("county approver", "approve");
  REQUIRE(staffed.token().state == "central_check");
  CHECK_FALSE(staffed.lack());
  CHECK_FALSE(staffed.wanted());
}

TEST_CASE(
    "the office above stands in: the school's people are its reviewer's, then the same role, up to the ministry") {
  Staffed staffed;
  const Bench& bench = staffed.bench;
  CHECK(stand_ins(bench.situation(), staffed.token()) == std::vector<Holder>{{staffed.county, Role::reviewer},
                                                                             {staffed.province, Role::reviewer},
                                                                             {staffed.ministry, Role::reviewer}});
  staffed.hold("head");
  staffed.hold("county reviewer");
  staffed.bench.act("head", "approve");
  staffed.bench.act("county reviewer", "approve");
  REQUIRE(staffed.token().state == "county_approval");
  CHECK(stand_ins(bench.situation(), staffed.token()) ==
        std::vector<Holder>{{staffed.province, Role::approver}, {staffed.ministry, Role::approver}});
}

TEST_CASE("a task that nobody can decide goes to the nearest office above where somebody can, and is decided there") {
  Staffed staffed;
  staffed.hold("head");
  staffed.bench.act("head", "approve");
  staffed.hold("province reviewer");
  const Decision decision = staffed.settle();
  const Holder above{staffed.province, Role::reviewer};
  CHECK(decision.request.token.holder == Holder{staffed.county, Role::reviewer});
  CHECK(decision.request.token.escalated_to == above);
  CHECK(decision.request.token.undecidable == Undecidable{Lack::vacant, staffed.bench.now, above});
  REQUIRE(decision.history.size() == 1);
  CHECK(decision.history[0].action == "stand_in");
  CHECK(decision.history[0].as == above);
  CHECK_FALSE(decision.history[0].by);
  CHECK(title_of_act(staffed.bench.definition, decision.history[0]) == Text{"由上级代为办理", "Stand-in from above"});
  CHECK(decision.notices == std::vector<Notice>{{"stand_in", AccountId{}, above}});
  CHECK_FALSE(staffed.wanted());

  const Explanation told = explain(staffed.bench.situation(), staffed.bench.world.person("county approver"), "approve");
  CHECK(told.who == std::vector<Holder>{{staffed.county, Role::reviewer}, above});
  CHECK(explain(staffed.bench.situation(), staffed.bench.world.person("province reviewer"), "approve").allowed);
  const Decision approved = staffed.bench.act("province reviewer", "approve", "代为办理");
  CHECK(approved.request.token.state == "county_approval");
  CHECK_FALSE(approved.request.token.undecidable);
  CHECK_FALSE(approved.request.token.escalated_to);
}

TEST_CASE("separation of duties binds who stands in") {
  Staffed staffed;
  staffed.hold("head");
  staffed.hold("province reviewer");
  staffed.hold("province reviewer", Role::approver, staffed.province);
  staffed.bench.act("head", "approve");
  staffed.settle();
  staffed.bench.act("province reviewer", "approve");
  REQUIRE(staffed.token().state == "county_approval");
  staffed.hold("ministry approver");
  CHECK(staffed.wanted()->why == Lack::vacant);
  CHECK(staffed.wanted()->to == Holder{staffed.ministry, Role::approver});
}

TEST_CASE("where nobody above can decide either, those who administer the ministry are told, once") {
  Staffed staffed;
  const Decision decision = staffed.settle();
  CHECK(decision.request.token.undecidable == Undecidable{Lack::vacant, staffed.bench.now, std::nullopt});
  CHECK_FALSE(decision.request.token.escalated_to);
  CHECK(decision.history.at(0).action == "undecidable");
  CHECK(decision.notices == std::vector<Notice>{{"undecidable", AccountId{}, Holder{staffed.ministry, Role::admin}}});
  CHECK_FALSE(staffed.wanted());

  const Instant found = staffed.bench.now;
  staffed.bench.now += std::chrono::hours(5);
  staffed.hold("county reviewer");
  const Decision taken = staffed.settle();
  CHECK(taken.history.at(0).action == "stand_in");
  CHECK(taken.request.token.undecidable->since == found);
}

TEST_CASE("once somebody holds the post again the mark goes, without a new version, and the stand-in may go on") {
  Staffed staffed;
  staffed.hold("county reviewer");
  staffed.settle();
  const std::int64_t version = staffed.bench.request->version;
  staffed.hold("head");
  const Decision decision = staffed.settle();
  CHECK_FALSE(decision.request.token.undecidable);
  CHECK(decision.request.token.escalated_to == Holder{staffed.county, Role::reviewer});
  CHECK(decision.history.empty());
  CHECK(decision.request.version == version);
  CHECK_FALSE(staffed.wanted());
}

TEST_CASE("a stand-in who can't decide any more is followed by the next") {
  Staffed staffed;
  staffed.hold("county reviewer");
  staffed.settle();
  staffed.people.clear();
  staffed.hold("province reviewer");
  const Decision decision = staffed.settle();
  CHECK(decision.request.token.escalated_to == Holder{staffed.province, Role::reviewer});
  CHECK(decision.history.at(0).action == "stand_in");
}

TEST_CASE("what was looked at before the request moved is nothing any more") {
  Staffed staffed;
  const TakeOver late = staffed.wanted().value();
  staffed.bench.by("head", Claim{staffed.bench.request->id});
  CHECK(std::holds_alternative<Nothing>(staffed.bench.try_machine(late)));
  TakeOver elsewhere = staffed.wanted().value();
  elsewhere.state = "county_review";
  CHECK(std::holds_alternative<Nothing>(staffed.bench.try_machine(elsewhere)));
  TakeOver given_back = staffed.wanted().value();
  given_back.why.reset();
  given_back.ends_claim_of = {};
  CHECK(std::holds_alternative<Nothing>(staffed.bench.try_machine(given_back)));
}

TEST_CASE("why nobody can decide is said in both languages") {
  Staffed staffed;
  const Holder post{staffed.county, Role::reviewer};
  CHECK(why_undecidable(Lack::vacant, post, staffed.bench.world.offices()) ==
        Text{"「东城区教育局」经办人现无人在岗", "Nobody who can sign in is the reviewer at 东城区教育局 now"});
  CHECK(
      why_undecidable(Lack::separated, post, staffed.bench.world.offices()) ==
      Text{
          "「东城区教育局」经办人均填报过此件或已在其他环节办理过，须由另一人办理",
          "Whoever is the reviewer at 东城区教育局 submitted the request or decided it at another step; another person "
          "must decide"});
}

TEST_CASE("the post that opened a request stands in for none of its approvals") {
  Bench bench(shipped("g-number-deletion"));
  bench.by("province reviewer", bench.deletion());
  const Holder initiators = bench.request->opened_as;
  Token at = bench.request->token;
  at.holder = Holder{bench.world.offices().authority_of(bench.student.school)->id, Role::reviewer};
  const auto posts = stand_ins(bench.situation(), at);
  REQUIRE_FALSE(posts.empty());
  CHECK(std::find(posts.begin(), posts.end(), initiators) == posts.end());
}

TEST_CASE("where a draft was taken over, nobody of the post that submitted it decides it") {
  Staffed staffed;
  staffed.hold("head");
  staffed.bench.act("head", "return", "请更正");
  staffed.hold("county reviewer");
  staffed.hold("second county reviewer");
  CHECK(staffed.settle().history.at(0).action == "stand_in");
  staffed.bench.act("county reviewer", "submit");
  staffed.bench.act("head", "approve");
  REQUIRE(staffed.token().state == "county_review");
  const Refusal refused = staffed.bench.refused("second county reviewer", staffed.bench.perform("approve"));
  CHECK(refused.kind == RefusalKind::separation_of_duties);
  CHECK_FALSE(
      explain(staffed.bench.situation(), staffed.bench.world.person("second county reviewer"), "approve").allowed);
  CHECK(staffed.lack() == Lack::separated);
  staffed.hold("province reviewer");
  CHECK(staffed.wanted()->to == Holder{staffed.province, Role::reviewer});
}

TEST_CASE("a claim ends with its owner's right, and does not come back with it") {
  Staffed staffed;
  staffed.hold("head");
  staffed.hold("second head");
  staffed.bench.by("head", Claim{staffed.bench.request->id});
  const AccountId claimer = staffed.token().claimed_by;
  CHECK_FALSE(staffed.wanted());
  const Post post = staffed.people.front();
  staffed.people.erase(staffed.people.begin());
  CHECK(staffed.wanted().value().ends_claim_of == claimer);
  const Decision decision = staffed.settle();
  CHECK_FALSE(staffed.token().claimed_by);
  CHECK_FALSE(staffed.token().claimed_at);
  CHECK(decision.history.at(0).action == "release");
  CHECK_FALSE(decision.history.at(0).by);
  staffed.people.push_back(post);
  CHECK_FALSE(staffed.wanted());
  CHECK_FALSE(staffed.token().claimed_by);
}

TEST_CASE("a claim stands for whoever was asked to decide instead, and ends where nobody is left") {
  Staffed staffed;
  staffed.hold("head");
  staffed.bench.by("head", Claim{staffed.bench.request->id});
  staffed.people.clear();
  staffed.hold("county reviewer");
  const Decision decision = staffed.settle();
  CHECK_FALSE(staffed.token().claimed_by);
  CHECK(staffed.token().escalated_to == Holder{staffed.county, Role::reviewer});
  CHECK(decision.history.size() == 2);
  staffed.bench.by("county reviewer", Claim{staffed.bench.request->id});
  CHECK_FALSE(staffed.wanted());
}
