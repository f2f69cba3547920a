#include "tests/contract/store/sight_world.hpp"

#include <fmt/format.h>

#include <array>

#include "engine/registry/numbers.hpp"
#include "tests/differential/store/chance.hpp"
#include "tests/unit/definition/parallel_definition.hpp"

namespace xueji::store_test {
namespace {

using differential::Chance;

constexpr std::array all_roles{Role::registrar, Role::head, Role::reviewer, Role::approver, Role::admin};
constexpr std::size_t students_of_a_school = 2;
constexpr int scans_of_a_person = 4;
/// Schools of a county with people of their own; the others have the two who serve many schools.
constexpr int staffed_schools = 2;

class Maker {
 public:
  explicit Maker(Instant now) : now_(now) {}

  SightWorld make() {
    add_offices();
    for (const Office& office : world_.offices)
      if (office.level != Level::school || staffed(office))
        for (const Role role : all_roles) add_person(std::string(to_string(role)), {post(office.id, role)});
    add_people_of_many_schools();
    add_uncommon_people();
    add_uploads();
    return std::move(world_);
  }

 private:
  OfficeId add_office(Level level, OfficeId supervisor) {
    const OfficeId id{static_cast<std::int64_t>(world_.offices.size()) + 1};
    const auto code = level == Level::school ? fmt::format("21{:08}", id.value) : fmt::format("99{:04}", id.value);
    world_.offices.push_back({id, code, fmt::format("单位 {}", id.value), level, supervisor});
    return id;
  }

  OfficeId add_county(OfficeId supervisor, int schools) {
    const OfficeId county = add_office(Level::county, supervisor);
    for (int number = 0; number < schools; ++number) add_school(county);
    return county;
  }

  void add_school(OfficeId supervisor) {
    const OfficeId school = add_office(Level::school, supervisor);
    schools_.push_back(school);
    for (std::size_t number = 0; number < students_of_a_school; ++number) add_student(school);
  }

  void add_offices() {
    const OfficeId ministry = add_office(Level::ministry, {});
    const OfficeId first = add_office(Level::province, ministry);
    const OfficeId prefecture = add_office(Level::prefecture, first);
    large_county_ = add_county(prefecture, 64);
    add_county(prefecture, 63);
    small_county_ = add_county(add_office(Level::prefecture, first), 3);
    const OfficeId municipality = add_office(Level::province, ministry);
    other_county_ = add_county(municipality, 3);
    add_county(municipality, 2);
    const OfficeId third = add_office(Level::province, ministry);
    add_county(add_office(Level::prefecture, third), 2);
    add_school(third);
  }

  bool staffed(const Office& school) const {
    int before = 0;
    for (const Office& other : world_.offices)
      if (other.level == Level::school && other.supervisor == school.supervisor && other.id < school.id) ++before;
    return before < staffed_schools;
  }

  void add_student(OfficeId school) {
    Student student;
    student.id = StudentId{static_cast<std::int64_t>(world_.students.size()) + 1};
    student.school = school;
    student.name = differential::some_name(chance_);
    do student.id_number = differential::some_id_number(chance_);
    while (!given_.insert(*student.id_number).second);
    student.birth_date = birth_date_of_id_number(*student.id_number);
    student.sex = sex_of_id_number(*student.id_number);
    student.grade = "5";
    student.class_name = "2班";
    student.numbers = {{"G" + *student.id_number, NumberKind::G, NumberState::current, now_ - std::chrono::hours{9}}};
    world_.students.push_back(std::move(student));
  }

  static Post post(OfficeId office, Role role) {
    Post made;
    made.office = office;
    made.role = role;
    return made;
  }

  Post lent(const Caller& lender, std::optional<Instant> from, std::optional<Instant> until) const {
    Post made = lender.posts.front();
    made.delegated_from = lender.account;
    made.delegated_from_username = lender.username;
    made.from = from;
    made.until = until;
    return made;
  }

  const Caller& holder(OfficeId office, Role role) const {
    for (const Caller& person : world_.people)
      if (person.posts.size() == 1 && person.posts.front().office == office && person.posts.front().role == role)
        return person;
    throw std::logic_error("nobody has that post");
  }

  void add_person(const std::string& what, std::vector<Post> posts) {
    Caller person;
    person.account = AccountId{static_cast<std::int64_t>(world_.people.size()) + 1};
    person.username = fmt::format("p{:03}.{}", person.account.value, what);
    person.name = person.username;
    for (Post& each : posts) {
      each.id = PostId{++posts_};
      each.account = person.account;
    }
    person.posts = std::move(posts);
    world_.people.push_back(std::move(person));
  }

  /// A registrar and a head of all schools, more than one list of parameters takes at once; others of nine schools.
  void add_people_of_many_schools() {
    for (const Role role : {Role::registrar, Role::head}) {
      std::vector<Post> of_all, of_nine;
      for (const OfficeId school : schools_) of_all.push_back(post(school, role));
      for (std::size_t at = 0; at < 9; ++at) of_nine.push_back(post(schools_.at(at * 15), role));
      add_person("many", std::move(of_all));
      add_person("nine", std::move(of_nine));
    }
  }

