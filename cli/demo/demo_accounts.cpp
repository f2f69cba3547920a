#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/demo/demo_parts.hpp"

namespace xueji::demo {
namespace {

struct Named {
  std::string_view username;
  std::string_view name;
  Role role;
  std::string_view office;  ///< code
};

/// The accounts that the contract promises.
constexpr std::array promised{
    Named{"registrar", "王秀英", Role::registrar, first_school_code},
    Named{"head", "李建国", Role::head, first_school_code},
    Named{"registrar2", "赵丽华", Role::registrar, "2111000004"},
    Named{"county", "陈志强", Role::reviewer, "110101"},
    Named{"county-approver", "刘桂兰", Role::approver, "110101"},
    Named{"county2", "杨明", Role::reviewer, "110102"},
    Named{"province", "黄海燕", Role::reviewer, "110000"},
    Named{"province-approver", "周文博", Role::approver, "110000"},
    Named{"province2", "吴俊杰", Role::reviewer, "440000"},
    Named{"ministry", "徐静", Role::reviewer, "000000"},
    Named{"ministry-approver", "孙立军", Role::approver, "000000"},
    Named{"admin", "系统管理员", Role::admin, "000000"},
};
/// After all others, so that theirs keep their numbers.
constexpr Named second_administrator{"admin2", "第二管理员", Role::admin, "000000"};

class AccountMaker {
 public:
  explicit AccountMaker(const std::vector<Office>& offices) : offices_(offices) {}

  void add(std::string username, std::string name, Role role, OfficeId office) {
    DemoAccount made;
    made.account.id = AccountId{static_cast<std::int64_t>(accounts_.size()) + 1};
    made.account.username = std::move(username);
    made.account.name = std::move(name);
    made.posts.push_back(post(made.account.id, office, role));
    accounts_.push_back(std::move(made));
  }

  void add_for(const Office& office, Role role) {
    const bool taken = std::any_of(accounts_.begin(), accounts_.end(), [&](const DemoAccount& each) {
      return each.posts.front().office == office.id && each.posts.front().role == role;
    });
    if (!taken) add(fmt::format("{}-{}", to_string(role), office.code), make_name(random_), role, office.id);
  }

  Post post(AccountId account, OfficeId office, Role role) {
    Post made;
    made.id = PostId{++posts_};
    made.account = account;
    made.office = office;
    made.role = role;
    return made;
  }

  std::vector<DemoAccount> take() { return std::move(accounts_); }
  std::vector<DemoAccount>& accounts() { return accounts_; }

 private:
  const std::vector<Office>& offices_;
  std::vector<DemoAccount> accounts_;
  std::int64_t posts_ = 0;
  DemoRandom random_{41};
};

}  // namespace

std::vector<DemoAccount> make_accounts(const std::vector<Office>& offices) {
  AccountMaker maker{offices};
  for (const Named& named : promised)
    maker.add(std::string{named.username}, std::string{named.name}, named.role,
              office_by_code(offices, named.office).id);
  for (const Office& office : offices) {
    if (office.level == Level::ministry) continue;
    const bool is_school = office.level == Level::school;
    maker.add_for(office, is_school ? Role::registrar : Role::reviewer);
    maker.add_for(office, is_school ? Role::head : Role::approver);
  }
  // A delegated post: somebody stands in for the reviewer of 朝阳区.
  const OfficeId chaoyang = office_by_code(offices, "110105").id;
  auto& accounts = maker.accounts();
  const auto lender = std::find_if(accounts.begin(), accounts.end(), [&](const DemoAccount& each) {
    return each.posts.front().office == chaoyang && each.posts.front().role == Role::reviewer;
  });
  const DemoAccount lent_by = *lender;
  maker.add("deputy", "何晓东", Role::reviewer, chaoyang);
  Post& lent = accounts.back().posts.front();
  lent.delegated_from = lent_by.account.id;
  lent.delegated_from_username = lent_by.account.username;
  lent.source = lent_by.posts.front().id;
  lent.until = start_of_day_in_china(Date{std::chrono::year{2036}, std::chrono::January, std::chrono::day{1}});
  maker.add(std::string{second_administrator.username}, std::string{second_administrator.name},
            second_administrator.role, office_by_code(offices, second_administrator.office).id);
  return maker.take();
}

const DemoAccount* account_for(const DemoWorld& world, Role role, OfficeId office) {
  const auto found = std::find_if(world.accounts.begin(), world.accounts.end(), [&](const DemoAccount& each) {
    return each.posts.front().office == office && each.posts.front().role == role;
  });
  return found == world.accounts.end() ? nullptr : &*found;
}

const DemoAccount& account_of(const DemoWorld& world, std::string_view username) {
  return *std::find_if(world.accounts.begin(), world.accounts.end(),
                       [&](const DemoAccount& each) { return each.account.username == username; });
}

}  // namespace xueji::demo
