// `xueji account …`: who may sign in, and the posts they hold. Works on the database directly, also while a server
// runs.
#pragma once
#include <optional>
#include <string>

#include "cli/setup/configuration.hpp"

namespace xueji {

struct AccountArguments {
  std::string username;
  std::string name;
  std::string locale = "zh";
  std::string password_file;  ///< empty: standard input
  std::string office;         ///< code
  std::string role;
  std::string delegated_from;          ///< username
  std::optional<std::string> from{};   ///< RFC 3339 or a date; none: at once
  std::optional<std::string> until{};  ///< likewise; none: without end
  std::string post;                    ///< id
  bool yes = false;  ///< also where tasks are left that nobody can decide, or offices without administrator
};

/// Each returns the exit status, 1 where it changed nothing because tasks or offices would be left behind, and throws
/// UsageError with a sentence for the operator, also where there is no database.
int run_account_add(const Configuration&, const AccountArguments&);
int run_account_list(const Configuration&);
int run_account_enable(const Configuration&, const AccountArguments&, bool enable);
int run_account_set_password(const Configuration&, const AccountArguments&);
/// For whoever has lost theirs.
int run_account_remove_second_factor(const Configuration&, const AccountArguments&);
int run_account_post_add(const Configuration&, const AccountArguments&);
int run_account_post_remove(const Configuration&, const AccountArguments&);

}  // namespace xueji