  void add_uncommon_people() {
    using std::chrono::hours;
    const Caller county = holder(large_county_, Role::reviewer), other = holder(other_county_, Role::approver),
                 admin = holder(other_county_, Role::admin);
    const OfficeId school = schools_.front(), far = schools_.back();
    add_person("nothing", {});
    add_person("two-counties", {post(small_county_, Role::reviewer), post(other_county_, Role::reviewer)});
    add_person("county-and-its-school", {post(large_county_, Role::approver), post(school, Role::registrar)});
    add_person("school-and-far-province",
               {post(school, Role::head), post(world_.offices.back().supervisor, Role::admin)});
    add_person("borrower", {post(far, Role::registrar), lent(county, now_ - hours{24 * 300}, now_ + hours{1})});
    add_person("lent-twice", {lent(other, now_ - hours{1}, now_ + hours{1}), lent(admin, now_, now_ + hours{1}),
                              post(other_county_, Role::approver)});
    add_person("lent-until-now", {lent(county, now_ - hours{24 * 300}, now_)});
    add_person("lent-from-tomorrow", {lent(county, now_ + hours{24}, now_ + hours{48}), post(far, Role::head)});
    Post ended = post(world_.offices.front().id, Role::admin), second = post(school, Role::registrar);
    ended.until = now_ - std::chrono::microseconds{1};
    second.until = now_ + std::chrono::microseconds{1};
    add_person("ended-at-the-ministry", {ended, second});
    add_person("only-ended", {ended});
  }

  void add_uploads() {
    for (const Caller& person : world_.people) {
      const auto add = [&](std::string sha256) {
        world_.uploads.push_back({std::move(sha256), person.account, "scan.jpg", "image/jpeg", 1000, now_});
      };
      add(std::string(64, 'a'));
      for (int scan = 0; scan < scans_of_a_person; ++scan)
        add(fmt::format("{:064x}", person.account.value * scans_of_a_person + scan));
    }
  }

  const Instant now_;
  Chance chance_{20261128};
  SightWorld world_;
  std::vector<OfficeId> schools_;
  std::set<std::string> given_;
  OfficeId large_county_, small_county_, other_county_;
  std::int64_t posts_ = 0;
};

const std::string opened_by_the_ministry = R"(format: 1
key: ministry-inquiry
version: 1
title: {zh: 教育部核查, en: Inquiry by the ministry}
source: FAQ 9
subject: student
open:
  by: reviewer at ministry
fields:
  reason: {type: text, required: true, title: {zh: 事由, en: Reason}}
states:
  draft:
    draft: reviewer at ministry
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: school_statement}
  school_statement:
    approval: head at student.school
    title: {zh: 学校说明, en: Statement by the school}
    due: 3 working days
    overdue: {escalate: approver at authority of student.school}
    actions:
      approve: {to: prefecture_review}
      reject: {to: rejected, comment: required}
  prefecture_review:
    approval: reviewer at prefecture of student.school
    otherwise: province_review
    title: {zh: 市级核查, en: Review by the prefecture}
    due: 10 working days
    actions:
      approve: {to: province_review}
      return: {to: earlier, default: draft, comment: required}
  province_review:
    approval: reviewer at province of student.school
    title: {zh: 省级核查, en: Review by the province}
    due: 10 working days
    actions:
      approve: {to: completed}
      return: {to: earlier, default: draft, comment: required}
  completed: {end: completed, title: {zh: 办结, en: Completed}}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
anywhere:
  withdraw: {by: reviewer at ministry, before: completed, to: withdrawn}
separation:
  - decides: nobody their own submission
  - different people: [school_statement, prefecture_review, province_review]
inform:
  - on: completed
    who: [initiator, registrar at student.school]
)";

/// So that it is proved: all deciders are different people, and nobody stands in who has to decide later.
std::string both_sides() {
  std::string text = parallel_definition;
  const auto replace = [&](std::string_view old, std::string_view by) { text.replace(text.find(old), old.size(), by); };
  replace("[county_review, county_approval]", "[head_review, county_review, county_approval, province_review]");
  replace("escalate: approver at authority", "escalate: approver at province");
  return text;
}

}  // namespace

SightWorld make_sight_world(Instant now) { return Maker(now).make(); }

void load(const SightWorld& world, Database& database) {
  auto loader = database.bulk_loader();
  for (const Office& office : world.offices) loader->add(office);
  for (const Caller& person : world.people)
    loader->add(Account{person.account, person.username, person.name, person.language, "hash", false, 0, {}});
  for (const Caller& person : world.people)
    for (const Post& post : person.posts) loader->add(post);
  for (const Student& student : world.students) loader->add(student);
  loader->commit();
  loader.reset();
  for (const Upload& upload : world.uploads) database.evidence().add(upload);
}

std::vector<std::pair<std::string, std::string>> sight_definitions() {
  return {{"both-sides.yaml", both_sides()}, {"ministry-inquiry.yaml", opened_by_the_ministry}};
}

}  // namespace xueji::store_test
