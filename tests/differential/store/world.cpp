#include "tests/differential/store/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/registry/numbers.hpp"

namespace xueji::differential {
namespace {

constexpr std::size_t students_of_a_school = 250;
constexpr std::size_t scans_of_an_account = 4;
constexpr std::array statuses{StudentStatus::in_school, StudentStatus::in_school, StudentStatus::in_school,
                              StudentStatus::in_school, StudentStatus::in_school, StudentStatus::in_school,
                              StudentStatus::in_school, StudentStatus::suspended, StudentStatus::left};

class Maker {
 public:
  Maker(Chance& chance, Instant now) : chance_(chance), now_(now) {}

  World make() {
    const auto ministry = add_office("教育部", Level::ministry, {}, {Role::reviewer, Role::approver, Role::admin});
    for (int number = 0; number < 2; ++number) {
      const auto province = add_office("省", Level::province, ministry, {Role::reviewer, Role::approver});
      const auto prefecture = number == 0 ? add_office("市", Level::prefecture, province, {Role::reviewer}) : province;
      for (const auto above : {prefecture, province}) {
        const auto county = add_office("县 ", Level::county, above, {Role::reviewer, Role::approver});
        for (int school = 0; school < 2; ++school)
          add_students(add_office("学校", Level::school, county, {Role::registrar, Role::head}));
      }
    }
    lend();
    return std::move(world_);
  }

 private:
  OfficeId add_office(const std::string& name, Level level, OfficeId supervisor, const std::vector<Role>& roles) {
    const OfficeId id{static_cast<std::int64_t>(world_.offices.size()) + 1};
    const auto code = level == Level::school ? fmt::format("31{:08}", id.value) : fmt::format("99{:04}", id.value);
    world_.offices.push_back({id, code, name + to_string(id), level, supervisor});
    for (const auto role : roles)
      for (int person = 0; person < 2; ++person) add_person(role, id);
    return id;
  }

  void add_person(Role role, OfficeId office) {
    const AccountId account{static_cast<std::int64_t>(world_.people.size()) + 1};
    Post post;
    post.id = PostId{account.value};
    post.account = account;
    post.office = office;
    post.role = role;
    world_.people.push_back({account,
                             fmt::format("p{}.{}", account.value, to_string(role)),
                             some_name(chance_),
                             chance_.percent(50) ? Language::zh : Language::en,
                             {post}});
    if (role != Role::registrar && role != Role::reviewer) return;
    for (std::size_t scan = 0; scan < scans_of_an_account; ++scan)
      world_.uploads.push_back({scan == 0 ? std::string(64, 'a') : some_hash(chance_), account,
                                some_name(chance_) + ".jpg ", "image/jpeg",
                                static_cast<std::int64_t>(1 + chance_.below(10'000'000)), now_});
  }

  void lend() {
    auto& borrower = world_.people[world_.people.size() - 2];
    const auto& lender = world_.people[world_.people.size() - 4];
    Post post = lender.posts.front();
    post.id = PostId{static_cast<std::int64_t>(world_.people.size()) + 1};
    post.account = borrower.account;
    post.delegated_from = lender.account;
    post.delegated_from_username = lender.username;
    post.from = now_;
    post.until = now_ + std::chrono::hours{24 * 30};
    borrower.posts.push_back(post);
  }

  void add_students(OfficeId school) {
    for (std::size_t number = 0; number < students_of_a_school; ++number) {
      Student student;
      student.id = StudentId{static_cast<std::int64_t>(world_.students.size()) + 1};
      student.school = school;
      student.name = some_name(chance_);
      if (auto id_number = some_id_number(chance_); !chance_.percent(10) && given_.insert(id_number).second)
        student.id_number = std::move(id_number);
      student.birth_date =
          student.id_number ? birth_date_of_id_number(*student.id_number) : Date{std::chrono::year{2012} / 2 / 29};
      student.sex = student.id_number ? sex_of_id_number(*student.id_number) : Sex::female;
      student.status = chance_.pick(statuses);
      if (student.status == StudentStatus::suspended && chance_.percent(70))
        student.status_until = Date{std::chrono::year{2027} / static_cast<int>(1 + chance_.below(8)) / 28};
      student.grade = std::to_string(1 + chance_.below(9));
      student.class_name = chance_.percent(5) ? "1班 " : std::to_string(1 + chance_.below(4)) + "班";
      student.numbers.push_back({fmt::format("L{:018}", student.id.value), NumberKind::L, NumberState::current,
                                 now_ - std::chrono::hours{9}});
      if (student.id_number && chance_.percent(60)) {
        student.numbers.front().state = NumberState::former;
        student.numbers.push_back({"G" + *student.id_number, NumberKind::G, NumberState::current, now_});
      }
      world_.students.push_back(std::move(student));
    }
  }

  Chance& chance_;
  const Instant now_;
  World world_;
  std::set<std::string> given_;
};

}  // namespace

const Caller* World::someone(Chance& chance, Role role, OfficeId office) const {
  std::vector<const Caller*> able;
  for (const auto& each : people)
    if (std::any_of(each.posts.begin(), each.posts.end(),
                    [&](const Post& post) { return post.role == role && post.office == office; }))
      able.push_back(&each);
  return able.empty() ? nullptr : chance.pick(able);
}

const Caller* World::person(AccountId account) const {
  return account ? &people.at(static_cast<std::size_t>(account.value) - 1) : nullptr;
}

World make_world(Chance& chance, Instant now) { return Maker(chance, now).make(); }

void load(const World& world, Database& database) {
  auto loader = database.bulk_loader();
  for (const auto& office : world.offices) loader->add(office);
  for (const auto& person : world.people)
    loader->add(Account{person.account, person.username, person.name, person.language, "hash", false, 0, {}});
  for (const auto& person : world.people)
    for (const auto& post : person.posts) loader->add(post);
  for (const auto& student : world.students) loader->add(student);
  loader->commit();
  loader.reset();
  for (const auto& upload : world.uploads) database.evidence().add(upload);
}

}  // namespace xueji::differential
