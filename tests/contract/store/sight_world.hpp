// A country in which every kind of account looks at every kind of request: what a net over sight needs.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/database.hpp"
#include "engine/authority/caller.hpp"

namespace xueji::store_test {

/// Three provinces, one of them without prefectures; counties with 64, with 63 and with few schools, and a school right
/// under its province. People with one post of each role at each level, with many, lent, ended, not yet begun, or none.
struct SightWorld {
  std::vector<Office> offices;
  std::vector<Caller> people;  ///< accounts 1, 2, 3, …, each with its posts, in force or not
  std::vector<Student> students;
  std::vector<Upload> uploads;

  const Caller& person(AccountId account) const { return people.at(static_cast<std::size_t>(account.value) - 1); }
};

/// `now` is when the tests look: posts that end then are no longer in force, posts that begin then are.
SightWorld make_sight_world(Instant now);
void load(const SightWorld& world, Database& database);

/// Definitions beside the shipped ones, as file name and text: two branches at the same time with a wait, and one that
/// the ministry opens about a school's student.
std::vector<std::pair<std::string, std::string>> sight_definitions();

}  // namespace xueji::store_test
