#include "cli/account_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "adapters/identity/password.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/password_input.hpp"
#include "cli/setup/system_clock.hpp"
#include "engine/machine/deciders.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/registry/names.hpp"
#include "engine/runtime/staffing.hpp"

namespace xueji {
namespace {

Account known_account(Accounts& accounts, const std::string& username) {
  if (auto account = accounts.by_username(username)) return *account;
  throw UsageError(fmt::format("there is no account {}; see `xueji account list`", username));
}

Office known_office(const std::vector<Office>& offices, const std::string& code) {
  const auto found =
      std::find_if(offices.begin(), offices.end(), [&](const Office& each) { return each.code == code; });
  if (found == offices.end()) throw UsageError(fmt::format("there is no office with the code {}", code));
  return *found;
}

Role known_role(const std::string& word) {
  const auto role = parse_role(word);
  if (role && *role != Role::system) return *role;
  throw UsageError(fmt::format("there is no role {}; take registrar, head, reviewer, approver or admin", word));
}

std::optional<Instant> instant_of(const std::optional<std::string>& text, const char* option) {
  if (!text) return std::nullopt;
  if (const auto date = parse_date(*text)) return start_of_day_in_china(*date);
  if (const auto instant = parse_rfc3339(*text)) return instant;
  throw UsageError(
      fmt::format("{} is neither a date (2026-09-01) nor an instant (2026-09-01T08:00:00+08:00): `{}`", option, *text));
}

void refuse_odd_period(const Post& post, Instant now) {
  if (post.until && *post.until <= now)
    throw UsageError(fmt::format("--until {} has passed already; say a later one", to_rfc3339(*post.until)));
  if (post.from && post.until && *post.until <= *post.from)
    throw UsageError(fmt::format("--until {} is not after --from {}; say a later one", to_rfc3339(*post.until),
                                 to_rfc3339(*post.from)));
}

std::string describe(const Post& post, const std::vector<Office>& offices) {
  const auto office =
      std::find_if(offices.begin(), offices.end(), [&](const Office& each) { return each.id == post.office; });
  std::string text =
      fmt::format("{}:{}@{}", to_string(post.id), to_string(post.role), office == offices.end() ? "?" : office->code);
  if (post.delegated_from) text += fmt::format(" (for {})", post.delegated_from_username);
  if (post.from) text += " from " + to_rfc3339(*post.from);
  if (post.until) text += " until " + to_rfc3339(*post.until);
  return text;
}

/// Whether to go on: not where an office would be left without administrator, or tasks that nobody at their post could
/// decide, unless that was agreed to.
bool may_leave(Database& database, const AccountArguments& arguments, const std::vector<Post>& gone) {
  if (arguments.yes) return true;
  if (leaves_no_administrator(database.accounts(), OfficeTree{database.accounts().offices()}, gone,
                              SystemClock{}.now())) {
    std::cout << arguments.username
              << " is the last administrator of an office: nobody could give posts there or let anybody in\n"
                 "nothing was changed; make somebody else administrator first, or repeat with --yes\n";
    return false;
  }
  constexpr std::size_t tasks_max = 200;
  const auto catalog = with_newer(Catalog{}, database.definitions()).value_or(Catalog{});
  const StaffingSurroundings around{std::make_shared<const OfficeTree>(database.accounts().offices()),
                                    std::make_shared<const Calendar>(), std::make_shared<const Catalog>(catalog),
                                    SystemClock{}.now()};
  const auto tasks = left_behind(database.queries(), database.accounts(), around, gone, tasks_max);
  if (tasks.empty()) return true;
  for (const UndecidableRow& row : tasks) {
    const Token& token = *token_of(row.request, row.id);
    const State& state = *catalog.find(row.request.definition)->state(token.state);
    const auto& stand_in = token.undecidable->stand_in;
    std::cout << fmt::format("request {}, {}: {}; {}\n", to_string(row.request.id), state.title.en,
                             why_undecidable(token.undecidable->why, token.holder, *around.offices).en,
                             stand_in ? describe(*stand_in, *around.offices).en + " would stand in"
                                      : std::string("nobody above can stand in"));
  }
  std::cout << "nothing was changed; give the post to somebody first, or repeat with --yes\n";
  return false;
}

/// The lender's own post of that office and role.
PostId own_post_of(Accounts& accounts, const Post& lent) {
  for (const Post& post : accounts.posts(lent.delegated_from))
    if (!post.delegated_from && post.office == lent.office && post.role == lent.role &&
        (!post.until || SystemClock{}.now() < *post.until))
      return post.id;
  throw UsageError(fmt::format("{} does not hold that post, and so can't lend it; see `xueji account list`",
                               lent.delegated_from_username));
}

AuditLine line_by_operator(AuditAction action, const Account& account) {
  AuditLine line;
  line.at = SystemClock{}.now();
  line.action = action;
  line.by_operator = true;
  line.account = account.id;
  return line;
}

AuditLine line_by_operator(AuditAction action, const Account& account, const Post& post) {
  AuditLine line = line_by_operator(action, account);
  line.office = post.office;
  line.post = post.id;
  line.role = post.role;
  return line;
}

}  // namespace

int run_account_add(const Configuration& configuration, const AccountArguments& arguments) {
  if (!is_username(arguments.username))
    throw UsageError("a username has 1 to 64 characters of a-z, 0-9, `.`, `_` and `-`");
  if (arguments.locale != "zh" && arguments.locale != "en") throw UsageError("the locale is zh or en");
  if (const auto fault = check_person_name(arguments.name)) throw UsageError(fault->en);
  const auto database = open_existing_database(configuration);
  Account account;
  account.username = arguments.username;
  account.name = arguments.name;
  account.language = arguments.locale == "zh" ? Language::zh : Language::en;
  if (database->accounts().by_username(account.username))
    throw UsageError(fmt::format("the account {} exists already", account.username));
  account.password_hash = hash_password(read_password(configuration, arguments.password_file, account.username));
  account.must_change_password = true;
  account.used = SystemClock{}.now();
  database->accounts().add(account, {line_by_operator(AuditAction::account_added, account)});
  if (const auto meant = meant_name(account.name))
    std::cout << "the name has a character that looks like another, and is kept as given; usually it is " << *meant
              << '\n';
  std::cout << "added " << account.username << "; give it a post by `xueji account post-add`\n";
  return exit_done;
}

int run_account_list(const Configuration& configuration) {
  constexpr std::size_t page = 200;
  const auto database = open_existing_database(configuration);
  const auto offices = database->accounts().offices();
  std::vector<OfficeId> tops;
  for (const Office& office : offices)
    if (!office.supervisor) tops.push_back(office.id);
  std::string after;
  for (;;) {
    const auto listed = database->accounts().list(tops, {}, after, page);
    for (const auto& [account, posts] : listed) {
      std::cout << account.username << '\t' << account.name << '\t' << (account.disabled ? "disabled" : "enabled");
      for (const Post& post : posts) std::cout << '\t' << describe(post, offices);
      std::cout << '\n';
    }
    if (listed.size() < page) return exit_done;
    after = listed.back().account.username;
  }
}

int run_account_enable(const Configuration& configuration, const AccountArguments& arguments, bool enable) {
  const auto database = open_existing_database(configuration);
  const Account account = known_account(database->accounts(), arguments.username);
  if (!enable && !account.disabled && !may_leave(*database, arguments, database->accounts().posts(account.id)))
    return exit_fault;
  database->accounts().set_disabled(
      account.id, !enable,
      {line_by_operator(enable ? AuditAction::account_enabled : AuditAction::account_disabled, account)});
  // Also where nobody has signed in for too long: who is let in again is not sealed.
  if (enable) database->accounts().set_used(account.id, SystemClock{}.now());
  std::cout << (enable ? "enabled " : "disabled ") << arguments.username << '\n';
  return exit_done;
}

int run_account_set_password(const Configuration& configuration, const AccountArguments& arguments) {
  const auto database = open_existing_database(configuration);
  const Account account = known_account(database->accounts(), arguments.username);
  database->accounts().set_password(
      account.id, hash_password(read_password(configuration, arguments.password_file, account.username)), true, {},
      {line_by_operator(AuditAction::password_reset, account)});
  std::cout << "set the password of " << arguments.username << '\n';
  return exit_done;
}

int run_account_remove_second_factor(const Configuration& configuration, const AccountArguments& arguments) {
  const auto database = open_existing_database(configuration);
  const Account account = known_account(database->accounts(), arguments.username);
  if (!database->accounts().second_factor(account.id))
    throw UsageError(fmt::format("{} has no second factor", arguments.username));
  database->accounts().remove_second_factor(account.id,
                                            {line_by_operator(AuditAction::second_factor_removed, account)});
  std::cout << "removed the second factor of " << arguments.username << '\n';
  return exit_done;
}

int run_account_post_add(const Configuration& configuration, const AccountArguments& arguments) {
  const auto database = open_existing_database(configuration);
  Accounts& accounts = database->accounts();
  const Account account = known_account(accounts, arguments.username);
  Post post;
  post.account = account.id;
  const Office office = known_office(accounts.offices(), arguments.office);
  post.office = office.id;
  post.role = known_role(arguments.role);
  if (!has_post(office.level, post.role))
    throw UsageError(
        fmt::format("{} is a {}, which has no {}: registrar and head are posts of schools, reviewer and "
                    "approver those of the offices above",
                    office.code, to_string(office.level), to_string(post.role)));
  post.from = instant_of(arguments.from, "--from");
  post.until = instant_of(arguments.until, "--until");
  refuse_odd_period(post, SystemClock{}.now());
  if (!arguments.delegated_from.empty()) {
    if (!post.until) throw UsageError("a delegated post is lent for a time; say --until when");
    post.delegated_from = known_account(accounts, arguments.delegated_from).id;
    post.delegated_from_username = arguments.delegated_from;
    if (post.delegated_from == account.id) throw UsageError("nobody lends a post to themselves");
    post.source = own_post_of(accounts, post);
  }
  for (const Post& held : accounts.posts(account.id))
    if (covers(held, post))
      throw UsageError(fmt::format("{} holds that post already, as {}", arguments.username, to_string(held.id)));
  const AuditAction action = post.delegated_from ? AuditAction::post_lent : AuditAction::post_given;
  const PostId id = accounts.add_post(post, {line_by_operator(action, account, post)});
  std::cout << "added post " << to_string(id) << '\n';
  return exit_done;
}

int run_account_post_remove(const Configuration& configuration, const AccountArguments& arguments) {
  const auto database = open_existing_database(configuration);
  Accounts& accounts = database->accounts();
  const auto id = parse_id<PostId>(arguments.post);
  const Account account = known_account(accounts, arguments.username);
  const auto posts = accounts.posts(account.id);
  const auto found = std::find_if(posts.begin(), posts.end(), [&](const Post& each) { return id && each.id == *id; });
  if (found == posts.end())
    throw UsageError(fmt::format("{} has no post {}; see `xueji account list`", arguments.username, arguments.post));
  if (!may_leave(*database, arguments, {*found})) return exit_fault;
  accounts.remove_post(*id, {line_by_operator(AuditAction::post_taken, account, *found)});
  std::cout << "removed post " << arguments.post << '\n';
  return exit_done;
}

}  // namespace xueji
