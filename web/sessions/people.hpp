// What people are called: accounts by id, kept once read.
#pragma once
#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/ports/accounts.hpp"

namespace xueji::web {

struct Person {
  std::string username, name;
};

/// Safe from any thread. Names of accounts do not change while the server runs.
class People {
 public:
  explicit People(Accounts& accounts) : accounts_(accounts) {}
  /// Empty for no account. Asks the store, and so blocks, the first time.
  Person of(AccountId account);
  void know(AccountId account, Person person);

 private:
  Accounts& accounts_;
  std::mutex mutex_;
  std::unordered_map<AccountId, Person> known_;
};

}  // namespace xueji::web
